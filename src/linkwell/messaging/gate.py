"""The one gate. Every message, appointment, letter, page and voicemail note is decided here, and nowhere else.

Pure: facts in, a decision with its reason out. The rules are the tables below, so that a safety reviewer can read
them without reading the program. Sources: what the person said about safe contact (`people.safe`).
"""

from dataclasses import dataclass
from enum import StrEnum

from linkwell.people.details import SafeAnswers


class Way(StrEnum):
    """How something reaches somebody."""

    PHONE = "phone"
    VOICEMAIL = "voicemail"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"


class Act(StrEnum):
    """What is being done."""

    CALL = "call"
    VOICEMAIL_NOTE = "voicemail_note"
    MESSAGE = "message"
    APPOINTMENT = "appointment"
    LETTER = "letter"
    PAGE = "page"


class To(StrEnum):
    """Who it is for. The same words as `models.Audience`."""

    PERSON = "person"
    REFERRER = "referrer"
    GROUP = "group"
    GP = "gp"
    STAFF = "staff"


class Said(StrEnum):
    """What the person said about a way: yes or no, or a yes nobody has confirmed with them alone, or nothing."""

    YES = "yes"
    NOT_CONFIRMED = "not_confirmed"
    NOT_ASKED = "not_asked"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether it may go. `reason` is a plain sentence for whoever has to do something else instead."""

    allowed: bool
    reason: str = ""


GO = Decision(True)

# Which ways each act can go at all.
WAYS_OF: dict[Act, frozenset[Way]] = {
    Act.CALL: frozenset({Way.PHONE}),
    Act.VOICEMAIL_NOTE: frozenset({Way.VOICEMAIL}),
    Act.MESSAGE: frozenset({Way.TEXT, Way.EMAIL, Way.LETTER}),
    Act.APPOINTMENT: frozenset({Way.PHONE, Way.TEXT, Way.EMAIL, Way.LETTER}),
    Act.LETTER: frozenset({Way.LETTER}),
    Act.PAGE: frozenset({Way.TEXT, Way.EMAIL}),
}

# To the person: way x what they said. Unknown means phone only.
TO_THE_PERSON: dict[tuple[Way, Said], Decision] = {
    (Way.PHONE, Said.YES): GO,
    (Way.PHONE, Said.NOT_CONFIRMED): GO,
    (Way.PHONE, Said.NOT_ASKED): GO,
    (Way.PHONE, Said.NO): Decision(False, "It is not safe to phone them."),
    (Way.VOICEMAIL, Said.YES): GO,
    (Way.VOICEMAIL, Said.NOT_CONFIRMED): Decision(False, "They have not said that voicemail is safe. Leave none."),
    (Way.VOICEMAIL, Said.NOT_ASKED): Decision(False, "They have not said that voicemail is safe. Leave none."),
    (Way.VOICEMAIL, Said.NO): Decision(False, "It is not safe to leave a voicemail."),
    (Way.TEXT, Said.YES): GO,
    (Way.TEXT, Said.NOT_CONFIRMED): Decision(False, "They have not said that texts are safe. Phone instead."),
    (Way.TEXT, Said.NOT_ASKED): Decision(False, "They have not said that texts are safe. Phone instead."),
    (Way.TEXT, Said.NO): Decision(False, "It is not safe to text them."),
    (Way.EMAIL, Said.YES): GO,
    (Way.EMAIL, Said.NOT_CONFIRMED): Decision(False, "They have not said that e-mail is safe. Phone instead."),
    (Way.EMAIL, Said.NOT_ASKED): Decision(False, "They have not said that e-mail is safe. Phone instead."),
    (Way.EMAIL, Said.NO): Decision(False, "It is not safe to e-mail them."),
    (Way.LETTER, Said.YES): GO,
    (Way.LETTER, Said.NOT_CONFIRMED): Decision(False, "They have not said that letters are safe. Phone instead."),
    (Way.LETTER, Said.NOT_ASKED): Decision(False, "They have not said that letters are safe. Phone instead."),
    (Way.LETTER, Said.NO): Decision(False, "It is not safe to send them letters."),
}

# To everyone else: only in writing, and never by text, which anybody holding the phone can read.
TO_OTHERS: dict[To, frozenset[Way]] = {
    To.REFERRER: frozenset({Way.EMAIL}),
    To.GROUP: frozenset({Way.EMAIL}),
    To.GP: frozenset({Way.EMAIL, Way.LETTER}),
    To.STAFF: frozenset({Way.EMAIL}),
}


def said(answers: SafeAnswers, way: Way) -> Said:
    """What the person said about one way. A no from anybody is a no; a yes counts only from them, asked alone."""
    answer = answers.answer(way.value)
    if answer is False:
        return Said.NO
    if answer is None:
        return Said.NOT_ASKED
    return Said.YES if way.value in answers.confirmed else Said.NOT_CONFIRMED


def decide(
    answers: SafeAnswers, *, to: To, way: Way, act: Act, restricted: bool = False, read_by_another: bool = False
) -> Decision:
    """May this go this way? `restricted`: where the person lives is kept secret. `read_by_another`: somebody around
    the person has the same number."""
    if way not in WAYS_OF[act]:
        return Decision(False, "That cannot be done this way.")
    if to is not To.PERSON:
        return GO if way in TO_OTHERS[to] else Decision(False, "This goes by e-mail only.")
    if way is Way.LETTER and restricted:
        return Decision(False, "Their record is restricted, so no letter can be sent.")
    if read_by_another and way is not Way.PHONE:
        return Decision(False, "Somebody close to them has the same number. Phone, and speak only to them.")
    if way is Way.VOICEMAIL and said(answers, Way.PHONE) is Said.NO:
        return TO_THE_PERSON[Way.PHONE, Said.NO]
    return TO_THE_PERSON[way, said(answers, way)]
