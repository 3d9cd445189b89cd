"""Why a referral could not be taken: the team's own words, what the sender and the person hear, and where to turn.

What is said about a person who is supported already is word for word what is said when they changed their mind, or
for another reason: so nobody learns from it who is known here.
"""

from dataclasses import dataclass

from linkwell.kernel.errors import Invalid

_NOT_THIS_TIME = "We could not take this referral this time."
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Words:
    """`advice` is read by whoever referred; `person` is what the person hears, from us or from them."""

    advice: str
    person: str


_ANY_TIME = Words(
    "They are welcome to ask us themselves at any time, and their GP practice knows what else there is nearby.",
    "This time we are not the right people to help. You can ask us again whenever you like, and your GP practice can "
    "tell you what else there is near you.",
)


@dataclass(frozen=True, slots=True)
class DeclineReason:
    """`plain` is for the team. `told` never says whether somebody is, or was, supported here.

    `words_of`: the reason whose words are used, where the reason itself must not show.
    """

    code: str
    plain: str
    told: str = _NOT_THIS_TIME
    usual: Words = _ANY_TIME
    words_of: str = ""


REASONS: tuple[DeclineReason, ...] = (
    DeclineReason(
        "out_of_area",
        "They live outside the area we cover",
        "We do not cover the area they live in.",
        Words(
            "The GP practice they are registered with can refer them to the team for their area.",
            "You live outside the area we cover. Your own GP practice can put you in touch with the team near you.",
        ),
    ),
    DeclineReason(
        "age",
        "They are younger or older than the people we support",
        "We do not support people of their age.",
        Words(
            "Their GP practice, or their school if they are young, knows who supports people of their age nearby.",
            "We help people of another age. Your GP practice can tell you who helps people of your age near you. If "
            "you are under 19 you can phone Childline on 0800 1111 at any time; it is free.",
        ),
    ),
    DeclineReason(
        "not_agreed",
        "They have not agreed to this",
        "They would need to agree first.",
        Words(
            "If they say yes later, refer them again, or they can ask us themselves.",
            "We only support people who want it. If you change your mind, you can ask us yourself at any time.",
        ),
    ),
    DeclineReason("already_here", "We already support them, or have this referral", words_of=OTHER),
    DeclineReason(
        "clinical",
        "They need a clinical service first",
        "They need help from a clinical service first.",
        Words(
            "Please see that their GP practice or community mental health team hears of this. Refer them again when "
            "that help is in place.",
            "What you told us needs somebody with medical training first. Please speak with your GP practice, or "
            "phone 111. We are glad to help afterwards.",
        ),
    ),
    DeclineReason(
        "crisis",
        "They need crisis help now",
        "They need help faster than we can give it.",
        Words(
            "If their life is in danger, phone 999. For urgent mental health help, phone 111 and choose option 2. "
            "Please make sure today that somebody has been in touch with them.",
            "You need help sooner than we can give it. If you may not be safe, phone 999. For urgent help with your "
            "mental health, phone 111 and choose option 2. Samaritans listen day and night on 116 123.",
        ),
    ),
    DeclineReason(
        "social_care",
        "They need adult social care",
        "They need help from adult social care.",
        Words(
            "Please ask the council for a care needs assessment for them, and a carer’s assessment for whoever looks "
            "after them.",
            "The council’s adult social care team can help with this. You can ask them for a care needs assessment: "
            "it is free, and everybody may ask.",
        ),
    ),
    DeclineReason(
        "not_enough",
        "We could not find out enough",
        "We did not have enough to go on.",
        Words(
            "Please refer them again with a way to reach them and what they would like help with.",
            "We did not have enough to go on. You can ask us yourself, or your GP practice can help you to.",
        ),
    ),
    DeclineReason(
        "no_room",
        "We have no room",
        "We have no room at the moment.",
        Words(
            "Please try again in a few weeks. Their GP practice and the council’s website list groups that need no "
            "referral.",
            "We have no room just now, and we are sorry. You can ask again in a few weeks. Many groups near you "
            "need nobody to refer you: your library or GP practice has a list.",
        ),
    ),
    DeclineReason(
        "elsewhere",
        "Another service can help better",
        "Another service can help better.",
        Words(
            "Please refer them to the service that can help them best.",
            "Another service can help you better than we can. Whoever referred you can put you in touch with it.",
        ),
    ),
    DeclineReason("changed_mind", "They changed their mind", words_of=OTHER),
    DeclineReason(OTHER, "Something else"),
)

BY_CODE = {reason.code: reason for reason in REASONS}
# The reasons a team may have words of its own for. The others borrow theirs.
WITH_WORDS = tuple(reason for reason in REASONS if not reason.words_of)


def decline_reason(code: str) -> DeclineReason:
    """Raises Invalid for a code that is not on the list."""
    if code not in BY_CODE:
        raise Invalid({"reason": "Choose a reason."})
    return BY_CODE[code]


def usual_words(code: str) -> Words:
    """What is said where a team has written nothing of its own."""
    reason = BY_CODE[code]
    return BY_CODE[reason.words_of].usual if reason.words_of else reason.usual
