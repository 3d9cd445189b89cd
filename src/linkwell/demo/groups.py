"""What the made-up team does with several people at once: a weekly walk, clinics, a meeting, a couple."""

import datetime as dt
from uuid import UUID

import time_machine

from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.details import JointVisitDetails
from linkwell.casework.rows import CaseRow
from linkwell.core import worker
from linkwell.core.scope import Scope
from linkwell.demo.place import DemoPlace
from linkwell.groupwork import actions as groupwork
from linkwell.groupwork import queries as groups
from linkwell.groupwork.details import ClinicDetails, ItemDetails, MeetingDetails, SessionDetails
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from linkwell.people import actions as people
from linkwell.people import queries as record

WEEK = dt.timedelta(weeks=1)
WEEKS_BACK = 3
MOST_WALKERS = 5


def gather(place: DemoPlace) -> None:
    """Once for a place: people who are being supported come to things together."""
    scope = place.workers[0]
    known = [
        each for each in cases.caseload(scope, _user(scope)).rows if each.first_spoken_at and not _apart(scope, each)
    ]
    if len(known) < 2 or groups.sessions(scope).rows or groups.sessions(scope, past=True).rows:
        return
    today = clock.today()
    with time_machine.travel(clock.at(today - WEEKS_BACK * WEEK, dt.time(9)), tick=True):
        walks = _walks(scope)
        _clinics(place, scope)
        meeting_id = groupwork.plan_meeting(
            scope=scope,
            details=MeetingDetails(
                "Hallow Lane team meeting", clock.at(today - WEEK, dt.time(13)), "Hallow Lane Surgery"
            ),
        )
    for number, walk in enumerate(walks[:WEEKS_BACK]):
        _walk(scope, walk, known[: MOST_WALKERS - number], number)
    _meet(scope, meeting_id, known)
    _couple(scope, known)
    while worker.work_off():
        pass


def _user(scope: Scope) -> UUID:
    if scope.user_id is None:
        raise LookupError("The demo is played by people who sign in.")
    return scope.user_id


def _apart(scope: Scope, case: CaseRow) -> bool:
    return record.kept_apart(scope, case.person_id)


def _walks(scope: Scope) -> tuple[UUID, ...]:
    starts = clock.now() + dt.timedelta(hours=2)
    details = SessionDetails("Walk and talk", "Marl Park, by the west gate", starts, minutes=75, weeks=WEEKS_BACK + 3)
    return groupwork.plan_session(scope=scope, details=details)


def _clinics(place: DemoPlace, scope: Scope) -> None:
    starts = clock.now() + WEEKS_BACK * WEEK + dt.timedelta(days=2, hours=1)
    practice_id = place.referrers[0].organisation_id
    groupwork.plan_clinic(scope=scope, details=ClinicDetails(practice_id, "Room 2", starts, weeks=2))


def _walk(scope: Scope, walk: UUID, walkers: list[CaseRow], number: int) -> None:
    starts = groups.session(scope, walk).starts_at
    with time_machine.travel(starts - dt.timedelta(days=1), tick=True):
        for each in walkers:
            groupwork.add_to_register(scope=scope, session_id=walk, person_id=each.person_id)
    with time_machine.travel(starts + dt.timedelta(hours=2), tick=True):
        row = groups.session(scope, walk)
        groupwork.write_up_session(
            scope=scope,
            session_id=walk,
            expected_version=row.version,
            came=[each.id for each in row.register][: len(row.register) - number],
            walk_ins=2 + number,
            note="Twice round the lake, with a rest on the benches.",
        )


def _meet(scope: Scope, meeting_id: UUID, known: list[CaseRow]) -> None:
    one, other = known[:2]
    in_a_week = ItemDetails(
        said="The nurse sees the swelling too.",
        action="Ask the surgery about a longer visit",
        owner_id=_user(scope),
        due_on=clock.today() + dt.timedelta(days=7),
    )
    groupwork.add_item(scope=scope, meeting_id=meeting_id, person_id=one.person_id, details=in_a_week)
    going_well = ItemDetails("Going well; nothing to do now.")
    groupwork.add_item(scope=scope, meeting_id=meeting_id, person_id=other.person_id, details=going_well)
    groupwork.write_up_meeting(
        scope=scope,
        meeting_id=meeting_id,
        expected_version=groups.meeting(scope, meeting_id).version,
        attended="Dr Ruth Bell, GP\nKim Ode, district nurse\nSam Okafor, link worker",
    )


def _couple(scope: Scope, known: list[CaseRow]) -> None:
    """Two of them share a home: asked alone, both said yes, and were visited together."""
    one, other = known[0], known[-1]
    link = people.link_household(scope=scope, one_id=one.person_id, other_id=other.person_id, relationship="household")
    for each in (one, other):
        people.answer_household(scope=scope, person_id=each.person_id, link_id=link, agreed=True, asked_alone=True)
    visit = JointVisitDetails(
        kind="home",
        happened_at=clock.now(),
        together="Both would like to see the sea once more this year.",
        own="Worries about money, and would rather not say so at home.",
        other="Sleeps badly and has not told anybody.",
        minutes=70,
    )
    casework.write_up_together(
        scope=scope, case_id=one.id, other_case_id=other.id, submission_key=new_id(), visit=visit
    )
