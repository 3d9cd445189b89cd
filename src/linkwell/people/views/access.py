"""How somebody understands and is understood."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from linkwell.core.routes import ScopedRequest
from linkwell.kernel.errors import Conflict
from linkwell.people import actions, presenters, queries
from linkwell.people.forms import AccessForm
from linkwell.people.views.common import person_form

HEADING = "Language, interpreter and formats"


def access(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """Asked once, and whenever it changes: everything we send and book follows it."""
    scope = request.scope
    newest = queries.access(scope, person_id)
    language = queries.contact_card(scope, person_id).details.language
    start = AccessForm.starting_from(newest, language)
    form = AccessForm(request.POST if request.method == "POST" else None, initial=start)
    page: dict[str, Any] = {"conflict": {"who": "", "when": "", "rows": []}, "newest": newest}

    def save() -> None:
        version = form.cleaned_data["version"]
        actions.record_access(scope=scope, person_id=person_id, expected_version=version, access=form.access())

    try:
        return person_form(
            request,
            person_id,
            form,
            save,
            heading=HEADING,
            done="Saved. Letters, times and referrals follow it from now on.",
            template="people/access.jinja",
            **page,
        )
    except Conflict as error:
        page["conflict"] = presenters.conflict(error, form, asdict(newest.words))
        form.data = presenters.with_version(form, newest.version)
        page |= {
            "form": form,
            "heading": HEADING,
            "name": queries.open_record(scope, person_id),
            "lead": "",
            "person_id": person_id,
            "back_url": presenters.person_url(person_id),
        }
        return render(request, "people/access.jinja", page, status=409)
