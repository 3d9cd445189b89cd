"""What each role has to look at today, read in one transaction."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.accounts.attention import Attention
from linkwell.accounts.permissions import SEE_ADMIN
from linkwell.accounts.queries import TeamRow
from linkwell.accounts.queries.staff import what_needs_attention
from linkwell.casework import queries as casework
from linkwell.casework.models import Interaction
from linkwell.casework.permissions import ALLOCATE, READ_SUMMARIES
from linkwell.casework.rows import AppointmentRow, CaseRow, Load, SummaryRow
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.queries.arrivals import ArrivalRow, at_hospital
from linkwell.journey.permissions import OVERDUE, TODAY
from linkwell.journey.queries.visits import VisitCard, cards_of
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.kernel.working_days import Nation, add_working_days
from linkwell.onward import queries as onward
from linkwell.onward.details import OnwardRow
from linkwell.people import queries as people
from linkwell.people.details import ConcernRow
from linkwell.people.permissions import CONCERN_HANDLE
from linkwell.referrals import queries as referrals
from linkwell.referrals.permissions import REFER
from linkwell.referrals.rows import SentRow, TriageSummary
from linkwell.tasks import queries as tasks
from linkwell.tasks.queries import TaskRow
from linkwell.tasks.standing_in import standing_in
from linkwell.workforce import queries as workforce
from linkwell.workforce.rows import VisitRow

SILENT_WEEKS = 4
LOOK_BACK_DAYS = 90
DAYS_AHEAD = 6
MOST_TASKS = 6
# One more than are shown, so that it can be said that there are more.
MOST_SILENT = 9
OVERDUE_PAGE = 25


@dataclass(frozen=True, slots=True)
class LastTry:
    """How the newest contact about a case went: an `InteractionOutcome` and when."""

    outcome: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class WorkerDay:
    """A link worker's day. `due`: next dates that have come, without those they see today anyway.

    `covered`: colleagues they cover for today, whose appointments are among their own. `interpreters`: of today and
    the next working day.
    """

    today: dt.date
    covered: dict[UUID, str]
    appointments: tuple[AppointmentRow, ...]
    not_written_up: tuple[AppointmentRow, ...]
    ahead: tuple[AppointmentRow, ...]
    due: tuple[CaseRow, ...]
    more_due: bool
    last_tries: dict[UUID, LastTry]
    answers_since: dt.date
    answers: tuple[OnwardRow, ...]
    to_do: Page[TaskRow]
    silent: tuple[CaseRow, ...]
    load: Load | None
    cards: dict[UUID, VisitCard]
    on_visit: VisitRow | None
    steps: tuple[casework.DueStep, ...]
    interpreters: tuple[casework.InterpreterRow, ...]
    at_hospital: tuple[ArrivalRow, ...]


@query(TODAY)
def worker_day(scope: Scope) -> WorkerDay:
    """Everything on the Today page of a link worker. As many statements for twenty people as for one."""
    worker_id = _user(scope)
    today = clock.today()
    since = add_working_days(today, -1, Nation(accounts.organisation(scope.organisation_id).nation))
    covered = {each.owner_id: each.owner_name for each in standing_in(scope, worker_id)}
    first, last = today - dt.timedelta(days=LOOK_BACK_DAYS), today + dt.timedelta(days=DAYS_AHEAD)
    booked = casework.appointments_between(scope, worker_id, first, last)
    days = {row.id: clock.london(row.starts_at).date() for row in booked}
    appointments = tuple(row for row in booked if days[row.id] == today)
    ahead = tuple(row for row in booked if days[row.id] > today)
    seen_today = {row.case_id for row in appointments}
    soonest = casework.caseload(scope, worker_id)
    maybe = [row for row in soonest if _is_due(row, today) or _is_new(row)]
    tries = _last_tries(scope, [row.id for row in maybe])
    met_soon = {row.case_id for row in ahead} | tries.keys()
    silent = casework.not_reached_since(
        scope, worker_id, today - dt.timedelta(weeks=SILENT_WEEKS), MOST_SILENT + len(appointments)
    )
    steps = casework.steps_due(scope, worker_id, today)
    # Nobody is asked to ring somebody of whom we were told that they died: the lead confirms it or puts it right.
    there = at_hospital(scope, worker_id)
    named = {row.person_id for row in (*maybe, *silent)} | {row.person_id for row in steps}
    died = people.who_died(scope, named | {row.person_id for row in there})
    due = tuple(
        row
        for row in maybe
        if row.id not in seen_today and row.person_id not in died and (_is_due(row, today) or row.id not in met_soon)
    )
    shown = {row.person_id for row in appointments} | {row.person_id for row in due}
    return WorkerDay(
        today=today,
        covered=covered,
        appointments=appointments,
        not_written_up=tuple(row for row in booked if days[row.id] < today),
        ahead=ahead,
        due=due,
        more_due=soonest.has_next and _is_due(soonest.rows[-1], today),
        last_tries=tries,
        answers_since=since,
        answers=onward.answers_since(scope, worker_id, clock.at(since, dt.time())),
        to_do=tasks.my_tasks(scope, size=MOST_TASKS),
        silent=tuple(row for row in silent if row.id not in seen_today and row.person_id not in died),
        load=_loads(scope).get(worker_id),
        cards=cards_of(scope, shown),
        on_visit=workforce.my_visit(scope),
        steps=tuple(row for row in steps if row.person_id not in died),
        interpreters=casework.interpreters_soon(scope, worker_id),
        at_hospital=tuple(row for row in there if row.person_id not in died),
    )


def _is_due(row: CaseRow, today: dt.date) -> bool:
    return row.next_date is not None and row.next_date <= today


def _is_new(row: CaseRow) -> bool:
    """Nobody has spoken with them; they show at once, until they were tried or a time is booked."""
    return row.first_spoken_at is None


def _last_tries(scope: Scope, case_ids: list[UUID]) -> dict[UUID, LastTry]:
    rows = (
        Interaction.objects.filter(organisation_id=scope.organisation_id, case_id__in=case_ids)
        .order_by("case_id", "-happened_at", "-pk")
        .distinct("case_id")
        .values_list("case_id", "outcome", "happened_at")
    )
    return {case_id: LastTry(outcome, at) for case_id, outcome, at in rows}


def _loads(scope: Scope) -> dict[UUID, Load]:
    """How full each worker of the reader's team is."""
    team = accounts.my_team(scope)
    return casework.load_by_worker(scope, team.id) if team else {}


