"""Being told of worrying answers, by somebody who leaves."""

from uuid import UUID

from linkwell.accounts.leavers import queue_check, queue_mover
from linkwell.core.scope import Scope
from linkwell.outcomes.actions.asking import tell_another
from linkwell.outcomes.queries.asking import is_told


@queue_check("being told of worrying answers")
def told_of_answers(scope: Scope, user_id: UUID) -> int:
    return is_told(scope, user_id)


@queue_mover("being told of worrying answers")
def tell_somebody_else(scope: Scope, user_id: UUID, to_user_id: UUID) -> None:
    tell_another(scope, user_id, to_user_id)
