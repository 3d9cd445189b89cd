"""The one gate. Every message, appointment, letter, page and voicemail note is decided here, and nowhere else.

Pure: facts in, a decision with its reason out. The rules are the tables below, so that a safety reviewer can read
them without reading the program. Sources: what the person said about safe contact (`people.safe`), whether they have
died (`people.queries.deaths`), who decides for a child (`people.queries.children`), what they agreed to (`standing`).
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
    # The last word to a group: nobody will come.
    TAKING_BACK = "taking_back"


class To(StrEnum):
    """Who it is for. The same words as `models.Audience`."""

    PERSON = "person"
    REFERRER = "referrer"
    GROUP = "group"
    GP = "gp"
    STAFF = "staff"
    PARENT = "parent"


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
    Act.TAKING_BACK: frozenset({Way.EMAIL}),
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

_PHONE_THE_PARENT = Decision(False, "They have not said themselves that this is safe. A colleague phones instead.")
_NEVER_TO_A_PARENT = Decision(False, "Nothing is left for a parent where a child may hear or read it. Phone instead.")

# To the parent or carer of a child: their own answers, kept apart from the child's and from any other parent's.
TO_A_PARENT: dict[tuple[Way, Said], Decision] = {
    (Way.PHONE, Said.YES): GO,
    (Way.PHONE, Said.NOT_CONFIRMED): GO,
    (Way.PHONE, Said.NOT_ASKED): GO,
    (Way.PHONE, Said.NO): Decision(False, "It is not safe to phone them."),
    (Way.VOICEMAIL, Said.YES): _NEVER_TO_A_PARENT,
    (Way.VOICEMAIL, Said.NOT_CONFIRMED): _NEVER_TO_A_PARENT,
    (Way.VOICEMAIL, Said.NOT_ASKED): _NEVER_TO_A_PARENT,
    (Way.VOICEMAIL, Said.NO): _NEVER_TO_A_PARENT,
    (Way.TEXT, Said.YES): GO,
    (Way.TEXT, Said.NOT_CONFIRMED): _PHONE_THE_PARENT,
    (Way.TEXT, Said.NOT_ASKED): _PHONE_THE_PARENT,
    (Way.TEXT, Said.NO): Decision(False, "It is not safe to text them."),
    (Way.EMAIL, Said.YES): GO,
    (Way.EMAIL, Said.NOT_CONFIRMED): _PHONE_THE_PARENT,
    (Way.EMAIL, Said.NOT_ASKED): _PHONE_THE_PARENT,
    (Way.EMAIL, Said.NO): Decision(False, "It is not safe to e-mail them."),
    (Way.LETTER, Said.YES): _NEVER_TO_A_PARENT,
    (Way.LETTER, Said.NOT_CONFIRMED): _NEVER_TO_A_PARENT,
    (Way.LETTER, Said.NOT_ASKED): _NEVER_TO_A_PARENT,
    (Way.LETTER, Said.NO): _NEVER_TO_A_PARENT,
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


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so at this moment, whatever was said about safe contact.

    `restricted`: where the person lives is kept secret. `read_by_another`: somebody around them has the same number.
    `died`: the person the message is about has died. `withdrawn`: the agreement it rests on was taken back.
    `decided_for_them`: a child, or somebody judged not able to decide how they are contacted.
    `do_not_contact`: this parent must not be contacted.
    """

    restricted: bool = False
    read_by_another: bool = False
    died: bool = False
    withdrawn: bool = False
    decided_for_them: bool = False
    do_not_contact: bool = False


NOTHING_KNOWN = Facts()
DIED = Decision(False, "They have died. Nothing more is sent.")
WITHDRAWN = Decision(False, "They no longer agree to this, so nothing more is sent about it.")


def decide(answers: SafeAnswers, *, to: To, way: Way, act: Act, facts: Facts = NOTHING_KNOWN) -> Decision:
    """May this go this way?"""
    if way not in WAYS_OF[act] or (act is Act.TAKING_BACK and to is not To.GROUP):
        return Decision(False, "That cannot be done this way.")
    if to is To.PERSON:
        return _to_the_person(answers, way, facts)
    if to is To.PARENT:
        return _to_a_parent(answers, way, facts)
    if way not in TO_OTHERS[to]:
        return Decision(False, "This goes by e-mail only.")
    return _to_others(to, act, facts)


def _to_the_person(answers: SafeAnswers, way: Way, facts: Facts) -> Decision:
    if facts.died:
        return DIED
    if facts.decided_for_them and way is not Way.PHONE:
        return Decision(False, "Others decide how they are contacted. Phone, or speak with whoever is responsible.")
    if way is Way.LETTER and facts.restricted:
        return Decision(False, "Their record is restricted, so no letter can be sent.")
    if facts.read_by_another and way is not Way.PHONE:
        return Decision(False, "Somebody close to them has the same number. Phone, and speak only to them.")
    if way is Way.VOICEMAIL and said(answers, Way.PHONE) is Said.NO:
        return TO_THE_PERSON[Way.PHONE, Said.NO]
    return TO_THE_PERSON[way, said(answers, way)]


def _to_a_parent(answers: SafeAnswers, way: Way, facts: Facts) -> Decision:
    if facts.died:
        return DIED
    if facts.do_not_contact:
        return Decision(False, "Do not contact them.")
    if facts.withdrawn:
        return WITHDRAWN
    if facts.read_by_another and way is not Way.PHONE:
        return Decision(False, "Somebody else has the same number. Phone, and speak only to them.")
    return TO_A_PARENT[way, said(answers, way)]


def _to_others(to: To, act: Act, facts: Facts) -> Decision:
    """After a death or a change of mind a group hears one thing more, that nobody will come, and a practice nothing."""
    if to is To.STAFF or act is Act.TAKING_BACK:
        return GO
    if facts.withdrawn:
        return WITHDRAWN
    return DIED if facts.died and to is To.GROUP else GO