@dataclass(frozen=True, slots=True)
class LeadDay:
    """What a team lead looks after, and their own day. `team` is None for a lead of the whole organisation."""

    team: TeamRow | None
    triage: TriageSummary
    waiting: int
    waiting_since: dt.datetime | None
    overdue: int
    answers_overdue: int
    concerns: Page[ConcernRow]
    open_concerns: int
    loads: tuple[Load, ...]
    attention: tuple[Attention, ...]
    own: WorkerDay


@query(OVERDUE)
def lead_day(scope: Scope) -> LeadDay:
    """The numbers of a lead's start page, each of which opens its list."""
    scope.require(CONCERN_HANDLE)
    team = accounts.my_team(scope)
    waiting = casework.waiting_list(scope, team.id) if team and scope.may(ALLOCATE) else None
    return LeadDay(
        team=team,
        triage=referrals.triage_summary(scope, team.id if team else None),
        waiting=(waiting.total or 0) if waiting else 0,
        waiting_since=waiting.rows[0].opened_at if waiting and waiting.rows else None,
        overdue=casework.count_past_next_date(scope, clock.today()),
        answers_overdue=onward.count_overdue(scope),
        concerns=people.concerns(scope),
        open_concerns=people.open_concerns(scope),
        loads=tuple(_loads(scope).values()),
        attention=what_needs_attention(scope) if scope.may(SEE_ADMIN) else (),
        own=worker_day(scope),
    )


@dataclass(frozen=True, slots=True)
class SafeguardingDay:
    """The queue of a safeguarding lead, danger first, what else needs them, and their own to-do list."""

    concerns: Page[ConcernRow]
    open_concerns: int
    attention: tuple[Attention, ...]
    to_do: Page[TaskRow]


@query(CONCERN_HANDLE)
def safeguarding_day(scope: Scope) -> SafeguardingDay:
    """The start page of a safeguarding lead."""
    return SafeguardingDay(
        concerns=people.concerns(scope),
        open_concerns=people.open_concerns(scope),
        attention=what_needs_attention(scope),
        to_do=tasks.my_tasks(scope),
    )


@query(OVERDUE)
def overdue_cases(scope: Scope, number: int) -> Page[CaseRow]:
    """Everyone whose next date has passed, the oldest first."""
    today, start = clock.today(), (number - 1) * OVERDUE_PAGE
    rows = casework.past_next_date(scope, today, OVERDUE_PAGE + 1, start)
    total = casework.count_past_next_date(scope, today)
    return Page.of(rows, number=number, size=OVERDUE_PAGE, total=total)


@dataclass(frozen=True, slots=True)
class ReferrerDay:
    """A referrer's own referrals, newest first, and the summaries their organisation was sent."""

    referrals: Page[SentRow]
    summaries: Page[SummaryRow]


@query(REFER)
def referrer_day(scope: Scope) -> ReferrerDay:
    """What has become of what they sent."""
    scope.require(READ_SUMMARIES)
    return ReferrerDay(referrals.sent_referrals(scope), casework.summaries_received(scope))


@query(SEE_ADMIN)
def admin_day(scope: Scope) -> tuple[Attention, ...]:
    """What needs attention, from every app."""
    return what_needs_attention(scope)


def _user(scope: Scope) -> UUID:
    if scope.user_id is None:
        raise NotFound
    return scope.user_id
