"""Time-limited teams: how many they took on each week, and the trust's waits beside the same weeks of earlier years."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from linkwell.core.paging import lines
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import Programme, ProgrammePlace
from linkwell.hospital.permissions import PLAN_GOING_HOME
from linkwell.hospital.queries.heard import weeks_heard
from linkwell.hospital.queries.listable import COUNTED
from linkwell.hospital.queries.shown import shown_stays
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page

SIZE = 20
PEOPLE = 25
WEEK = dt.timedelta(weeks=1)
# The same week of the year before begins on the same weekday, 52 weeks earlier.
YEAR = 52 * WEEK
YEARS_BACK = 2

# Nights that fall in each week, of everybody who was ready and still in: one row for each week a period touches.
_WAITS = f"""
WITH period AS (
  SELECT r.stay_id, (r.ready_at AT TIME ZONE 'Europe/London')::date AS ready_on,
    (COALESCE(r.not_ready_at, s.discharged_at, %(now)s) AT TIME ZONE 'Europe/London')::date AS until
  FROM hospital_readyperiod r JOIN hospital_stay s ON s.id = r.stay_id JOIN hospital_patient p ON p.id = s.patient_id
  WHERE r.organisation_id = %(trust)s AND s.no_stay = '' AND s.stay_class = 'inpatient' AND r.ready_at < %(now)s
    AND {COUNTED}
)
SELECT w.monday::date, count(DISTINCT stay_id),
  sum(LEAST(until, w.monday::date + 7) - GREATEST(ready_on, w.monday::date))
FROM period, LATERAL generate_series(date_trunc('week', ready_on), until - 1, '7 days') AS w(monday)
WHERE until > ready_on AND w.monday::date = ANY(%(mondays)s)
GROUP BY 1
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One programme; `taken` is how many people it took on so far, `this_week` since Monday."""

    id: UUID
    name: str
    team: str
    eligibility: str
    starts_on: dt.date
    ends_on: dt.date
    weekly_places: int
    taken: int
    this_week: int
    version: int

    @property
    def running(self) -> bool:
        return self.starts_on <= clock.today() <= self.ends_on


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Somebody whom a programme took on."""

    programme_id: UUID
    programme_name: str
    stay_id: UUID
    name: str
    taken_on: dt.date


@dataclass(frozen=True, slots=True)
class Waits:
    """Of a whole trust in one week: how many people waited over at least one night, and how many nights in all.

    Nobody restricted and no made-up patient is among them.
    """

    people: int
    nights: int


