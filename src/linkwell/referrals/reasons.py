"""Why a referral could not be taken: the team's own words, and what the sender is told."""

from dataclasses import dataclass

from linkwell.kernel.errors import Invalid

_NOT_THIS_TIME = "We could not take this referral this time."


@dataclass(frozen=True, slots=True)
class DeclineReason:
    """`plain` is for the team. `told` never says whether somebody is, or was, supported here."""

    code: str
    plain: str
    told: str = _NOT_THIS_TIME


REASONS: tuple[DeclineReason, ...] = (
    DeclineReason("elsewhere", "Another service can help better", "Another service can help better."),
    DeclineReason("out_of_area", "They live outside the area we cover", "We do not cover the area they live in."),
    DeclineReason("not_agreed", "They do not want this", "They would need to agree first."),
    DeclineReason("changed_mind", "They changed their mind"),
    DeclineReason("already_here", "We already support them, or have this referral"),
    DeclineReason("no_room", "We have no room", "We have no room at the moment."),
    DeclineReason("not_enough", "We could not find out enough", "We did not have enough to go on."),
    DeclineReason("other", "Something else"),
)

BY_CODE = {reason.code: reason for reason in REASONS}


def decline_reason(code: str) -> DeclineReason:
    """Raises Invalid for a code that is not on the list."""
    if code not in BY_CODE:
        raise Invalid({"reason": "Choose a reason."})
    return BY_CODE[code]
