"""People who belong together: linked, asked alone, and parted again."""

from uuid import UUID

from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.people.actions.access import refuse_relative_interpreting
from linkwell.people.actions.common import leave_trail, locked_person
from linkwell.people.models import HouseholdLink, RelatedContact, Relationship
from linkwell.people.permissions import PERSON_CHANGE
from linkwell.people.queries.identity import linked_set


@action(PERSON_CHANGE)
def link_household(
    *, scope: Scope, one_id: UUID, other_id: UUID, relationship: str, carer_id: UUID | None = None
) -> UUID:
    """Note that two people held here belong together; the same pair twice is one link. Raises Invalid and NotFound.

    Nothing is shared by this, and neither page names the other until both, each asked alone, have agreed.
    `carer_id` says which of the two cares for the other. Emits "household.linked".
    """
    if relationship not in Relationship.values:
        raise Invalid({"relationship": "Choose how they belong together."})
    if other_id in linked_set(scope, one_id):
        raise Invalid({"other": "These are two records of the same person."})
    if carer_id not in (None, one_id, other_id):
        raise Invalid({"carer": "Say which of the two cares for the other."})
    first, second = sorted((one_id, other_id))
    for each in (first, second):
        locked_person(scope, each)
    standing = HouseholdLink.objects.filter(one_id=first, other_id=second, ended_at=None).first()
    if standing is not None:
        audit.record(scope, "asked again", "household", standing.pk)
        return standing.pk
    row = HouseholdLink.objects.create(
        organisation_id=scope.organisation_id,
        one_id=first,
        other_id=second,
        carer_id=carer_id,
        relationship=relationship,
        made_by_id=scope.user_id,
    )
    for each in (first, second):
        audit.record(scope, "linked", "household", row.pk, person_id=each)
    outbox.emit(scope, "household.linked", object_id=row.pk)
    return row.pk


@action(PERSON_CHANGE)
def answer_household(
    *, scope: Scope, person_id: UUID, link_id: UUID, agreed: bool, asked_alone: bool, interpreted_by: str = ""
) -> None:
    """What one of the two said, asked alone: whether each page may name the other. Raises Invalid unless alone.

    A yes through a relative (`interpreted_by` is an `InterpretedBy`) is not taken: it may be the other of the two.
    """
    if not asked_alone:
        raise Invalid({"asked_alone": "Ask when they are alone and nobody else can hear. Until then, leave this."})
    locked_person(scope, person_id)
    if agreed:
        refuse_relative_interpreting(scope, person_id, interpreted_by)
    row = _standing(scope, person_id, link_id)
    side = "one" if row.one_id in linked_set(scope, person_id) else "other"
    setattr(row, f"{side}_agreed", agreed)
    setattr(row, f"{side}_asked_at", clock.now())
    row.save(update_fields=[f"{side}_agreed", f"{side}_asked_at"])
    said = "may be named together" if agreed else "may not be named together"
    leave_trail(
        scope, "answered", "household", row.pk, person_id, (f"{side}_agreed",), f"Asked alone about others: {said}"
    )


@action(PERSON_CHANGE)
def end_household(*, scope: Scope, person_id: UUID, link_id: UUID) -> None:
    """They no longer belong together, or one of them does not want it noted. What happened before stays."""
    locked_person(scope, person_id)
    row = _standing(scope, person_id, link_id)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    for each in (row.one_id, row.other_id):
        audit.record(scope, "ended", "household", row.pk, person_id=each, fields=("ended_at",))


@action(PERSON_CHANGE)
def point_to_own_record(*, scope: Scope, person_id: UUID, related_id: UUID, own_record_id: UUID) -> UUID:
    """Say that somebody around a person has a record of their own, and link the two. The link's id.

    The record of one opens nothing of the other. Raises NotFound and Invalid.
    """
    locked_person(scope, person_id)
    row = (
        RelatedContact.objects.select_for_update()
        .filter(
            organisation_id=scope.organisation_id,
            person_id__in=linked_set(scope, person_id),
            pk=related_id,
            ended_at=None,
        )
        .first()
    )
    if row is None:
        raise NotFound("We could not find them.")
    relationship = Relationship.CARER if row.is_carer else Relationship.FAMILY
    link = link_household(
        scope=scope,
        one_id=row.person_id,
        other_id=own_record_id,
        relationship=relationship,
        carer_id=own_record_id if row.is_carer else None,
    )
    row.own_record_id = own_record_id
    row.save(update_fields=["own_record"])
    audit.record(scope, "changed", "related_contact", row.pk, person_id=person_id, fields=("own_record",))
    return link


def _standing(scope: Scope, person_id: UUID, link_id: UUID) -> HouseholdLink:
    records = linked_set(scope, person_id)
    row = (
        HouseholdLink.objects.select_for_update()
        .filter(organisation_id=scope.organisation_id, pk=link_id, ended_at=None)
        .first()
    )
    if row is None or not {row.one_id, row.other_id} & set(records):
        raise NotFound("We could not find that.")
    return row
