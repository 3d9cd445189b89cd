"""What every form page of this app does."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.core.routes import ScopedRequest
from linkwell.kernel.errors import Invalid
from linkwell.people import queries
from linkwell.people.places import person_page


def add_findings(form: Form, invalid: Invalid) -> None:
    """Show what an action could not use beside the box it came from."""
    for field, message in invalid.by_field.items():
        form.add_error(field if field in form.fields else None, message)


def saved(form: Form, save: Callable[[], object]) -> bool:
    """Whether a sent form was good and its action took it."""
    if not form.is_valid():
        return False
    try:
        save()
    except Invalid as invalid:
        add_findings(form, invalid)
        return False
    return True


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
    if request.method == "POST" and saved(form, save):
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


def page_number(request: ScopedRequest) -> int:
    """The page asked for, from 1; nonsense is the first page."""
    text = request.GET.get("page", "1")
    return min(max(int(text), 1), 100_000) if text.isascii() and text.isdigit() and len(text) < 7 else 1
