from uuid import UUID

from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.messaging import replies, standing
from linkwell.onward import actions
from linkwell.onward.actions import dying, listing_team
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


@outbox.handles("message.bounced")
def stop_writing_to_group(scope: Scope, object_id: UUID) -> None:
    listing_team.stop_writing(scope=scope, message_id=object_id)


@outbox.handles("listing_change.taken")
@outbox.handles("listing_change.turned_down")
def tell_of_change(scope: Scope, object_id: UUID) -> None:
    """A group hears what became of a change of its listing that a keeper had to look at."""
    listing_team.tell_of_decided_change(scope=scope, change_id=object_id)


@outbox.handles("listing_claim.let_in")
@outbox.handles("listing_claim.turned_down")
def tell_of_claim(scope: Scope, object_id: UUID) -> None:
    """Whoever asked to keep a listing hears what a keeper decided."""
    listing_team.tell_of_decided_claim(scope=scope, claim_id=object_id)


@replies.answers_about("listing")
def read_words_of_group(scope: Scope, answered: replies.Answered) -> None:
    """ "Full", "two places": a group's answer to an e-mail about its listing."""
    listing_team.read_answer(scope=scope, answered=answered)
