"""What waits for somebody goes to somebody else, a queue at a time."""

from uuid import UUID

from linkwell.accounts.leavers import mover_of, queue_mover
from linkwell.accounts.models import Team
from linkwell.accounts.permissions import MOVE_WORK
from linkwell.accounts.queries.staff import who_can_take_over
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel.errors import Invalid, NotFound

DUTIES = ("duty_user", "second_duty_user", "safeguarding_user")


@action(MOVE_WORK)
def move_queue(*, scope: Scope, user_id: UUID, queue: str, to_user_id: UUID) -> None:
    """Everything of one queue to one colleague, in one act. Raises NotFound for an unknown queue, or Invalid."""
    mover = mover_of(queue)
    if mover is None:
        raise NotFound
    if to_user_id not in {each for each, _ in who_can_take_over(scope, user_id)}:
        raise Invalid({"to": "Choose somebody who works in the same team."})
    mover(scope, user_id, to_user_id)
    audit.record(scope, "moved_queue", "user", user_id, fields=(queue.replace(" ", "_"),))


@queue_mover("duties for a team")
def move_duties(scope: Scope, user_id: UUID, to_user_id: UUID) -> None:
    """The teams that would have alerted somebody who left alert this colleague."""
    for duty in DUTIES:
        Team.objects.filter(organisation_id=scope.organisation_id, **{f"{duty}_id": user_id}).update(
            **{f"{duty}_id": to_user_id}
        )
    audit.record(scope, "changed", "team", None, fields=DUTIES)
