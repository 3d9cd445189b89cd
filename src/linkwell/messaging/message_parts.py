"""What one message is made of: its words, and what each of its parts may hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from string import Template

from django.conf import settings

from linkwell.kernel import ids, phone, tongue, words
from linkwell.kernel.errors import Invalid
from linkwell.kernel.tongue import Tongue

# A moment, a day or a time that something takes is put into words in the language of the message.
Value = str | date | timedelta
Values = Mapping[str, Value]

SENDER = "Local support"
SUBJECT = "You have a message"


class Kind(StrEnum):
    """What a variable can hold. There is no kind for names of people, needs, services or reasons: on purpose."""

    LINK = "link"
    WHEN = "when"
    PHONE = "phone"
    CODE = "code"
    REFERENCE = "reference"
    NUMBER = "number"
    HOW_LONG = "time that something takes"
    FIRST_NAME_OF_STAFF = "first name of staff"


_SHAPES = {
    Kind.WHEN: re.compile(r"(on |at |by )?[A-Za-z0-9 ,:]{2,60}"),
    Kind.CODE: re.compile(r"[0-9A-Z]{4,10}"),
    Kind.HOW_LONG: re.compile(r"[0-9,]{1,5} [A-Za-z]{3,9}"),
    Kind.NUMBER: re.compile(r"[0-9]{1,4}"),
    Kind.FIRST_NAME_OF_STAFF: re.compile(r"[^\W\d_][^\d_\s]{0,29}"),
}


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """One message: who it may go to, what it is, its words, and the kind of each variable."""

    name: str
    to: str
    act: str
    text: str
    variables: Mapping[str, Kind]
    subject: str = SUBJECT
    language: Tongue = Tongue.ENGLISH

    def written(self, given: Values) -> str:
        """The words with the values in. Raises Invalid for a value that is missing, unknown or of the wrong kind."""
        with tongue.speaking(self.language):
            values = {name: _in_words(value) for name, value in given.items()}
        wrong = {name: "This message has no such part." for name in values if name not in self.variables}
        for name, kind in self.variables.items():
            if not fits(kind, values.get(name, "")):
                wrong[name] = f"This has to be a {kind.value}."
        if wrong:
            raise Invalid(wrong)
        return Template(self.text).substitute(values)


def _in_words(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, timedelta):
        return words.at_most(value.days)
    return words.written_datetime(value) if isinstance(value, datetime) else words.written_date(value)


def fits(kind: Kind, value: str) -> bool:
    """Whether a value is what its kind says, so that nothing else can slip into a message."""
    match kind:
        case Kind.LINK:
            return value.startswith(f"{settings.ADDRESS}/") and not re.search(r"[\s<>\"]", value)
        case Kind.PHONE:
            return phone.problem(value) is None
        case Kind.REFERENCE:
            return ids.reference_from(value) is not None
        case _:
            return _SHAPES[kind].fullmatch(value) is not None
