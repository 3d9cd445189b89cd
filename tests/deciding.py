"""Somebody whose decisions about money were looked into, who has an attorney, and around whom an adult is recorded."""

from uuid import UUID

from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.people import actions as people
from linkwell.people.capacity import ActsForDetails, BestInterestsDetails, CapacityDetails
from linkwell.people.children import AdultDetails, OwnDecisionDetails


def record_who_decides(scope: Scope, person_id: UUID, words: str) -> None:
    """Everything the pages of deciding can show, with these words wherever words are kept."""
    today = clock.today()
    judged = CapacityDetails(
        decision="money",
        in_words="What to do about the gas bill",
        assessed_on=today,
        assessed_by_name="Sam Okafor",
        understands=True,
        remembers=False,
        weighs=True,
        tells=True,
        help_given=words,
        reasons=words,
    )
    people.record_capacity(scope=scope, person_id=person_id, details=judged)
    best = BestInterestsDetails("money", True, today, "Sam Okafor", words, words, words)
    people.record_best_interests(scope=scope, person_id=person_id, details=best)
    acts = ActsForDetails("attorney_property", "Jo Made-Up", document_seen_on=today)
    people.add_acts_for(scope=scope, person_id=person_id, details=acts)
    people.add_responsible_adult(scope=scope, person_id=person_id, details=AdultDetails("Jo Made-Up", "aunt"))
    own = OwnDecisionDetails("contact", True, "Sam Okafor", today, words)
    people.record_own_decision(scope=scope, person_id=person_id, details=own)
