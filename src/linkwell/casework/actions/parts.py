"""What several actions of casework share. Called only from inside an action."""

import datetime as dt
from typing import TypeVar
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.models import (
    Appointment,
    Case,
    ClosingRequest,
    Interaction,
    InteractionOutcome,
    OfferExtension,
)
from linkwell.core import states, timeline
from linkwell.core.scope import Scope
from linkwell.kernel import clock, working_days
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotAllowed, NotFound
from linkwell.people import queries as people

# A waiting person is looked at again at least this often.
WAITING_REVIEW_WORKING_DAYS = 10


def acting_user(scope: Scope) -> UUID:
    """Who is acting. Conversations, plans and decisions are always somebody's."""
    if scope.user_id is None:
        raise NotAllowed("Somebody who is signed in has to do this.")
    return scope.user_id


def lock_case(scope: Scope, case_id: UUID, *, expected_version: int | None = None) -> Case:
    """The case for this transaction. Raises NotFound, or Conflict when it changed since it was read."""
    case = states.lock(Case, case_id, expected_version=expected_version)
    if case.organisation_id != scope.organisation_id:
        raise NotFound
    return case


def lock_open_case(scope: Scope, case_id: UUID, *, expected_version: int | None = None) -> Case:
    case = lock_case(scope, case_id, expected_version=expected_version)
    if case.state == "closed":
        raise InvalidMove("Support has ended. Open it again first.")
    return case


def change_case(
    *, scope: Scope, case: Case, event: str, fields: tuple[str, ...], line: timeline.Line | None = None
) -> None:
    """Save columns of a locked case that are not its state, with all that a change leaves behind."""
    case.version += 1
    case.save(update_fields=["version", *fields])
    states.finish_change(scope=scope, row=case, event=event, fields=fields, line=line, person_id=case.person_id)


def where_it_stands(case: Case) -> str:
    """The state of open support by what has happened in it: who has it, who was tried, who was spoken with."""
    if case.worker_id is None:
        return "waiting"
    if case.first_spoken_at is not None:
        return "active"
    tried = Interaction.objects.filter(case=case, outcome=InteractionOutcome.TRIED).exists()
    return "trying" if tried else "allocated"


def worker_of_team(scope: Scope, team_id: UUID, worker_id: UUID) -> str:
    """The name of a worker of this team. Raises Invalid for anybody else."""
    for worker in accounts.team_workers(scope, team_id):
        if worker.user_id == worker_id:
            return worker.name
    raise Invalid({"worker": "Choose somebody who works in this team."})


def answer_by(team: accounts.TeamRow, day: dt.date) -> dt.date:
    """By when somebody newly allocated is to be spoken to."""
    return working_days.add_working_days(day, team.answer_working_days, working_days.Nation(team.nation))


def look_again_by(team: accounts.TeamRow, day: dt.date) -> dt.date:
    """By when somebody on the waiting list is looked at again."""
    return working_days.add_working_days(day, WAITING_REVIEW_WORKING_DAYS, working_days.Nation(team.nation))


def supported_by(scope: Scope, team_id: UUID, person_id: UUID) -> bool:
    """Whether the team supports this person now, under any of the records that are read as theirs."""
    records = people.resolved_ids(scope, person_id)
    cases = Case.objects.filter(organisation_id=scope.organisation_id, team_id=team_id, person_id__in=records)
    return cases.exclude(state="closed").exists()


def never_past(day: dt.date | None) -> dt.date | None:
    """A next date lies ahead. Raises Invalid for one that has gone."""
    if day is not None and day < clock.today():
        raise Invalid({"next_date": "The next date must be today or later."})
    return day


Asked = TypeVar("Asked", ClosingRequest, OfferExtension)


def lock_undecided(scope: Scope, asked: type[Asked], request_id: UUID) -> Asked:
    """What a lead was asked, to be decided now. Raises NotFound, or Conflict when somebody decided first."""
    row = (
        asked.objects.select_for_update(of=("self",))
        .filter(organisation_id=scope.organisation_id, pk=request_id)
        .first()
    )
    if row is None:
        raise NotFound
    if row.decided_at is not None:
        raise Conflict("Somebody has decided this already.")
    return row


def lock_appointment(scope: Scope, appointment_id: UUID, *, expected_version: int | None = None) -> Appointment:
    row = states.lock(Appointment, appointment_id, expected_version=expected_version)
    if row.organisation_id != scope.organisation_id:
        raise NotFound
    return row