NONE = Waits(0, 0)


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One week of a programme. `earlier` is the same week one year ago, two years ago; waits are None if not known."""

    monday: dt.date
    taken: int
    places: int
    now: Waits | None
    earlier: tuple[Waits | None, ...]


@query(PLAN_GOING_HOME)
def programmes(scope: Scope, number: int = 1) -> Page[ProgrammeRow]:
    """Programmes of the trust, the newest first."""
    rows = Programme.objects.filter(organisation_id=scope.organisation_id).order_by("-starts_on", "pk")
    start = (number - 1) * SIZE
    found = list(rows[start : start + SIZE + 1])
    taken = _taken([each.pk for each in found])
    return Page.of([_row(each, taken.get(each.pk, Counter())) for each in found], number=number, size=SIZE)


@query(PLAN_GOING_HOME)
def programme(scope: Scope, programme_id: UUID) -> tuple[ProgrammeRow, tuple[WeekRow, ...]]:
    """One programme with its weeks so far, the newest first. Raises NotFound."""
    row = _one(scope, programme_id)
    taken = _taken([row.pk]).get(row.pk, Counter())
    return _row(row, taken), _weeks(scope, row, taken)


@query(PLAN_GOING_HOME)
def programme_to_change(scope: Scope, programme_id: UUID) -> ProgrammeRow:
    """One programme without its weeks. Raises NotFound."""
    row = _one(scope, programme_id)
    return _row(row, _taken([row.pk]).get(row.pk, Counter()))


@query(PLAN_GOING_HOME)
def taken_on(scope: Scope, programme_id: UUID, number: int = 1) -> Page[PlaceRow]:
    """Whom a programme took on, the newest first. Nobody whose record is restricted is named."""
    size = lines(PEOPLE)
    start = (number - 1) * size
    rows = _places(scope, programme_id).order_by("-taken_on", "-pk")[start : start + size + 1]
    return Page.of([_place(each) for each in rows], number=number, size=size)


@query(PLAN_GOING_HOME)
def one_taken_on(scope: Scope, programme_id: UUID, stay_id: UUID) -> PlaceRow:
    """One of them. Raises NotFound."""
    found = _places(scope, programme_id).filter(stay_id=stay_id).first()
    if found is None:
        raise NotFound("They are not in this programme.")
    return _place(found)


def _places(scope: Scope, programme_id: UUID) -> QuerySet[ProgrammePlace]:
    rows = ProgrammePlace.objects.filter(organisation_id=scope.organisation_id, programme_id=programme_id)
    return rows.filter(stay__in=shown_stays(scope)).select_related("programme", "stay__patient")


def _place(row: ProgrammePlace) -> PlaceRow:
    patient = row.stay.patient
    name = f"{patient.given_name} {patient.family_name}".strip()
    return PlaceRow(row.programme_id, row.programme.name, row.stay_id, name, row.taken_on)


def _one(scope: Scope, programme_id: UUID) -> Programme:
    row = Programme.objects.filter(organisation_id=scope.organisation_id, pk=programme_id).first()
    if row is None:
        raise NotFound("We could not find that programme.")
    return row


def _row(row: Programme, taken: Counter[dt.date]) -> ProgrammeRow:
    return ProgrammeRow(
        id=row.pk,
        name=row.name,
        team=row.team,
        eligibility=row.eligibility,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        weekly_places=row.weekly_places,
        taken=taken.total(),
        this_week=taken[monday_of(clock.today())],
        version=row.version,
    )


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _taken(programme_ids: list[UUID]) -> dict[UUID, Counter[dt.date]]:
    """How many each of these took on, by the Monday of the week."""
    found: dict[UUID, Counter[dt.date]] = {}
    places = ProgrammePlace.objects.filter(programme_id__in=programme_ids)
    for programme_id, day in places.values_list("programme_id", "taken_on"):
        found.setdefault(programme_id, Counter())[monday_of(day)] += 1
    return found


def _weeks(scope: Scope, row: Programme, taken: Counter[dt.date]) -> tuple[WeekRow, ...]:
    last = min(clock.today(), row.ends_on)
    first = monday_of(row.starts_on)
    mondays = [first + number * WEEK for number in range((last - first).days // 7 + 1)]
    waits = _waits(scope, [monday - back * YEAR for monday in mondays for back in range(YEARS_BACK + 1)])
    heard = weeks_heard(scope)

    def of(monday: dt.date) -> Waits | None:
        return waits.get(monday, NONE) if monday in heard else None

    return tuple(
        WeekRow(
            monday=monday,
            taken=taken[monday],
            places=row.weekly_places,
            now=of(monday),
            earlier=tuple(of(monday - back * YEAR) for back in range(1, YEARS_BACK + 1)),
        )
        for monday in reversed(mondays)
    )


def _waits(scope: Scope, mondays: list[dt.date]) -> dict[dt.date, Waits]:
    asked: dict[str, Any] = {"trust": scope.organisation_id, "now": clock.now(), "mondays": mondays}
    with connection.cursor() as cursor:
        cursor.execute(_WAITS, asked)
        return {monday: Waits(people, nights) for monday, people, nights in cursor.fetchall()}


@query(PLAN_GOING_HOME)
def running_programmes(scope: Scope) -> tuple[tuple[UUID, str, str], ...]:
    """Those somebody can be taken on for today: id, name and whom it is for."""
    today = clock.today()
    rows = Programme.objects.filter(
        organisation_id=scope.organisation_id, starts_on__lte=today, ends_on__gte=today
    ).order_by("name")
    return tuple(rows.values_list("pk", "name", "eligibility"))
