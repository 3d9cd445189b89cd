"""What is compared when somebody opens a record: is it a neighbour's or a colleague's?"""

from collections.abc import Collection
from uuid import UUID

from linkwell.accounts.unusual import PersonFacts
from linkwell.core.scope import Scope
from linkwell.people.models import ContactKind, ContactPoint, Person


def facts_of_opened(scope: Scope, ids: Collection[UUID]) -> dict[UUID, PersonFacts]:
    """Name, postcode and e-mail addresses of these people, inside the caller's scoped transaction."""
    emails: dict[UUID, set[str]] = {}
    points = ContactPoint.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=ids, kind=ContactKind.EMAIL, ended_at=None
    )
    for person_id, value in points.values_list("person_id", "value"):
        emails.setdefault(person_id, set()).add(value.lower())
    found = Person.objects.filter(organisation_id=scope.organisation_id, pk__in=ids)
    return {
        row.pk: PersonFacts(f"{row.given_name} {row.family_name}", row.postcode, frozenset(emails.get(row.pk, set())))
        for row in found
    }
