"""What is kept about a child or young person: who is responsible, who decides, and who may be contacted."""

from datetime import date
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import words
from linkwell.people.deciding import Age, Decision
from linkwell.people.models import OwnDecision, Person
from linkwell.people.permissions import SAFE_ANSWERS_USE
from linkwell.people.queries.identity import linked_set

YOUNG_FROM = 16
ADULT_FROM = 18


def age_band(born: date | None) -> Age:
    """Somebody whose date of birth is not known counts as an adult: nobody decides for them without a reason."""
    if born is None:
        return Age.ADULT
    age = words.age(born)
    if age < YOUNG_FROM:
        return Age.CHILD
    return Age.YOUNG if age < ADULT_FROM else Age.ADULT


def age_band_of(scope: Scope, records: tuple[UUID, ...]) -> Age:
    """By the first record that has a date of birth."""
    born = dict(
        Person.objects.filter(organisation_id=scope.organisation_id, pk__in=records).values_list("pk", "date_of_birth")
    )
    return age_band(next((born[each] for each in records if born.get(each)), None))


def own_decision(scope: Scope, records: tuple[UUID, ...], decision: Decision) -> bool | None:
    """What was last judged about a young person deciding this; None when nobody did."""
    rows = OwnDecision.objects.filter(organisation_id=scope.organisation_id, person_id__in=records, decision=decision)
    return rows.order_by("-created_at", "-id").values_list("decides", flat=True).first()


@query(SAFE_ANSWERS_USE)
def contact_is_decided_for_them(scope: Scope, person_id: UUID) -> bool:
    """Whether this is somebody under 16 whom nobody has judged to decide for themselves how they are contacted."""
    records = linked_set(scope, person_id)
    if age_band_of(scope, records) is not Age.CHILD:
        return False
    return own_decision(scope, records, Decision.CONTACT) is not True
