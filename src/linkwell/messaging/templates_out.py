"""Every message that can leave Linkwell, as data.

A message may be read by somebody it was not meant for: a shared phone, a recycled number, a printed e-mail. So none
says that, why or where somebody is supported. Each variable has a kind; only the kinds in `Kind` exist, and none of
them can hold a need, a service or a surname. A test reads every template here against those rules.
"""

from collections.abc import Mapping
from dataclasses import replace

from linkwell.kernel.tongue import Tongue
from linkwell.messaging.easy_words import EASY_WORDS
from linkwell.messaging.message_parts import SENDER, SUBJECT, Kind, MessageTemplate, Values, fits
from linkwell.messaging.welsh_words import WELSH_WORDS, in_welsh

__all__ = ["SENDER", "TEMPLATES", "Kind", "MessageTemplate", "Values", "as_they_read", "fits", "template"]

_END = "\n\nPlease do not reply to this message."
_LINK = {"link": Kind.LINK}
_STAFF_END = "\n\nOpen it here (you will be asked to sign in):\n$link" + _END


def _t(
    name: str, to: str, text: str, variables: Mapping[str, Kind], *, act: str = "message", subject: str = SUBJECT
) -> tuple[str, MessageTemplate]:
    return name, MessageTemplate(name, to, act, text, variables, subject)


