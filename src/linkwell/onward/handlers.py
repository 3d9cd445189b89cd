from uuid import UUID

from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.messaging import standing
from linkwell.onward import actions
from linkwell.onward.actions import dying
from linkwell.onward.queries.behind import behind
from linkwell.people.queries import agreement_stands


@outbox.handles("agreement.withdrawn")
@outbox.handles("agreement.objected")
def stop_who_changed_their_mind(scope: Scope, object_id: UUID) -> None:
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


@outbox.handles("person.died")
def stop_when_somebody_died(scope: Scope, object_id: UUID) -> None:
    dying.stop_for_death(scope=scope, death_id=object_id)


@standing.behind("onward_referral")
def whether_they_still_agree(scope: Scope, about_id: UUID, template: str) -> standing.Standing:
    """Looked at again when a message to a group goes: what they agreed to may have been taken back since."""
    found = behind(scope, about_id)
    if found is None:
        return standing.Standing()
    person_id, agreement_id = found
    return standing.Standing(person_id, withdrawn=not agreement_stands(scope, agreement_id))
