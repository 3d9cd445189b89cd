"""Cases go from one worker to others, for good, with all that waits for the worker in them. Called inside an action."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.actions.parts import change_case
from linkwell.casework.models import Appointment, Case
from linkwell.core import audit, timeline
from linkwell.core.scope import Scope
from linkwell.kernel.errors import Conflict, Invalid
from linkwell.tasks.actions import give_to as give_tasks
from linkwell.tasks.queries import open_tasks_of


@dataclass(frozen=True, slots=True)
class MovedCase:
    """One case after its move. `version` is the case's version then; `appointments` and `tasks` went along."""

    case_id: UUID
    person_id: UUID
    given_to: UUID
    version: int
    appointments: tuple[UUID, ...]
    tasks: tuple[UUID, ...]


def move_cases(scope: Scope, worker_id: UUID, given: Mapping[UUID, UUID]) -> tuple[MovedCase, ...]:
    """Each open case (id to new worker) to its new worker; next dates stay as they are, so nothing slips.

    Raises Conflict when one is no longer the worker's, and Invalid for somebody who does not work in its team.
    """
    rows = Case.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, pk__in=given.keys(), worker_id=worker_id
    )
    cases = list(rows.exclude(state="closed").order_by("pk"))
    if len(cases) != len(given):
        raise Conflict("Somebody changed this caseload meanwhile. Look at the list again.")
    names = {
        team: {each.user_id: each.name for each in accounts.team_workers(scope, team)}
        for team in {case.team_id for case in cases}
    }
    moved = []
    for case in cases:
        name = names[case.team_id].get(given[case.pk])
        if name is None or given[case.pk] == worker_id:
            raise Invalid({"to": "Choose somebody else who works in this team."})
        moved.append(_give(scope, case, worker_id, given[case.pk], name))
    return tuple(moved)


def open_cases_of(scope: Scope, worker_id: UUID) -> tuple[UUID, ...]:
    """Every open case of a worker, by id."""
    rows = Case.objects.filter(organisation_id=scope.organisation_id, worker_id=worker_id).exclude(state="closed")
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


def _give(scope: Scope, case: Case, before: UUID, to: UUID, name: str) -> MovedCase:
    case.worker_id = to
    line = timeline.Line(case.person_id, "support", f"Link worker: {name}.")
    change_case(scope=scope, case=case, event="reallocated", fields=("worker",), line=line)
    appointments, their_tasks = give_what_waits(scope, case, before, to)
    return MovedCase(case.pk, case.person_id, to, case.version, appointments, their_tasks)


def give_what_waits(scope: Scope, case: Case, before: UUID, to: UUID) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    """Booked appointments of the case and things to do about the person, from one worker to another; their ids.

    Onward referrals follow by themselves, seconds later (`onward.handlers`).
    """
    booked = Appointment.objects.filter(
        organisation_id=scope.organisation_id, case=case, worker_id=before, state="booked"
    )
    appointments = tuple(booked.order_by("pk").values_list("pk", flat=True))
    give_appointments(scope, appointments, to)
    about = tuple(task for task, person in open_tasks_of(scope, before) if person == case.person_id)
    give_tasks(scope, about, to)
    return appointments, about


def give_appointments(scope: Scope, appointment_ids: Collection[UUID], to: UUID) -> None:
    """These booked appointments are with another worker."""
    rows = Appointment.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, pk__in=appointment_ids, state="booked"
    )
    for row in rows.order_by("pk"):
        row.worker_id = to
        row.version += 1
        row.save(update_fields=["worker", "version"])
        audit.record(scope, "given", "appointment", row.pk, person_id=row.person_id, fields=("worker",))


def booked_with(scope: Scope, worker_id: UUID) -> tuple[UUID, ...]:
    """Every appointment still booked with a worker, by id."""
    rows = Appointment.objects.filter(organisation_id=scope.organisation_id, worker_id=worker_id, state="booked")
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


def changed_since(scope: Scope, versions: Mapping[UUID, int]) -> int:
    """How many of these cases (id to the version they had) have changed since. The cases are locked."""
    rows = Case.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, pk__in=versions.keys()
    )
    return sum(row.version != versions[row.pk] for row in rows.order_by("pk"))


def team_of(scope: Scope, case_id: UUID) -> UUID:
    """The team that supports this case."""
    return Case.objects.values_list("team_id", flat=True).get(organisation_id=scope.organisation_id, pk=case_id)
