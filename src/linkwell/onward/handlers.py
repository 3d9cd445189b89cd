from uuid import UUID

from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.onward import actions


@outbox.handles("agreement.withdrawn")
def stop_when_withdrawn(scope: Scope, object_id: UUID) -> None:
    actions.stop_for_withdrawn_agreement(scope=scope, agreement_id=object_id)


@outbox.handles("agreement.objected")
def stop_when_objected(scope: Scope, object_id: UUID) -> None:
    actions.stop_for_withdrawn_agreement(scope=scope, agreement_id=object_id)


@outbox.handles("case.closed")
def stop_when_support_ended(scope: Scope, object_id: UUID) -> None:
    actions.stop_for_ended_support(scope=scope, case_id=object_id)


@outbox.handles("case.reallocated")
@outbox.handles("case.allocated")
def follow_the_case(scope: Scope, object_id: UUID) -> None:
    """Whoever supports somebody now hears the answers of the groups they were referred to."""
    actions.follow_case(scope=scope, case_id=object_id)


@outbox.handles("message.bounced")
def find_another_way(scope: Scope, object_id: UUID) -> None:
    actions.find_another_way(scope=scope, message_id=object_id)
