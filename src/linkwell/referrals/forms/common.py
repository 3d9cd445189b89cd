"""Fields and checks that both ways of referring share."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from linkwell.core.widgets import DateBoxesField, TelephoneInput
from linkwell.kernel import clock, codes, nhs_number, phone, postcode
from linkwell.kernel.tongue import say
from linkwell.referrals.given import written_phone

LONGEST_TEXT = 4000
_OLDEST = 125
CHANNELS = (
    ("phone", "Phone call"),
    ("voicemail", "Voicemail message"),
    ("text", "Text message"),
    ("email", "E-mail"),
    ("letter", "Letter"),
)


def first_needs_to_tap() -> list[tuple[str, str]]:
    """The needs most people name, in the language of the page."""
    return [(code, codes.plain(codes.NEEDS, code)) for code in codes.FIRST_NEEDS]


def more_needs_to_tap() -> list[tuple[str, str]]:
    return [each for each in codes.choices(codes.NEEDS) if each[0] not in codes.FIRST_NEEDS]


class OneOfSeveral(forms.Field):
    """A box that may be empty while another one is not, so it is not called optional. The form checks them together."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class WordsField(OneOfSeveral, forms.CharField):
    """Words, where another box may hold the answer instead."""


class NeedsField(OneOfSeveral, forms.MultipleChoiceField):
    """Needs to tap, where words may say it instead."""


class AnswerOrNotField(OneOfSeveral, forms.ChoiceField):
    """A question that says itself that it may be left."""


class EitherEmailField(OneOfSeveral, forms.EmailField):
    """An e-mail address, where a telephone number may do instead."""


class EitherPhoneField(OneOfSeveral, forms.CharField):
    widget = TelephoneInput

    def clean(self, value: Any) -> str:
        return _phone(str(super().clean(value) or ""))


class PhoneField(forms.CharField):
    """A telephone number; cleans to the way people write it."""

    widget = TelephoneInput

    def clean(self, value: Any) -> str:
        return _phone(str(super().clean(value) or ""))


def _phone(text: str) -> str:
    if not text:
        return ""
    trouble = phone.problem(text)
    if trouble:
        raise ValidationError(trouble)
    return written_phone("phone", text)


class NhsNumberField(forms.CharField):
    """An NHS number, when there is one. Well formed is all we can know about it."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        if not text:
            return ""
        trouble = nhs_number.problem(text)
        if trouble:
            raise ValidationError(trouble)
        return nhs_number.parse(text).digits


class PostcodeField(forms.CharField):
    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        if not text:
            return ""
        trouble = postcode.problem(text)
        if trouble:
            raise ValidationError(trouble)
        return str(postcode.parse(text))


class BirthdayField(DateBoxesField):
    """A date of birth: not tomorrow, and not more than 125 years ago."""

    def to_python(self, value: Any) -> date | None:
        born = super().to_python(value)
        if born is None:
            return None
        today = clock.today()
        if born > today:
            raise ValidationError(say("The date of birth must be in the past"))
        if today.year - born.year > _OLDEST:
            raise ValidationError(say("Check the year of the date of birth"))
        return born


def safe_channels(ticked: list[str]) -> dict[str, Any]:
    """Safe, not safe, or nobody asked. Where anything was said to be safe, what was not said is not."""
    return {f"safe_{code}": (code in ticked if ticked else None) for code, _ in CHANNELS}