TEMPLATES: dict[str, MessageTemplate] = dict(
    [
        # To the person
        _t(
            "person_received",
            "person",
            "Thank you for your message. Your reference is $reference. We will read it by $when."
            " To change your mind or to add something, phone $phone." + _END,
            {"reference": Kind.REFERENCE, "when": Kind.WHEN, "phone": Kind.PHONE},
        ),
        _t(
            "person_received_wait",
            "person",
            "Thank you for your message. Your reference is $reference. We will read it by $when. Most people wait up to"
            " $wait until we talk. To change your mind or to add something, phone $phone." + _END,
            {"reference": Kind.REFERENCE, "when": Kind.WHEN, "phone": Kind.PHONE, "wait": Kind.HOW_LONG},
        ),
        _t(
            "person_please_phone",
            "person",
            "Hello. $staff tried to phone you. When it is a good time for you, please phone $phone." + _END,
            {"staff": Kind.FIRST_NAME_OF_STAFF, "phone": Kind.PHONE},
        ),
        _t(
            "person_appointment",
            "person",
            "You are meeting $staff: $when. To change this, phone $phone." + _END,
            {"staff": Kind.FIRST_NAME_OF_STAFF, "when": Kind.WHEN, "phone": Kind.PHONE},
            act="appointment",
        ),
        _t(
            "person_appointment_reminder",
            "person",
            "A reminder: you are meeting $staff: $when. To change this, phone $phone." + _END,
            {"staff": Kind.FIRST_NAME_OF_STAFF, "when": Kind.WHEN, "phone": Kind.PHONE},
            act="appointment",
        ),
        _t(
            "person_appointment_moved",
            "person",
            "The time has changed. You are now meeting $staff: $when. To change this, phone $phone." + _END,
            {"staff": Kind.FIRST_NAME_OF_STAFF, "when": Kind.WHEN, "phone": Kind.PHONE},
            act="appointment",
        ),
        _t(
            "person_appointment_cancelled",
            "person",
            "The meeting on $when is cancelled. To find another time, phone $phone." + _END,
            {"when": Kind.WHEN, "phone": Kind.PHONE},
            act="appointment",
        ),
        _t(
            "person_other_staff",
            "person",
            "$staff will be the one to meet you: $when. To change this, phone $phone." + _END,
            {"staff": Kind.FIRST_NAME_OF_STAFF, "when": Kind.WHEN, "phone": Kind.PHONE},
            act="appointment",
        ),
        _t(
            "person_other_staff_until",
            "person",
            "Until $when, please ask for $staff when you phone $phone." + _END,
            {"staff": Kind.FIRST_NAME_OF_STAFF, "when": Kind.WHEN, "phone": Kind.PHONE},
        ),
        _t(
            "person_other_staff_from_now",
            "person",
            "From now on, please ask for $staff when you phone $phone." + _END,
            {"staff": Kind.FIRST_NAME_OF_STAFF, "phone": Kind.PHONE},
        ),
        _t(
            "person_last_word",
            "person",
            "Hello. $staff tried to reach you, and will not try again for now. Whenever it suits you, you can phone"
            " $phone." + _END,
            {"staff": Kind.FIRST_NAME_OF_STAFF, "phone": Kind.PHONE},
        ),
        _t(
            "person_link",
            "person",
            "There is something for you to read here:\n$link\n\nIf this was not meant for you, please ignore it.",
            _LINK,
            act="page",
        ),
        # To a parent or carer of a child: nothing says which child, or why
        _t(
            "parent_appointment",
            "parent",
            "There is a meeting with $staff: $when. To change this, phone $phone." + _END,
            {"staff": Kind.FIRST_NAME_OF_STAFF, "when": Kind.WHEN, "phone": Kind.PHONE},
            act="appointment",
        ),
        _t(
            "parent_appointment_reminder",
            "parent",
            "A reminder: there is a meeting with $staff: $when. To change this, phone $phone." + _END,
            {"staff": Kind.FIRST_NAME_OF_STAFF, "when": Kind.WHEN, "phone": Kind.PHONE},
            act="appointment",
        ),
        _t(
            "parent_appointment_moved",
            "parent",
            "The time has changed. The meeting with $staff is now: $when. To change this, phone $phone." + _END,
            {"staff": Kind.FIRST_NAME_OF_STAFF, "when": Kind.WHEN, "phone": Kind.PHONE},
            act="appointment",
        ),
        _t(
            "parent_appointment_cancelled",
            "parent",
            "The meeting on $when is cancelled. To find another time, phone $phone." + _END,
            {"when": Kind.WHEN, "phone": Kind.PHONE},
            act="appointment",
        ),
        # To whoever referred
        _t(
            "referrer_received",
            "referrer",
            "We have received $reference. We will read it by $when. To see where it has got to:\n$link" + _END,
            {"reference": Kind.REFERENCE, "when": Kind.WHEN, "link": Kind.LINK},
            subject="We have received it",
        ),
        _t(
            "referrer_received_by_phone",
            "referrer",
            "We have received $reference. We will read it by $when. If anything changes, phone $phone." + _END,
            {"reference": Kind.REFERENCE, "when": Kind.WHEN, "phone": Kind.PHONE},
            subject="We have received it",
        ),
        _t(
            "referrer_news",
            "referrer",
            "There is news about $reference. To read it:\n$link" + _END,
            {"reference": Kind.REFERENCE, "link": Kind.LINK},
            subject="There is news for you",
        ),
        _t(
            "referrer_question",
            "referrer",
            "We have a question about $reference. To read and answer it:\n$link" + _END,
            {"reference": Kind.REFERENCE, "link": Kind.LINK},
            subject="We have a question for you",
        ),
        _t(
            "referrer_message",
            "referrer",
            "There is a message for you about $reference. To read and answer it:\n$link" + _END,
            {"reference": Kind.REFERENCE, "link": Kind.LINK},
            subject="There is a message for you",
        ),
        # To a community group
        _t(
            "group_asked",
            "group",
            "Somebody would like to hear whether you have room. Please answer by $when. It takes two minutes and needs"
            " no password:\n$link\n\nPlease do not pass this link on. It is for you only.",
            {"when": Kind.WHEN, "link": Kind.LINK},
            subject="Please answer: do you have room?",
        ),
        _t(
            "group_reminder",
            "group",
            "We have not heard from you yet. Can you answer by $when?"
            " It takes two minutes and needs no password:\n$link",
            {"when": Kind.WHEN, "link": Kind.LINK},
            subject="A reminder: do you have room?",
        ),
        _t(
            "group_message",
            "group",
            "There is a message for you. To read and answer it:\n$link\n\nPlease do not pass this link on.",
            _LINK,
        ),
        _t(
            "group_code",
            "group",
            "Your code is $code. It works for $minutes minutes, once. If you did not ask for it, ignore this.",
            {"code": Kind.CODE, "minutes": Kind.NUMBER},
            subject="Your code",
        ),
        _t(
            "group_attendance",
            "group",
            "Could you tell us whether somebody came? It takes one minute and needs no password:\n$link",
            _LINK,
            subject="Did they come?",
        ),
        _t(
            "group_withdrawn",
            "group",
            "Something you were asked about is no longer needed. You do not have to do anything."
            " Thank you. The link we sent you has been closed.",
            {},
            act="taking_back",
            subject="No longer needed",
        ),
        _t(
            "group_not_coming",
            "group",
            "Somebody you were asked about will not be coming. You do not have to do anything."
            " Thank you. The link we sent you has been closed.",
            {},
            act="taking_back",
            subject="Somebody will not be coming",
        ),
        _t(
            "group_still_right",
            "group",
            "Is what we tell people about you still right? One tap, and no password:\n$link\n\nDo you have room?"
            " One tap here:\n$room\n\nOr just answer this e-mail with: full, two places, waiting list six weeks,"
            " or: talk to us first.",
            {"link": Kind.LINK, "room": Kind.LINK},
            subject="Are your details still right?",
        ),
        _t(
            "group_room",
            "group",
            "Do you have room? One tap, and no password:\n$room\n\nOr just answer this e-mail with: full, two places,"
            " waiting list six weeks, or: talk to us first.",
            {"room": Kind.LINK},
            subject="Do you have room?",
        ),
        _t(
            "group_claim",
            "group",
            "Somebody asked to look after what we tell people about you. If it was you, or if you would like to, open"
            " this link. It works once:\n$link\n\nIf not, you need not do anything. Please do not pass this link on.",
            _LINK,
            subject="Look after your listing",
        ),
        _t(
            "group_keep",
            "group",
            "Here you can look after what we tell people about you. We will send a code to this address when you change"
            " something:\n$link\n\nPlease do not pass this link on.",
            _LINK,
            subject="Your own page",
        ),
        _t(
            "group_change_taken",
            "group",
            "Thank you. We have looked at what you wanted to change, and it is done. Your page:\n$link",
            _LINK,
            subject="Your change is done",
        ),
        _t(
            "group_change_not_taken",
            "group",
            "Thank you. We have looked at what you wanted to change, and have a question. It is on your page:\n$link",
            _LINK,
            subject="About your change",
        ),
        _t(
            "group_claim_not_taken",
            "group",
            "Thank you for asking to look after a listing. We could not make sure of it, so nothing was changed. Please"
            " phone the team if you think that this is wrong.",
            {},
            subject="About your question",
        ),
        _t(
            "group_not_understood",
            "group",
            "Thank you for your answer. A person will read it and may phone you. You can also say it with one"
            " tap:\n$room",
            {"room": Kind.LINK},
            subject="Thank you for your answer",
        ),
        # To a GP practice
        _t(
            "gp_summary",
            "gp",
            "There is a summary for your practice. To read it (you will be asked to sign in):\n$link" + _END,
            _LINK,
            subject="There is a summary for your practice",
        ),
        # To colleagues
        _t(
            "staff_danger",
            "staff",
            "Something needs you now. Please open it within $hours working hours, or somebody else will be told too."
            + _STAFF_END,
            {"hours": Kind.NUMBER, "link": Kind.LINK},
            subject="Needs you now",
        ),
        _t(
            "staff_danger_second",
            "staff",
            "Something urgent has not been opened yet, so we tell you now." + _STAFF_END,
            _LINK,
            subject="Needs you now: nobody has opened it",
        ),
        _t(
            "staff_safeguarding",
            "staff",
            "There is something new in your queue." + _STAFF_END,
            _LINK,
            subject="New in your queue",
        ),
        _t(
            "staff_safeguarding_now",
            "staff",
            "There is something new in your queue. It may not be able to wait." + _STAFF_END,
            _LINK,
            subject="Needs you now",
        ),
        _t(
            "staff_news",
            "staff",
            "There is an answer for you." + _STAFF_END,
            _LINK,
            subject="There is an answer for you",
        ),
        _t(
            "staff_visit_late",
            "staff",
            "A colleague has not said that they are out of a visit. Please open it now and ring them." + _STAFF_END,
            _LINK,
            subject="Needs you now: ring a colleague",
        ),
        _t(
            "staff_morning",
            "staff",
            "Good morning. Today you have: meetings, $appointments; calls to make, $calls; things in your list, $tasks."
            + _STAFF_END,
            {"appointments": Kind.NUMBER, "calls": Kind.NUMBER, "tasks": Kind.NUMBER, "link": Kind.LINK},
            subject="Your day in numbers",
        ),
        _t(
            "staff_task",
            "staff",
            "Something in your list is due." + _STAFF_END,
            _LINK,
            subject="Something is due",
        ),
    ]
)


TEMPLATES |= {
    f"{name}_easy": replace(TEMPLATES[name], name=f"{name}_easy", text=words + "\n\nPlease do not answer this message.")
    for name, words in EASY_WORDS.items()
}


TEMPLATES |= {f"{name}_cy": in_welsh(TEMPLATES[name], text) for name, text in WELSH_WORDS.items()}


def as_they_read(name: str, *, easy: bool, language: Tongue) -> str:
    """The same message in easy read or in Welsh, where there is one."""
    if easy and name in EASY_WORDS:
        name = f"{name}_easy"
    return f"{name}_cy" if language is Tongue.WELSH and name in WELSH_WORDS else name


def template(name: str) -> MessageTemplate:
    """Raises LookupError for a name that does not exist: a fault of ours, never a user's."""
    if name not in TEMPLATES:
        raise LookupError(f"There is no message called {name!r}. See linkwell/messaging/templates_out.py.")
    return TEMPLATES[name]
