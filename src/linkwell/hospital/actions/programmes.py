"""A time-limited team: set up, changed, ended early, and people taken on for it and off again."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Min

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.actions.going_home import acting
from linkwell.hospital.discharge_details import ProgrammeDetails
from linkwell.hospital.models import Programme, ProgrammePlace
from linkwell.hospital.permissions import PLAN_GOING_HOME
from linkwell.hospital.queries.shown import planned_stay, shown_stay
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Conflict, Invalid, NotFound

LONGEST_DAYS = 366
MOST_PLACES = 500


@action(PLAN_GOING_HOME)
def set_up_programme(*, scope: Scope, details: ProgrammeDetails) -> UUID:
    """A programme with its days, its places a week and whom it is for. Raises Invalid."""
    _check(details)
    row = Programme(organisation_id=scope.organisation_id)
    _put(row, details)
    _save(row)
    audit.record(scope, "added", "programme", row.pk)
    return row.pk


@action(PLAN_GOING_HOME)
def change_programme(*, scope: Scope, programme_id: UUID, expected_version: int, details: ProgrammeDetails) -> None:
    """What a programme says of itself; an earlier last day ends it early. Raises NotFound, Conflict and Invalid."""
    row = _locked(scope, programme_id)
    if row.version != expected_version:
        raise Conflict()
    _check(details)
    _check_days(row, details)
    changed = _put(row, details)
    row.version += 1
    _save(row)
    audit.record(scope, "changed", "programme", row.pk, fields=changed)


def _put(row: Programme, details: ProgrammeDetails) -> tuple[str, ...]:
    """Write what is said onto the row; the names of what is now different."""
    said = {
        "name": details.name.strip(),
        "team": details.team.strip(),
        "eligibility": details.eligibility.strip(),
        "starts_on": details.starts_on,
        "ends_on": details.ends_on,
        "weekly_places": details.weekly_places,
    }
    changed = tuple(name for name, value in said.items() if getattr(row, name) != value)
    for name, value in said.items():
        setattr(row, name, value)
    return changed


def _save(row: Programme) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Invalid({"name": "There is a programme of this name already."}) from None


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


def _check_days(row: Programme, details: ProgrammeDetails) -> None:
    """Nobody who was taken on is left out by other days, and no programme ends before anybody knew."""
    problems = {}
    first = ProgrammePlace.objects.filter(programme=row).aggregate(first=Min("taken_on"))["first"]
    if first and details.starts_on > first:
        problems["starts_on"] = f"Somebody was taken on {words.written_date(first)}. Choose that day or an earlier one."
    if details.ends_on != row.ends_on and details.ends_on < clock.today():
        problems["ends_on"] = "To end it early, choose today or a later day."
    if problems:
        raise Invalid(problems)


def _locked(scope: Scope, programme_id: UUID) -> Programme:
    row = Programme.objects.select_for_update().filter(organisation_id=scope.organisation_id, pk=programme_id).first()
    if row is None:
        raise NotFound("We could not find that programme.")
    return row


@action(PLAN_GOING_HOME)
def take_on(*, scope: Scope, programme_id: UUID, stay_id: UUID) -> None:
    """Take somebody on, because they are one of those it is for.

    Raises Invalid when it is full or not on, InvalidMove for somebody who has died.
    """
    stay = planned_stay(scope, stay_id)
    row = _locked(scope, programme_id)
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


@action(PLAN_GOING_HOME)
def take_off(*, scope: Scope, programme_id: UUID, stay_id: UUID) -> None:
    """Take somebody off who was taken on by mistake: their place of that week is free, and no figure counts them.

    Raises NotFound, also for somebody who is not in it.
    """
    stay = shown_stay(scope, stay_id)
    row = _locked(scope, programme_id)
    gone, _ = ProgrammePlace.objects.filter(programme=row, stay=stay).delete()
    if not gone:
        raise NotFound("They are not in this programme.")
    # The place is gone, so the stay is what the trail names.
    audit.record(scope, "took off", "programme", row.pk)
    audit.record(scope, "taken off", "stay", stay.pk, fields=("programme",))
