"""What every form page of this app does."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import saved
from linkwell.people import queries
from linkwell.people.places import person_page


def person_form(
    request: ScopedRequest,
    person_id: UUID,
    form: Form,
    save: Callable[[], object],
    *,
    heading: str,
    done: str,
    template: str = "people/form.jinja",
    back_url: str = "",
    **more: Any,
) -> HttpResponse:
    """One form about one person: show it, or save it and go back with a word of what was done."""
    back = back_url or person_page(person_id)
    if saved(form, save):
        messages.success(request, done)
        return redirect(back)
    name = queries.open_record(request.scope, person_id)
    page = {
        "form": form,
        "heading": heading,
        "name": name,
        "person_id": person_id,
        "back_url": back,
        "lead": "",
        **more,
    }
    return render(request, template, page)
