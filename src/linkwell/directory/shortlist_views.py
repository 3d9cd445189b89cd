"""A user's shortlist: kept while looking, compared, printed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.directory import actions, geography, queries
from linkwell.directory import shortlist_presenters as presenters
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid

LOOKS = ("usual", "large", "easy")


@one_read
def shortlist(request: ScopedRequest) -> HttpResponse:
    rows = queries.shortlist(request.scope)
    context = beside_each_other(request, rows)
    context["print_url"] = reverse("directory:shortlist_print")
    context["off"] = {row.id: reverse("directory:take_off", args=[row.id]) for row in rows}
    return render(request, "directory/shortlist.jinja", context)


def beside_each_other(request: ScopedRequest, rows: Sequence[queries.ServiceRow]) -> dict[str, object]:
    """What a page of a shortlist shows, whosever it is."""
    kept = [presenters.kept(row) for row in rows]
    ids = [row.id for row in rows]
    return {
        "rows": kept,
        "beside": kept[: presenters.MOST_BESIDE],
        "most_beside": presenters.MOST_BESIDE,
        "compared": presenters.beside(kept),
        "drawing": presenters.on_a_map(ids, queries.spots(request.scope, ids), None),
        "attribution": f"{geography.ATTRIBUTION} {settings.MAP_TILES_BY}".strip(),
    }


def on_a_sheet(rows: Sequence[queries.ServiceRow], look: str) -> dict[str, object]:
    """What a sheet shows. Safe on a fridge: it names no person, no need and no reason."""
    look = look if look in LOOKS else LOOKS[0]
    kept = [presenters.kept(row) for row in rows]
    left_off = [row.name for row in kept if row.says_why]
    return {"rows": presenters.on_paper(kept, look), "left_off": left_off, "look": look, "today": clock.today()}


@one_read
def sheet(request: ScopedRequest) -> HttpResponse:
    """The shortlist to print."""
    shown = on_a_sheet(queries.shortlist(request.scope), request.GET.get("look", ""))
    return render(request, "directory/shortlist_print.jinja", shown | {"back": reverse("directory:shortlist")})


@require_POST
def put_aside(request: ScopedRequest, service_id: UUID) -> HttpResponse:
    try:
        actions.put_aside(scope=request.scope, service_id=service_id)
    except Invalid as full:
        messages.error(request, " ".join(full.by_field.values()))
    else:
        messages.success(request, "Put on your shortlist.")
    return redirect("directory:shortlist")


@require_POST
def take_off(request: ScopedRequest, service_id: UUID) -> HttpResponse:
    actions.take_off(scope=request.scope, service_id=service_id)
    messages.success(request, "Taken off your shortlist.")
    return redirect("directory:shortlist")
