"""How support can end: what each reason asks for, and kind words for the person. Tables, no database."""

from dataclasses import dataclass

from linkwell.casework.models import ClosingReason

# Counted nowhere: there was no support.
NOT_COUNTED = frozenset({ClosingReason.OPENED_IN_ERROR.value})
# Ends because nobody was reached: only after enough tries.
AFTER_TRIES = frozenset({ClosingReason.NOT_REACHED.value, ClosingReason.LOST_TOUCH.value})
# Only a lead ends support for these.
LEAD_ONLY = frozenset({ClosingReason.UNSAFE.value})


@dataclass(frozen=True, slots=True)
class Ending:
    """`hint` when choosing; `question` (if any) must be answered; `to_the_person` are words somebody might say."""

    hint: str
    to_the_person: str
    question: str = ""
    missing: str = ""


ENDINGS: dict[str, Ending] = {
    ClosingReason.GOALS_MET: Ending(
        "What they wanted to change has changed.",
        "You have done what you set out to do. If something changes, you can come back to us.",
    ),
    ClosingReason.PARTLY_MET: Ending(
        "Some of it has changed, and that is where it rests.",
        "You have come a good way. If you would like to go on later, you can come back to us.",
    ),
    ClosingReason.NO_LONGER_WANTS: Ending(
        "They said so themselves.",
        "That is your choice, and it is fine. You can come back to us whenever you like.",
        "What did they say?",
        "Write what they said",
    ),
    ClosingReason.NOT_REACHED: Ending(
        "Nobody has spoken with them, after trying on different days, at different times and in different safe ways.",
        "We have tried to reach you and did not manage. Whenever it suits you, you can phone us.",
    ),
    ClosingReason.LOST_TOUCH: Ending(
        "You have spoken before, and now they cannot be reached.",
        "We have not managed to reach you for a while. Whenever it suits you, you can phone us.",
    ),
    ClosingReason.MOVED_AWAY: Ending(
        "They live somewhere else now. You can offer to hand over to a team there.",
        "If you would like it, we can ask a team near your new home to get in touch.",
        "Where have they moved to? A town or area is enough.",
        "Say where they have moved to",
    ),
    ClosingReason.CARE_HOME: Ending(
        "Their new home supports them from now on, or a team near it.",
        "We hope you settle well. If you would like it, we can tell your new home what you enjoy.",
        "Which home, and what have you told them, if the person agreed?",
        "Say which home, and what was told to it",
    ),
    ClosingReason.TRANSFERRED: Ending(
        "Another team has accepted to support them.",
        "From now on another team supports you. You agreed to what we told them.",
        "Which team, and who there said yes?",
        "Say which team, and who there said yes",
    ),
    ClosingReason.DIED: Ending(
        "Record the death first, on the person’s page: it stops every message and appointment.",
        "",
    ),
    ClosingReason.OTHER_SERVICE: Ending(
        "Others can help better just now, and you have helped them get there.",
        "Others can help you better with this. When that is settled, you can come back to us.",
        "What was done to get them there?",
        "Say what was done to get them there",
    ),
    ClosingReason.UNSAFE: Ending(
        "Safe for them or for you. A lead decides.",
        "We cannot go on in this way. Here is who you can phone instead.",
        "What makes it unsafe, and what has been tried?",
        "Say what makes it unsafe",
    ),
    ClosingReason.OPENED_IN_ERROR: Ending(
        "It should never have begun. It counts in no report.",
        "We opened a record for you by mistake. We are sorry.",
        "What went wrong?",
        "Say what went wrong",
    ),
}
