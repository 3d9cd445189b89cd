"""How full each worker of a team is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from uuid import UUID

from django.db.models import Count, Sum

from linkwell.accounts import queries as accounts
from linkwell.accounts.queries.leave import away_between
from linkwell.casework import load as rules
from linkwell.casework.models import Case, ComplexityReview, Cover, CoverPart
from linkwell.casework.permissions import SEE_CASES
from linkwell.casework.rows import ComplexityRow, Load
from linkwell.core.database import already_known
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.people.models import Requirement, RequirementKind, Risk

YEAR_DAYS = 365


@dataclass(slots=True)
class _Held:
    """What one worker's cases come to: how many, not yet spoken to, and what they take."""

    cases: int = 0
    unspoken: int = 0
    takes: Fraction = field(default_factory=lambda: Fraction(0))

    def add(self, state: str, count: int, weight: int) -> None:
        self.cases += count
        self.unspoken += count if state in ("allocated", "trying") else 0
        self.takes += rules.load([(state, weight)])


@query(SEE_CASES)
def load_by_worker(scope: Scope, team_id: UUID) -> dict[UUID, Load]:
    """How full each worker of a team is today, cover included. As many statements for twenty workers as for one."""
    known: dict[UUID, dict[UUID, Load]] = already_known("how full workers of teams are")
    if team_id not in known:
        known[team_id] = _load_by_worker(scope, team_id)
    return known[team_id]


def _load_by_worker(scope: Scope, team_id: UUID) -> dict[UUID, Load]:
    today = clock.today()
    workers = accounts.team_workers(scope, team_id)
    ids = [each.user_id for each in workers]
    away = away_between(scope, ids, today, today + dt.timedelta(days=rules.LOOK_AHEAD_DAYS))
    hours = accounts.rules(team_id).full_time_hours
    own = _held_by(scope, ids)
    given, taken, covering = _covered(scope, ids, own, today)
    loads = {}
    for worker in workers:
        pattern = rules.Pattern(
            worker.hours_a_week,
            hours,
            worker.working_days,
            worker.induction_until,
            away.get(worker.user_id, ()),
            worker.own_full,
        )
        held = own[worker.user_id]
        takes = held.takes - given[worker.user_id].takes + taken[worker.user_id].takes
        loads[worker.user_id] = Load(
            worker_id=worker.user_id,
            name=worker.name,
            cases=held.cases,
            weight=rules.whole(max(takes, Fraction(0))),
            full=rules.whole(rules.target(worker.full_caseload, pattern, today)),
            not_yet_spoken=held.unspoken,
            working_days=worker.working_days,
            languages=worker.languages,
            covering=taken[worker.user_id].cases,
            covering_for=tuple(covering[worker.user_id]),
            covered=given[worker.user_id].cases,
            away=away.get(worker.user_id, ()),
            hours_a_week=worker.hours_a_week,
            induction_until=worker.induction_until,
            membership_id=worker.membership_id,
        )
    return loads


def _held_by(scope: Scope, worker_ids: Iterable[UUID]) -> defaultdict[UUID, _Held]:
    held: defaultdict[UUID, _Held] = defaultdict(_Held)
    rows = (
        Case.objects.filter(organisation_id=scope.organisation_id, worker_id__in=list(worker_ids))
        .exclude(state="closed")
        .values("worker_id", "state")
        .annotate(cases=Count("pk"), weighed=Sum("weight"))
    )
    for row in rows:
        held[row["worker_id"]].add(row["state"], row["cases"], row["weighed"])
    return held


