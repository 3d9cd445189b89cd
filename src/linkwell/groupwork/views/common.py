"""What the views of this app share."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.core.paging import page_number
from linkwell.core.plain_forms import PlainForm
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import saved, status_of
from linkwell.people import queries as people


def searched(request: ScopedRequest) -> dict[str, Any]:
    """People of a name somebody looked for on a page that adds somebody. Nobody until a name is typed."""
    text = request.GET.get("q", "")[:100].replace("\x00", "").strip()
    found = people.people(request.scope, text, page_number(request)).rows if text else ()
    return {"q": text, "found": [row for row in found if not row.restricted]}


def chosen(request: ScopedRequest, field: str) -> UUID | None:
    """An id sent with a button. None for anything that is not one."""
    try:
        return UUID(request.POST.get(field, ""))
    except ValueError:
        return None


def planned(count: int, things: str) -> str:
    return "Planned." if count == 1 else f"Planned: {count} {things}, one each week."


def form_page(
    request: ScopedRequest, template: str, page: dict[str, Any], form: PlainForm, act: Callable[[], tuple[str, str]]
) -> HttpResponse:
    """A page with one form. `act` does what was asked, and returns what to say of it and where to go on."""
    done: list[tuple[str, str]] = []
    if saved(form, lambda: done.append(act())):
        said, onwards = done[0]
        messages.success(request, said)
        return redirect(onwards)
    return render(request, template, {"form": form, **page}, status=status_of(form))
