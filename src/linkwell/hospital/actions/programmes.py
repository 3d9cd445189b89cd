"""A time-limited team: set up, and people taken on for it."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.actions.going_home import acting
from linkwell.hospital.discharge_details import ProgrammeDetails
from linkwell.hospital.models import Programme, ProgrammePlace
from linkwell.hospital.permissions import PLAN_GOING_HOME
from linkwell.hospital.queries.shown import planned_stay
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound

LONGEST_DAYS = 366
MOST_PLACES = 500


@action(PLAN_GOING_HOME)
def set_up_programme(*, scope: Scope, details: ProgrammeDetails) -> UUID:
    """A programme with its days, its places a week and whom it is for. Raises Invalid."""
    _check(details)
    row = Programme(
        organisation_id=scope.organisation_id,
        name=details.name.strip(),
        team=details.team.strip(),
        eligibility=details.eligibility.strip(),
        starts_on=details.starts_on,
        ends_on=details.ends_on,
        weekly_places=details.weekly_places,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Invalid({"name": "There is a programme of this name already."}) from None
    audit.record(scope, "added", "programme", row.pk)
    return row.pk


def _check(details: ProgrammeDetails) -> None:
    problems = {}
    if not details.name.strip():
        problems["name"] = "Give it a name."
    if not details.eligibility.strip():
        problems["eligibility"] = "Say whom it is for."
    if not dt.timedelta(0) < details.ends_on - details.starts_on <= dt.timedelta(days=LONGEST_DAYS):
        problems["ends_on"] = "It ends after it starts, and within a year."
    if not 1 <= details.weekly_places <= MOST_PLACES:
        problems["weekly_places"] = f"Choose from 1 to {MOST_PLACES} people."
    if problems:
        raise Invalid(problems)


@action(PLAN_GOING_HOME)
def take_on(*, scope: Scope, programme_id: UUID, stay_id: UUID) -> None:
    """Take somebody on, because they are one of those it is for.

    Raises Invalid when it is full or not on, InvalidMove for somebody who has died.
    """
    stay = planned_stay(scope, stay_id)
    row = Programme.objects.select_for_update().filter(organisation_id=scope.organisation_id, pk=programme_id).first()
    if row is None:
        raise NotFound("We could not find that programme.")
    today = clock.today()
    if not row.starts_on <= today <= row.ends_on:
        raise Invalid({"": "This programme is not running now."})
    if ProgrammePlace.objects.filter(programme=row, stay=stay).exists():
        raise Invalid({"": "They are in this programme already."})
    monday = today - dt.timedelta(days=today.weekday())
    if ProgrammePlace.objects.filter(programme=row, taken_on__gte=monday).count() >= row.weekly_places:
        raise Invalid({"": f"All {row.weekly_places} places of this week are taken."})
    ProgrammePlace.objects.create(
        organisation_id=scope.organisation_id, programme=row, stay=stay, taken_on=today, taken_by_id=acting(scope)
    )
    audit.record(scope, "took on", "programme", row.pk)
