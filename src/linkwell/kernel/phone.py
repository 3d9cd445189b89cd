"""Telephone numbers, as people in the UK write and read them."""

from __future__ import annotations

from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from linkwell.kernel.errors import Invalid
from linkwell.kernel.tongue import say

_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
_NO_HOME = {PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST}
_LONGEST = 40
_DRAMA_MOBILE = "+447700900"


@dataclass(frozen=True, slots=True)
class Phone:
    """A possible telephone number. `e164` is for machines, `display` for people."""

    e164: str
    display: str
    is_mobile: bool

    def __str__(self) -> str:
        return self.display


def parse(text: str) -> Phone:
    """The telephone number in `text`, a UK one unless it begins with +. Raises Invalid."""
    trouble = problem(text)
    if trouble is not None:
        raise Invalid({"phone": trouble})
    number = phonenumbers.parse(text, "GB")
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return Phone(
        e164=e164,
        display=_display(number),
        is_mobile=phonenumbers.number_type(number) in _MOBILE or e164.startswith(_DRAMA_MOBILE),
    )


def written(text: str) -> str:
    """A number that was kept, as people write it; anything else as it is. Does not ask again whether it exists."""
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return text
    return _display(number) if phonenumbers.is_possible_number(number) and not number.extension else text


def _display(number: phonenumbers.PhoneNumber) -> str:
    style = PhoneNumberFormat.NATIONAL if number.country_code == 44 else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def problem(text: str) -> str | None:
    """What is wrong with `text` as a telephone number, in plain words; None when it is fine."""
    if not text.strip():
        return say("Enter a telephone number.")
    if len(text) > _LONGEST:
        return say("This is too long to be a telephone number. Enter one number only.")
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return say("Enter a telephone number, like 07700 900 123 or 0117 496 0123.")
    if number.extension:
        return say("Enter the number without the extension, and add the extension to the notes.")
    if not (phonenumbers.is_valid_number(number) or _is_kept_for_drama(number)):
        return say("This telephone number does not exist. Check the digits, and the code if it is from abroad.")
    if phonenumbers.number_type(number) in _NO_HOME:
        return say("Enter a personal telephone number, not one that costs extra to call.")
    return None


def _is_kept_for_drama(number: phonenumbers.PhoneNumber) -> bool:
    """Ofcom keeps these numbers for fiction; demo people have them and nobody else does."""
    return (
        number.country_code == 44
        and phonenumbers.is_possible_number(number)
        and str(number.national_number).startswith(("7700900", "1632960"))
    )
