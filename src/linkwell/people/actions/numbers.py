"""Which numbers and addresses are the person's own: what they say of each, asked alone, and what comes back."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.people.models import ContactPoint
from linkwell.people.permissions import CONTACT_DOUBT
from linkwell.people.queries.identity import linked_set

THEIRS, SHARED, ENDED = "theirs", "shared", "ended"


def apply_what_was_said(scope: Scope, person_id: UUID, said: Mapping[UUID, str], *, by_the_person: bool) -> None:
    """Keep what was said of each number: theirs and only theirs, shared with somebody, or not theirs any more.

    Only the person, asked alone, confirms a number; anybody may put one in doubt. Raises Invalid.
    """
    if set(said.values()) - {THEIRS, SHARED, ENDED}:
        raise Invalid({"": "Choose one of the answers on the page."})
    for point_id, answer in said.items():
        points = _same_numbers(scope, person_id, point_id)
        if answer == THEIRS and by_the_person:
            points.filter(confirmed_at=None).update(confirmed_at=clock.now())
        elif answer == SHARED:
            points.update(confirmed_at=None)
        elif answer == ENDED:
            points.update(ended_at=clock.now())
        fields = ("ended_at",) if answer == ENDED else ("confirmed_at",)
        audit.record(scope, "said_" + answer, "contact_point", point_id, person_id=person_id, fields=fields)


@action(CONTACT_DOUBT)
def doubt_contact(*, scope: Scope, person_id: UUID, value: str) -> None:
    """Something sent to this number or address came back for good: it is theirs no longer until they say so again."""
    points = ContactPoint.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=linked_set(scope, person_id), value=value, ended_at=None
    )
    points.update(confirmed_at=None)
    audit.record(scope, "doubted", "contact_point", None, person_id=person_id, fields=("confirmed_at",))


def _same_numbers(scope: Scope, person_id: UUID, point_id: UUID) -> QuerySet[ContactPoint]:
    """This number on every record of the person that holds it."""
    standing = ContactPoint.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=linked_set(scope, person_id), ended_at=None
    )
    found = standing.filter(pk=point_id).first()
    return standing.filter(kind=found.kind, value=found.value) if found else standing.none()
