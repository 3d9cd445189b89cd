"""Whether somebody may agree to something about a person, with what is known of them at this moment."""

from uuid import UUID

from linkwell.core.scope import Scope
from linkwell.kernel.errors import Invalid
from linkwell.people.deciding import THE_PERSON, AgreedBy, Decision, may_agree
from linkwell.people.queries.agreeing import facts_for

OF_SUBJECT = {
    "support": Decision.SUPPORT,
    "tell_gp": Decision.SHARE,
    "tell_in_touch": Decision.SHARE,
    "tell_closed": Decision.SHARE,
    "research": Decision.SHARE,
    "refer_onward": Decision.ONWARD,
    "hand_over": Decision.SHARE,
    "hospital_tells": Decision.SHARE,
}


def check_may_agree(scope: Scope, person_id: UUID, decision: Decision, agreed_by: AgreedBy = THE_PERSON) -> None:
    """Raises Invalid, with plain words under "agreed_by", where this yes does not count. Called inside an action."""
    problem = may_agree(facts_for(scope, person_id, decision, agreed_by))
    if problem:
        raise Invalid({"agreed_by": problem})
