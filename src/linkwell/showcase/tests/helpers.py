"""People whose support began and ended, written as rows: hundreds of conversations would take minutes."""

import datetime as dt
from uuid import UUID

from linkwell.accounts.models import Organisation
from linkwell.casework.models import Case, Need, Plan
from linkwell.core.database import scoped
from linkwell.core.scope import system_scope
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from linkwell.outcomes.models import Response, ScoreOfResponse
from linkwell.people.models import Person
from linkwell.showcase import actions
from linkwell.showcase.models import PublishedRelease, Release
from linkwell.showcase.periods import Period
from tests.place import Place

QUARTER, YEAR = Period(2025, 1), Period(2025)
FEBRUARY = dt.date(2025, 2, 3)


def people(place: Place, count: int, day: dt.date = FEBRUARY, need: str = "lonely", points: int = 2) -> None:
    """So many who were spoken with on a day and whose support ended a month later, a point or so better."""
    began, ended = clock.at(day, dt.time(10)), clock.at(day + dt.timedelta(days=30), dt.time(10))
    held = {"organisation_id": place.organisation_id}
    with scoped(place.worker.scope):
        persons = Person.objects.bulk_create(Person(given_name="Made", family_name="Up", **held) for _ in range(count))
        cases = Case.objects.bulk_create(
            Case(
                person=person,
                team_id=place.team_id,
                worker_id=place.worker.user_id,
                state="closed",
                closing_reason="goals_met",
                opened_at=began,
                first_spoken_at=began,
                closed_at=ended,
                closed_by_id=place.worker.user_id,
                **held,
            )
            for person in persons
        )
        plans = Plan.objects.bulk_create(Plan(case=case, person_id=case.person_id, **held) for case in cases)
        Need.objects.bulk_create(Need(plan=plan, code=need, words="Made up", **held) for plan in plans)
        _answers(place, cases, day, [4 + at % 3 for at in range(count)])
        _answers(place, cases, ended.date(), [4 + at % 3 + points + at % 2 for at in range(count)])


def _answers(place: Place, cases: list[Case], day: dt.date, values: list[int]) -> None:
    held = {"organisation_id": place.organisation_id}
    asked = {"pack": "ons4", "pack_version": 1, "occasion": "start", "how": "asked", "answered_on": day, "answers": {}}
    rows = Response.objects.bulk_create(
        Response(case=case, person_id=case.person_id, recorded_by_id=place.worker.user_id, **asked, **held)
        for case in cases
    )
    ScoreOfResponse.objects.bulk_create(
        ScoreOfResponse(response=row, code="satisfied", value=value, **held)
        for row, value in zip(rows, values, strict=True)
    )


def publish(place: Place, period: Period = QUARTER, to: str = "") -> UUID:
    """Prepared by the administrator, signed off by the lead."""
    made = actions.prepare_release(scope=place.administrator.scope, period=period, given_to_code=to)
    actions.sign_off_release(scope=place.lead.scope, release_id=made, expected_version=1)
    return made


def another_area(place: Place) -> str:
    """Another organisation that published and gave exactly the same; its name."""
    other = Organisation.objects.create(code="NOR01", name="Northmoor", kind="voluntary")
    with scoped(place.system):
        row = Release.objects.get()
    row.pk, row.organisation_id = new_id(), other.pk
    row._state.adding = True
    with scoped(system_scope(other.pk, "test")):
        row.save(force_insert=True)
    cells = PublishedRelease.objects.get()
    cells.pk, cells.release_id = new_id(), row.pk
    cells.organisation_id, cells.code, cells.place = other.pk, other.code, other.name
    cells._state.adding = True
    cells.save(force_insert=True)
    return other.name
