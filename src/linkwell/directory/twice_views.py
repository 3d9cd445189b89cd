"""The pages on which a keeper decides whether two listings are one service."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import posted
from linkwell.directory import actions, queries, twice_presenters
from linkwell.directory.models import Sameness
from linkwell.directory.queries import Search
from linkwell.directory.source_forms import OtherForm, PairForm
from linkwell.directory.understanding import LONGEST_SEARCH
from linkwell.kernel.errors import NotFound

MOST_OFFERED = 10


def listed_twice(request: ScopedRequest) -> HttpResponse:
    page = queries.listed_twice(request.scope, page_number(request))
    return render(request, "directory/twice.jinja", {"page": page})


def decided(request: ScopedRequest) -> HttpResponse:
    page = queries.decided_pairs(request.scope, page_number(request))
    return render(request, "directory/twice_decided.jinja", {"page": page, "ONE": Sameness.ONE})


def with_another(request: ScopedRequest, service_id: UUID) -> HttpResponse:
    """Somebody knows that a listing is there twice: they look for the other one and choose it."""
    row = queries.service(request.scope, service_id)
    if request.method == "POST":
        form = OtherForm(request.POST)
        if not form.is_valid():
            raise NotFound
        other_id = form.cleaned_data["other"]
        pair_id = actions.pair_by_hand(scope=request.scope, service_id=row.id, other_id=other_id)
        return redirect("directory:twice_pair", pair_id=pair_id)
    words = request.GET.get("words", row.name).replace("\x00", "")[:LONGEST_SEARCH]
    found = queries.best(request.scope, Search(words=words), MOST_OFFERED + 1)
    others = [each.service for each in found if each.service.id != row.id][:MOST_OFFERED]
    context = {"service": row, "words": words, "others": others, "longest": LONGEST_SEARCH}
    return render(request, "directory/twice_with.jinja", context)


def pair(request: ScopedRequest, pair_id: UUID) -> HttpResponse:
    """Both listings side by side; where they differ, whose words hold."""
    found = queries.pair(request.scope, pair_id)
    lines = twice_presenters.lines(found)
    form = PairForm(posted(request), lines)
    if form.is_valid():
        kept = actions.make_one(scope=request.scope, pair_id=pair_id, taken=form.taken())
        messages.success(request, "They are one listing now. You can take it apart again under “What you decided”.")
        return redirect("directory:service", service_id=kept)
    context = {
        "pair": found,
        "lines": lines,
        "form": form,
        "waiting": found.decision == Sameness.WAITING,
        "is_one": found.decision == Sameness.ONE,
    }
    return render(request, "directory/twice_pair.jinja", context, status=422 if form.errors else 200)


@require_POST
def two(request: ScopedRequest, pair_id: UUID) -> HttpResponse:
    actions.say_two(scope=request.scope, pair_id=pair_id)
    messages.success(request, "They stay two listings. You will not be asked about them again.")
    return redirect("directory:listed_twice")


@require_POST
def apart(request: ScopedRequest, pair_id: UUID) -> HttpResponse:
    actions.take_apart(scope=request.scope, pair_id=pair_id)
    messages.success(request, "Undone. Each listing is on its own again.")
    return redirect("directory:twice_pair", pair_id=pair_id)
