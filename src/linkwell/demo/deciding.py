"""A made-up person who cannot decide one thing for now, and somebody with the authority to."""

from uuid import UUID

from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.people import actions as people
from linkwell.people.capacity import ActsForDetails, CapacityDetails


def record_made_up_capacity(scope: Scope, person_id: UUID) -> None:
    judged = CapacityDetails(
        decision="money",
        in_words="How to pay off the gas bill",
        assessed_on=clock.today(),
        assessed_by_name=scope.actor_name or "Their link worker",
        understands=True,
        remembers=False,
        weighs=True,
        tells=True,
        help_given="We met in the morning, with the letters on the table and large print.",
        reasons="Asked again after ten minutes, they did not know that there was a bill.",
    )
    people.record_capacity(scope=scope, person_id=person_id, details=judged)
    acts = ActsForDetails("attorney_property", "Their daughter", document_seen_on=clock.today())
    people.add_acts_for(scope=scope, person_id=person_id, details=acts)
