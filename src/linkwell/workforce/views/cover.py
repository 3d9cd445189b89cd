"""Cover for a colleague, and moving a caseload for good: proposed, changed, then done in one step."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkwell.casework import actions as casework
from linkwell.casework import queries as casework_queries
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove
from linkwell.workforce import actions, presenters, queries
from linkwell.workforce.forms import CoverDaysForm, CoverForm, shared_form
from linkwell.workforce.forms.cover import chosen, field_of
from linkwell.workforce.proposal import Colleague, ToGive, propose
from linkwell.workforce.views.common import my_team, workers

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def covers(request: ScopedRequest) -> HttpResponse:
    """Who looks after whose people; and a form that arranges it, or goes on to sharing between several."""
    team = my_team(request)
    data = request.POST if request.method == "POST" else None
    form: CoverForm | CoverDaysForm
    if data is not None and "share" in data:
        form = CoverDaysForm(data, workers=workers(request, team.id))
        if form.is_valid():
            return redirect(_share_address(form.cleaned_data))
    else:
        form = CoverForm(data, workers=workers(request, team.id), initial=_asked_for(request))
        if data is not None and form.is_valid() and _arrange(request, form):
            return redirect("workforce:cover")
    rows = [presenters.cover(row) for row in casework_queries.covers(request.scope, clock.today())]
    failed = form.is_bound and bool(form.errors)
    return render(request, "workforce/cover.jinja", {"form": form, "rows": rows}, status=422 if failed else 200)


def _share_address(given: dict[str, Any]) -> str:
    address = reverse("workforce:share_cover", args=[given["worker"]])
    return f"{address}?from={given['starts_on'].isoformat()}&until={given['ends_on'].isoformat()}"


def _asked_for(request: ScopedRequest) -> dict[str, Any]:
    """What a link to this page fills in: who is away, and the days."""
    days = _days(request)
    start = {"starts_on": days[0], "ends_on": days[1]} if days else {}
    return {"worker": request.GET.get("worker", ""), **start}


def _days(request: ScopedRequest) -> tuple[dt.date, dt.date] | None:
    try:
        first, last = (dt.date.fromisoformat(request.GET.get(name, "")) for name in ("from", "until"))
    except ValueError:
        return None
    return (first, last) if first <= last and last >= clock.today() else None


def _arrange(request: ScopedRequest, form: CoverForm) -> bool:
    given = form.cleaned_data
    try:
        casework.arrange_cover(
            scope=request.scope,
            worker_id=given["worker"],
            covered_by_id=given["covered_by"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
        )
    except Invalid as error:
        add_findings(form, error)
        return False
    messages.success(request, "Cover is arranged. It ends by itself.")
    return True


@require_POST
def end_cover(request: ScopedRequest, cover_id: UUID) -> HttpResponse:
    casework.end_cover(scope=request.scope, cover_id=cover_id)
    messages.success(request, "Cover has ended.")
    return redirect("workforce:cover")


@get_or_post
def share_cover(request: ScopedRequest, worker_id: UUID) -> HttpResponse:
    """A caseload shared between several colleagues for some days: proposed, changed by the lead, done in one step."""
    days = _days(request)
    if days is None:
        # Somebody else's colleague is not there, with days or without.
        queries.colleagues_of(request.scope, worker_id, clock.today(), clock.today())
        return redirect(f"{reverse('workforce:cover')}?worker={worker_id}")
    page = _Sharing(request, worker_id, *days, rest=True)
    if request.method == "POST" and page.form.is_valid():
        people = {case.case_id: case.person_id for case in page.cases}
        given = {people[case_id]: to for case_id, to in chosen(page.form, page.cases).items()}
        try:
            casework.arrange_cover(
                scope=request.scope,
                worker_id=worker_id,
                covered_by_id=page.form.cleaned_data["rest"],
                starts_on=days[0],
                ends_on=days[1],
                shared=given,
            )
        except Invalid as error:
            add_findings(page.form, error)
        else:
            messages.success(request, "Cover is arranged. It ends by itself.")
            return redirect("workforce:cover")
    words = f"Cover for {page.name}, {presenters.days(*days)}"
    return page.shown(words, "Arrange cover", reverse("workforce:cover"))


@get_or_post
def move(request: ScopedRequest, worker_id: UUID) -> HttpResponse:
    """Everybody somebody supports goes to others for good."""
    today = clock.today()
    page = _Sharing(request, worker_id, today, today, rest=False)
    if request.method == "POST" and page.form.is_valid():
        try:
            actions.move_caseload(scope=request.scope, worker_id=worker_id, given=chosen(page.form, page.cases))
        except Invalid as error:
            add_findings(page.form, error)
        except Conflict as error:
            page.form.add_error(None, error.message)
        else:
            messages.success(request, "They are moved. You can take it back below while nothing has happened since.")
            return redirect("workforce:moves")
    return page.shown(f"Move the people of {page.name}", "Move them", reverse("workforce:team"))


class _Sharing:
    """One caseload, those who could take it on, and the form between them."""

    def __init__(self, request: ScopedRequest, worker_id: UUID, first: dt.date, last: dt.date, *, rest: bool) -> None:
        self.request = request
        self.colleagues = queries.colleagues_of(request.scope, worker_id, first, last)
        self.cases = queries.caseload_to_give(request.scope, worker_id)
        names = dict(workers(request, my_team(request).id))
        self.name = names.get(str(worker_id), "")
        data = request.POST if request.method == "POST" else None
        choices = [(str(each.id), each.name) for each in self.colleagues]
        self.form = shared_form(data, self.cases, choices, rest=rest, start=self._proposal(rest=rest))

    def _proposal(self, *, rest: bool) -> dict[str, str]:
        people = [ToGive(each.case_id, each.weight, each.language, each.next_contact) for each in self.cases]
        given = propose(people, self.colleagues)
        start = {field_of(each): str(given.get(each.case_id, "")) for each in self.cases}
        there = [each for each in self.colleagues if each.there]
        if rest and there:
            start["rest"] = str(there[0].id)
        return start

    def shown(self, title: str, button: str, cancel_url: str) -> HttpResponse:
        failed = self.form.is_bound and bool(self.form.errors)
        return render(
            self.request,
            "workforce/share.jinja",
            {
                "title": title,
                "button": button,
                "cancel_url": cancel_url,
                "form": self.form,
                "lines": [{**presenters.to_give(row), "field": field_of(row)} for row in self.cases],
                "colleagues": [_colleague(each) for each in self.colleagues],
                "name": self.name,
            },
            status=422 if failed else 200,
        )


def _colleague(row: Colleague) -> dict[str, Any]:
    room = f"room for about {row.room} more" if row.room > 0 else "full" if row.room == 0 else "over full"
    return {"name": row.name, "room": room, "languages": ", ".join(row.languages) or "English", "there": row.there}


@require_safe
def moves(request: ScopedRequest) -> HttpResponse:
    """The latest moves, each of which can be taken back while nothing has happened since."""
    team = my_team(request)
    rows = [presenters.move(row) for row in queries.moves(request.scope, team.id)]
    return render(request, "workforce/moves.jinja", {"rows": rows})


@require_POST
def undo(request: ScopedRequest, move_id: UUID) -> HttpResponse:
    try:
        actions.undo_move(scope=request.scope, move_id=move_id)
    except (InvalidMove, Conflict) as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, "It is taken back: everybody is with the same link worker as before.")
    return redirect("workforce:moves")
