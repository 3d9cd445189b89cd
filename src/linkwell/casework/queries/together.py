"""Who may be seen together, and which conversations were one visit."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid5

from linkwell.casework.models import Case, JointVisit
from linkwell.casework.permissions import SEE_CASES
from linkwell.casework.rows import name_of
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.people import queries as people


@dataclass(frozen=True, slots=True)
class TogetherRow:
    """Somebody with support of their own, with whom both agreed to be named. `ready`: each was spoken to alone."""

    case_id: UUID
    name: str
    relationship: str
    ready: bool


@query(SEE_CASES)
def may_be_seen_with(scope: Scope, case_id: UUID) -> tuple[TogetherRow, ...]:
    """Who may be seen together with the person of this case."""
    case = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id).first()
    if case is None:
        return ()
    agreed = {row.other_id: row for row in people.household(scope, case.person_id) if row.both_agreed}
    rows = (
        Case.objects.filter(organisation_id=scope.organisation_id, person_id__in=agreed)
        .exclude(state__in=["closed", "waiting"])
        .select_related("person")
    )
    return tuple(
        TogetherRow(
            case_id=row.pk,
            name=name_of(row.person),
            relationship=agreed[row.person_id].relationship_words,
            ready=row.first_spoken_at is not None and case.first_spoken_at is not None,
        )
        for row in rows.order_by("-opened_at")
    )


def may_meet(scope: Scope, person_id: UUID, other_id: UUID) -> bool:
    """Whether both agreed that their pages may name each other. Called inside an action."""
    records = people.resolved_ids(scope, other_id)
    return any(row.both_agreed and row.other_id in records for row in people.household(scope, person_id))


def second_half(submission_key: UUID, case_id: UUID) -> UUID:
    """One form makes two conversations, each with a key of its own."""
    return uuid5(submission_key, str(case_id))


@query(SEE_CASES)
def is_joint_visit(scope: Scope, interaction_id: UUID) -> bool:
    """Whether this conversation was one half of a visit to two people. Who the other is, is not said."""
    rows = JointVisit.objects.filter(organisation_id=scope.organisation_id)
    return rows.filter(one_id=interaction_id).exists() or rows.filter(other_id=interaction_id).exists()


@query(SEE_CASES)
def joint_visits(scope: Scope, first: dt.date, last: dt.date) -> int:
    """How many visits between two UK days, both included, were to two people: each is two conversations, one visit."""
    start, end = clock.at(first, dt.time()), clock.at(last + dt.timedelta(days=1), dt.time())
    rows = JointVisit.objects.filter(
        organisation_id=scope.organisation_id, one__happened_at__gte=start, one__happened_at__lt=end
    )
    return rows.count()
