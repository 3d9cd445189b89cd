"""What the made-up team does for itself: hours, days away and cover, complexity, supervision, a case to talk about."""

import datetime as dt
from uuid import UUID

import time_machine

from linkwell.accounts.actions.leave import add_leave
from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.details import ComplexityDetails
from linkwell.casework.rows import CaseRow
from linkwell.core import worker
from linkwell.core.scope import Scope
from linkwell.demo.place import DemoPlace
from linkwell.kernel import clock
from linkwell.workforce import actions, queries

MOST_WEIGHED = 12
COMPLEX = {
    2: ComplexityDetails("medium", ("interpreter", "travel")),
    5: ComplexityDetails("high", ("needs", "risk", "housing_legal"), "The tribunal is next month."),
    7: ComplexityDetails("medium", ("needs", "housing_legal")),
}
DECIDED = "Visit in pairs until the neighbour has moved out. Look again in a month."


def look_after(place: DemoPlace) -> None:
    """Once for a place."""
    lead, first = place.lead, place.workers[0]
    if queries.my_sessions(lead).rows:
        return
    for scope in place.workers:
        _weigh(scope)
    _away(place)
    today = clock.today()
    for scope, days_ago in ((first, 20), (place.workers[1], 50)):
        with time_machine.travel(clock.at(today - dt.timedelta(days=days_ago), dt.time(15)), tick=True):
            actions.record_supervision(
                scope=lead,
                worker_id=_user(scope),
                with_whom_id=_user(lead),
                held_on=clock.today(),
                topics="How to end well, and what to do on the days when everything is urgent.",
                steps="Keep Friday afternoons free of visits.",
            )
    _talk(place)
    while worker.work_off():
        pass


def _weigh(scope: Scope) -> None:
    """Every so often somebody's support takes more time."""
    for number, case in enumerate(_caseload(scope)[:MOST_WEIGHED]):
        if number in COMPLEX:
            casework.review_complexity(
                scope=scope, case_id=case.id, expected_version=case.version, complexity=COMPLEX[number]
            )


def _away(place: DemoPlace) -> None:
    """One colleague is away soon, and covered by two others; another later, and nobody covers yet."""
    today = clock.today()
    first, second, third = (_user(scope) for scope in place.workers[:3])
    soon, until = today + dt.timedelta(days=4), today + dt.timedelta(days=11)
    add_leave(scope=place.lead, user_id=second, starts_on=soon, ends_on=until)
    shared = {case.person_id: first for case in _caseload(place.workers[1])[:5]}
    casework.arrange_cover(
        scope=place.lead, worker_id=second, covered_by_id=third, starts_on=soon, ends_on=until, shared=shared
    )
    later = today + dt.timedelta(days=18)
    add_leave(scope=place.workers[2], user_id=third, starts_on=later, ends_on=later + dt.timedelta(days=4))


def _talk(place: DemoPlace) -> None:
    """One case was talked about, and one waits."""
    scope = place.workers[0]
    for number, case in enumerate(_caseload(scope)[:2]):
        talk_id = actions.ask_to_talk(
            scope=scope, case_id=case.id, words="I do not feel safe going there alone.", urgent=number == 1
        )
        if number == 0:
            actions.answer_talk(scope=place.lead, talk_id=talk_id, expected_version=1, decision=DECIDED)


def _caseload(scope: Scope) -> tuple[CaseRow, ...]:
    """Their own, without those they cover for."""
    user_id = _user(scope)
    return tuple(row for row in cases.caseload(scope, user_id).rows if row.worker_id == user_id)


def _user(scope: Scope) -> UUID:
    if scope.user_id is None:
        raise LookupError("The demo is played by people who sign in.")
    return scope.user_id
