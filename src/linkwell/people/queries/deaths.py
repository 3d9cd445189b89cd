"""Whether somebody has died, over all records that are one person, and what that stopped."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from linkwell.accounts.queries import user_names
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.kernel.errors import InvalidMove
from linkwell.people import dying
from linkwell.people.death import DeathDetails, DeathRow, StoppedRow
from linkwell.people.models import Death, DeathSource, StoppedByDeath
from linkwell.people.permissions import PERSON_SEE, SAFE_ANSWERS_USE
from linkwell.people.queries.identity import linked_set, linked_sets

HAS_DIED = "We have recorded that they have died. If that is a mistake, put it right on their page first."


def standing_deaths(scope: Scope, records: Collection[UUID]) -> list[Death]:
    """Deaths recorded on any of these records that nobody has undone: the confirmed first, then the newest."""
    return _standing(scope.organisation_id, records)


@written_once
def _standing(organisation_id: UUID, records: Collection[UUID]) -> QuerySet[Death]:
    rows = Death.objects.filter(organisation_id=organisation_id, person_id__in=records, undone_at=None)
    return rows.order_by("-confirmed", "-created_at", "-id")


@query(PERSON_SEE)
def death_of(scope: Scope, person_id: UUID) -> DeathRow | None:
    """The death that stands for this person, None for somebody who is alive as far as we know."""
    return death_on(scope, linked_set(scope, person_id))


def death_on(scope: Scope, records: Collection[UUID]) -> DeathRow | None:
    rows = standing_deaths(scope, records)
    if not rows:
        return None
    row = rows[0]
    by = user_names([row.recorded_by_id]).get(row.recorded_by_id, "") if row.recorded_by_id else ""
    return DeathRow(
        row.pk, row.version, row.person_id, details_of_death(row), DeathSource(row.source).label, row.created_at, by
    )


def details_of_death(row: Death) -> DeathDetails:
    return DeathDetails(row.source, row.confirmed, row.year, row.month, row.day, row.told_by_name)


@query(SAFE_ANSWERS_USE)
def has_died(scope: Scope, person_id: UUID) -> bool:
    """Whether a death stands on any record of this person, confirmed or not."""
    rows = Death.objects.filter(organisation_id=scope.organisation_id, undone_at=None)
    return rows.filter(person_id__in=linked_set(scope, person_id)).exists()


@query(SAFE_ANSWERS_USE)
def who_died(scope: Scope, person_ids: Collection[UUID]) -> frozenset[UUID]:
    """Of a list of people, those who have died, in as many questions as for one."""
    sets = linked_sets(scope, person_ids)
    everyone = frozenset().union(*sets.values()) if sets else frozenset()
    rows = Death.objects.filter(organisation_id=scope.organisation_id, undone_at=None, person_id__in=everyone)
    died = set(rows.values_list("person_id", flat=True))
    return frozenset(each for each, records in sets.items() if records & died)


def check_alive(scope: Scope, person_id: UUID) -> None:
    """Raises InvalidMove for somebody who has died: nothing new begins for them."""
    if has_died(scope, person_id):
        raise InvalidMove(HAS_DIED)


@query(SAFE_ANSWERS_USE)
def death_told(scope: Scope, death_id: UUID) -> tuple[DeathDetails, UUID | None, tuple[UUID, ...]] | None:
    """For what follows a death: what we were told, who recorded it, and all records of the person. None once undone."""
    row = Death.objects.filter(organisation_id=scope.organisation_id, pk=death_id, undone_at=None).first()
    if row is None:
        return None
    return details_of_death(row), row.confirmed_by_id or row.recorded_by_id, linked_set(scope, row.person_id)


@query(SAFE_ANSWERS_USE)
def whose_death(scope: Scope, death_id: UUID) -> tuple[UUID, ...]:
    """All records of the person a death was recorded for, also once it was undone; none where it is not there."""
    rows = Death.objects.filter(organisation_id=scope.organisation_id, pk=death_id)
    person_id = rows.values_list("person_id", flat=True).first()
    return linked_set(scope, person_id) if person_id else ()


@query(PERSON_SEE)
def stopped_by_death(scope: Scope, person_id: UUID) -> tuple[StoppedRow, ...]:
    """What the deaths recorded for this person stopped, also those undone since, newest death first."""
    records = linked_set(scope, person_id)
    rows = StoppedByDeath.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
    return tuple(_stopped(rows.order_by("-death_id", "id")[:200]))


def _stopped(rows: Iterable[StoppedByDeath]) -> Iterable[StoppedRow]:
    for row in rows:
        kind = dying.kind_of(row.kind)
        url = reverse(kind.page, args=[row.object_id]) if kind.page else ""
        yield StoppedRow(row.pk, kind.words, kind.by_hand, url, row.restored_at is not None)


@query(PERSON_SEE)
def undone_death(scope: Scope, person_id: UUID) -> bool:
    """Whether a death was once recorded for this person by mistake and none stands now."""
    records = linked_set(scope, person_id)
    rows = Death.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
    return rows.exists() and not rows.filter(undone_at=None).exists()
