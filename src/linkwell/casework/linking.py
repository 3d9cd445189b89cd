"""What linking two records means for support that is open."""

from uuid import UUID

from linkwell.accounts.queries import user_names
from linkwell.casework import queries
from linkwell.casework.rows import CaseRow
from linkwell.core.scope import Scope
from linkwell.people.linking import before_linking


@before_linking
def both_are_supported(scope: Scope, one: UUID, other: UUID) -> tuple[str, ...]:
    """Two workers may be supporting one person without knowing of each other: one of the two has to end."""
    first, second = queries.open_case_of(scope, one), queries.open_case_of(scope, other)
    if first is None or second is None or first.id == second.id:
        return ()
    names = user_names([each.worker_id for each in (first, second) if each.worker_id])
    return (
        f"Both are being supported now: the first by {_by(first, names)}, the second by {_by(second, names)}. "
        "Linking ends neither. Talk with each other first, then end one of the two.",
    )


def _by(case: CaseRow, names: dict[UUID, str]) -> str:
    return names.get(case.worker_id, "somebody who has left") if case.worker_id else "nobody yet (waiting list)"