def _covered(
    scope: Scope, ids: list[UUID], own: defaultdict[UUID, _Held], today: dt.date
) -> tuple[defaultdict[UUID, _Held], defaultdict[UUID, _Held], defaultdict[UUID, list[str]]]:
    """What each gives to whoever covers today, what each takes for others, and for whom."""
    given: defaultdict[UUID, _Held] = defaultdict(_Held)
    taken: defaultdict[UUID, _Held] = defaultdict(_Held)
    names: defaultdict[UUID, list[str]] = defaultdict(list)
    going_on = Cover.objects.filter(
        organisation_id=scope.organisation_id,
        worker_id__in=ids,
        ended_at=None,
        starts_on__lte=today,
        ends_on__gte=today,
    )
    covers = list(going_on.select_related("worker").order_by("worker__name"))
    named = _held_by_name(scope, [each.pk for each in covers if not each.rest])
    for each in sorted(covers, key=lambda row: row.rest):
        # Those with people by name come first, so that what is left is the rest.
        part = _left(own[each.worker_id], given[each.worker_id]) if each.rest else named[each.pk]
        for side in (given[each.worker_id], taken[each.covered_by_id]):
            side.cases += part.cases
            side.takes += part.takes
        names[each.covered_by_id].append(each.worker.name)
    return given, taken, names


def _left(own: _Held, given: _Held) -> _Held:
    return _Held(cases=own.cases - given.cases, takes=own.takes - given.takes)


def _held_by_name(scope: Scope, cover_ids: list[UUID]) -> defaultdict[UUID, _Held]:
    held: defaultdict[UUID, _Held] = defaultdict(_Held)
    if not cover_ids:
        return held
    people = CoverPart.objects.filter(organisation_id=scope.organisation_id, cover_id__in=cover_ids)
    cover_of: defaultdict[tuple[UUID, UUID], list[UUID]] = defaultdict(list)
    for cover_id, worker_id, person_id in people.values_list("cover_id", "cover__worker_id", "person_id"):
        cover_of[worker_id, person_id].append(cover_id)
    rows = Case.objects.filter(
        organisation_id=scope.organisation_id,
        worker_id__in={worker for worker, _ in cover_of},
        person_id__in={person for _, person in cover_of},
    ).exclude(state="closed")
    for worker_id, person_id, state, weight in rows.values_list("worker_id", "person_id", "state", "weight"):
        for cover_id in cover_of.get((worker_id, person_id), ()):
            held[cover_id].add(state, 1, weight)
    return held


@query(SEE_CASES)
def people_a_year(scope: Scope, team_id: UUID) -> dict[UUID, int]:
    """How many people each worker of a team has begun to support in the last year: another figure than how full."""
    since = clock.now() - dt.timedelta(days=YEAR_DAYS)
    rows = (
        Case.objects.filter(organisation_id=scope.organisation_id, team_id=team_id, opened_at__gte=since)
        .exclude(worker=None)
        .values("worker_id")
        .annotate(people=Count("person_id", distinct=True))
    )
    return {row["worker_id"]: row["people"] for row in rows}


@query(SEE_CASES)
def complexity_history(scope: Scope, case_id: UUID) -> tuple[ComplexityRow, ...]:
    """How much of a caseload this support was said to take, the newest first."""
    rows = ComplexityReview.objects.select_related("recorded_by").filter(
        organisation_id=scope.organisation_id, case_id=case_id
    )
    return tuple(
        ComplexityRow(row.level, tuple(row.factors), row.note, row.recorded_by.name, row.created_at)
        for row in rows.order_by("-created_at", "-pk")[:50]
    )


@query(SEE_CASES)
def factors_known(scope: Scope, case_id: UUID) -> tuple[str, ...]:
    """The factors that the record itself shows, to begin with; the worker knows more."""
    case = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id).values_list("person_id").first()
    if case is None:
        return ()
    held = {"organisation_id": scope.organisation_id, "person_id": case[0]}
    needs = Case.objects.filter(pk=case_id, plan__needs__ended_at=None).aggregate(count=Count("plan__needs"))["count"]
    kinds = [RequirementKind.INTERPRETER, RequirementKind.INFORMATION]
    return rules.factors_of(
        needs=needs,
        risk=Risk.objects.filter(**held, ended_at=None, none_known=False).exists(),
        interpreter=Requirement.objects.filter(**held, ended_at=None, kind__in=kinds).exists(),
    )
