"""When and where a group meets and whom it is for: from its own page, and by a keeper for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linkwell.core.routes import ScopedRequest
from linkwell.core.scope import Scope
from linkwell.core.sent import add_findings
from linkwell.directory import actions as directory
from linkwell.directory import meeting_words
from linkwell.directory.editing import Change
from linkwell.directory.meeting import check_place, check_rule, check_time
from linkwell.directory.models import LinkPurpose
from linkwell.directory.queries.meeting import Meeting, meeting_of, school_breaks
from linkwell.kernel.errors import Invalid
from linkwell.onward.actions.listing_group import SAY_PART, Said, say_own_part, take_own_part_away
from linkwell.onward.part_forms import FORMS, OF, PartForm, SchoolBreakForm
from linkwell.onward.views.listing import Opened, with_listing


@dataclass(frozen=True, slots=True)
class Door:
    """Whoever came in, by a link or signed in: as whom, to which listing, and how what they say is kept."""

    scope: Scope
    service_id: UUID
    page: str
    back: str
    layout: str
    say: Callable[[str, UUID | None, Said], None]
    away: Callable[[str, UUID], None]


@with_listing(LinkPurpose.KEEP, code=True)
def own(request: HttpRequest, here: Opened) -> HttpResponse:
    """The group itself."""
    address = {"listing_token": here.token}
    return _page(
        request,
        Door(
            here.scope,
            here.service_id,
            reverse("onward:listing_parts", kwargs=address),
            reverse("onward:listing", kwargs=address),
            "core/public_layout.jinja",
            lambda what, part_id, said: say_own_part(
                scope=here.scope, key=here.key, what=what, part_id=part_id, said=said
            ),
            lambda what, part_id: take_own_part_away(scope=here.scope, key=here.key, what=what, part_id=part_id),
        ),
    )


def desk(request: ScopedRequest, service_id: UUID) -> HttpResponse:
    """A keeper, for a group that told them."""
    scope = request.scope
    asked_by = scope.actor_name
    return _page(
        request,
        Door(
            scope,
            service_id,
            reverse("onward:desk_parts", args=[service_id]),
            reverse("onward:listing_desk", args=[service_id]),
            "core/layout.jinja",
            lambda what, part_id, said: SAY_PART[what](
                scope=scope, service_id=service_id, part_id=part_id, said=said, asked_by=asked_by
            ),
            lambda what, part_id: directory.take_part_away(
                scope=scope, service_id=service_id, what=what, part_id=part_id, asked_by=asked_by
            ),
        ),
    )


def _page(request: HttpRequest, door: Door) -> HttpResponse:
    """The list; `?what=time` a form for a new one; `?what=time&which=ID` for one there is."""
    now = meeting_of(door.scope, door.service_id)
    what = request.GET.get("what", "")
    if what not in FORMS:
        return _list(request, door, now)
    part_id, before = _which(now, what, request.GET.get("which", ""))
    if "away" in request.POST and part_id is not None:
        door.away(what, part_id)
        messages.success(request, "Taken away. Nobody reads it any more.")
        return redirect(door.page)
    start = OF[what](before) if before is not None else {}
    form = FORMS[what](request.POST or None, now=now, initial=start)
    review = None
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        try:
            review = [_difference(now, what, part_id, form)]
            if "save" in request.POST:
                door.say(what, part_id, form.said)
                messages.success(request, "Thank you. Everybody who searches now sees this.")
                return redirect(door.page)
        except Invalid as invalid:
            add_findings(form, invalid)
            review = None
    return _form(request, door, now, {"what": what, "part_id": part_id, "form": form, "review": review})


def _list(request: HttpRequest, door: Door, now: Meeting) -> HttpResponse:
    sections = (
        ("time", [(each.id, meeting_words.time_line(each), each.said is not None) for each in now.times]),
        ("place", [(each.id, meeting_words.place_line(each.said), True) for each in now.places]),
        ("rule", [(each.id, each.words, True) for each in now.rules]),
    )
    context = {"door": door, "now": now, "sections": sections, "quick_exit": False}
    return render(request, "onward/parts.jinja", context)


def _form(request: HttpRequest, door: Door, now: Meeting, more: dict[str, Any]) -> HttpResponse:
    posted = [(name, value) for name, values in request.POST.lists() for value in values]
    kept = [(name, value) for name, value in posted if name not in ("csrfmiddlewaretoken", "save", "back")]
    context = {"door": door, "now": now, "kept": kept, "quick_exit": False, **more}
    return render(request, "onward/part.jinja", context, status=422 if more["form"].errors else 200)


def _which(now: Meeting, what: str, which: str) -> tuple[UUID | None, Said | None]:
    rows: dict[str, Any] = {"time": now.times, "place": now.places, "rule": now.rules}
    if not which:
        return None, None
    found = next((each for each in rows[what] if str(each.id) == which), None)
    if found is None:
        raise Http404
    return found.id, found.said


def _difference(now: Meeting, what: str, part_id: UUID | None, form: PartForm) -> Change:
    """Raises Invalid."""
    said: Any = form.said
    if what == "time":
        check_time(said)
        return Change(what, meeting_words.time_lines(now.times), meeting_words.with_time(now, part_id, said))
    if what == "place":
        after = meeting_words.with_place(now, part_id, check_place(said))
        return Change(what, meeting_words.place_lines(now.places), after)
    return Change(what, meeting_words.rule_lines(now.rules), meeting_words.with_rule(now, part_id, check_rule(said)))


def breaks(request: ScopedRequest) -> HttpResponse:
    """School holidays of the area: what runs in term time rests on these days."""
    form = SchoolBreakForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            directory.add_school_break(scope=request.scope, **form.cleaned_data)
        except Invalid as invalid:
            add_findings(form, invalid)
        else:
            messages.success(request, "Added. What runs in term time rests on these days.")
            return redirect("onward:school_breaks")
    context = {"form": form, "breaks": school_breaks(request.scope)}
    return render(request, "onward/school_breaks.jinja", context, status=422 if form.errors else 200)


def break_away(request: ScopedRequest, break_id: UUID) -> HttpResponse:
    if request.method == "POST":
        directory.take_away_school_break(scope=request.scope, break_id=break_id)
        messages.success(request, "Taken away. On these days it is term time.")
    return redirect("onward:school_breaks")
