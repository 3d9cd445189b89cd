"""Who belongs together, as far as both agreed to it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.people import names
from linkwell.people.models import HouseholdLink, Person, Relationship
from linkwell.people.permissions import PERSON_SEE
from linkwell.people.queries.identity import kept_apart_ids, linked_set


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """One link, seen from one of the two. `other_id` and `other_name` are empty until both have agreed.

    `agreed` is what this person said: None while nobody has asked them alone.
    """

    id: UUID
    relationship: str
    relationship_words: str
    agreed: bool | None
    both_agreed: bool
    other_id: UUID | None
    other_name: str


@query(PERSON_SEE)
def household(scope: Scope, person_id: UUID) -> tuple[HouseholdRow, ...]:
    """Everybody this person belongs together with, the newest first."""
    records = set(linked_set(scope, person_id))
    rows = (
        HouseholdLink.objects.select_related("one", "other")
        .filter(organisation_id=scope.organisation_id, ended_at=None)
        .filter(Q(one_id__in=records) | Q(other_id__in=records))
        .order_by("-id")
    )
    apart = kept_apart_ids(scope)
    return tuple(_row(row, apart, own_first=row.one_id in records) for row in rows)


@query(PERSON_SEE)
def pair_of(scope: Scope, link_id: UUID) -> tuple[UUID, UUID]:
    """The two people of a link that stands, whatever they said. For work that concerns each of them alone."""
    row = HouseholdLink.objects.filter(organisation_id=scope.organisation_id, pk=link_id, ended_at=None).first()
    if row is None:
        raise NotFound
    return row.one_id, row.other_id


def _row(row: HouseholdLink, apart: frozenset[UUID], *, own_first: bool) -> HouseholdRow:
    other: Person = row.other if own_first else row.one
    agreed = row.one_agreed if own_first else row.other_agreed
    # Where somebody is kept apart, no page of anybody else says that they are there.
    both = bool(row.one_agreed and row.other_agreed) and apart.isdisjoint((row.one_id, row.other_id))
    return HouseholdRow(
        id=row.pk,
        relationship=row.relationship,
        relationship_words=_relationship_words(row, other),
        agreed=agreed,
        both_agreed=both,
        other_id=other.pk if both else None,
        other_name=names.like_it(other.preferred_name, other.given_name, other.family_name) if both else "",
    )


def _relationship_words(row: HouseholdLink, other: Person) -> str:
    if row.carer_id is None:
        return str(Relationship(row.relationship).label)
    return "Their carer" if row.carer_id == other.pk else "Somebody they care for"
