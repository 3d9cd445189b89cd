"""How much of a caseload support takes: chosen at allocation and at each review."""

from uuid import UUID

from linkwell.casework.actions.parts import acting_user, change_case, lock_open_case
from linkwell.casework.details import ComplexityDetails
from linkwell.casework.load import WEIGHTS
from linkwell.casework.models import Case, Complexity, ComplexityReview, Factor
from linkwell.casework.permissions import WRITE_CASES
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel.errors import Invalid


@action(WRITE_CASES)
def review_complexity(*, scope: Scope, case_id: UUID, expected_version: int, complexity: ComplexityDetails) -> None:
    """Say anew how complex this support is, and why. What was said before stays. Raises Invalid, Conflict."""
    case = lock_open_case(scope, case_id, expected_version=expected_version)
    note_complexity(scope, case, complexity)
    change_case(scope=scope, case=case, event="weighed", fields=("weight",))


def note_complexity(scope: Scope, case: Case, complexity: ComplexityDetails) -> None:
    """The review row, and the weight on a locked case that the caller saves. Called inside an action."""
    if complexity.level not in Complexity.values:
        raise Invalid({"level": "Choose low, medium or high."})
    if not set(complexity.factors) <= set(Factor.values):
        raise Invalid({"factors": "Choose from the list."})
    row = ComplexityReview.objects.create(
        organisation_id=scope.organisation_id,
        case=case,
        person_id=case.person_id,
        level=complexity.level,
        factors=sorted(set(complexity.factors)),
        note=complexity.note.strip(),
        recorded_by_id=acting_user(scope),
    )
    case.weight = WEIGHTS[complexity.level]
    audit.record(
        scope, "added", "complexity_review", row.pk, person_id=case.person_id, fields=("level", "factors", "note")
    )
