"""Form widgets of our own, and the fields that go with them.

The widgets only carry a choice of look; `core/forms.jinja` draws every field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linkwell.kernel.tongue import say
from linkwell.kernel.words import joined

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WELSH_MONTHS = (
    "ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin",
    "gorffennaf", "awst", "medi", "hydref", "tachwedd", "rhagfyr",
)  # fmt: skip
SHORTEST_MONTH_NAME = 3


class TelephoneInput(forms.TextInput):
    """A telephone number: the phone keypad on a phone."""

    input_type = "tel"


class TenDots(forms.RadioSelect):
    """A number from 1 to 10 as a row of dots (importance, how sure)."""


class Chips(forms.CheckboxSelectMultiple):
    """Several short words to tap, such as needs."""


class AnswerButtons(forms.RadioSelect):
    """A few large answers, one of which is right."""


class TenDotsField(forms.TypedChoiceField):
    """A whole number from 1 to 10, or None when left out and not required."""

    def __init__(self, *, low: str = "", high: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("empty_value", None)
        choices = [(number, str(number)) for number in range(1, 11)]
        super().__init__(choices=choices, coerce=int, widget=TenDots, **kwargs)
        self.low = low
        self.high = high


class DateBoxes(forms.MultiWidget):
    """A date as day, month and year in three boxes: ``name_day``, ``name_month``, ``name_year``."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            name: forms.TextInput() for name in ("day", "month", "year")
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, dt.date):
            return [value.day, value.month, value.year]
        return [None, None, None]


class DateBoxesField(forms.Field):
    """A date typed in three boxes. The month may be a number or a name.

    Cleans to a `datetime.date`, or None when all boxes are empty and it is not required.
    """

    widget = DateBoxes
    default_error_messages: ClassVar[dict[str, Any]] = {
        "missing": _("The date must include a %(parts)s"),
        "not_real": _("The date must be a real date, like 27 3 1964"),
        "year": _("The year must have 4 numbers, like 1964"),
    }

    def to_python(self, value: Any) -> dt.date | None:
        day, month, year = _texts(value)
        if not (day or month or year):
            return None
        self._refuse_missing(day, month, year)
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise ValidationError(self.error_messages["year"], code="year")
        try:
            return dt.date(int(year), _month_number(month), int(day))
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["not_real"], code="not_real") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = DateBoxes().decompress(initial) if isinstance(initial, dt.date) else initial
        return _texts(before) != _texts(data)

    def _refuse_missing(self, day: str, month: str, year: str) -> None:
        names = (say("day"), say("month"), say("year"))
        parts = [name for name, text in zip(names, (day, month, year), strict=True) if not text]
        if parts:
            raise ValidationError(self.error_messages["missing"], code="missing", params={"parts": joined(parts)})


def _texts(value: Any) -> tuple[str, str, str]:
    boxes: Sequence[Any] = value if isinstance(value, list | tuple) and len(value) == 3 else [None] * 3
    day, month, year = ("" if box is None else str(box).strip() for box in boxes)
    return day, month, year


def _month_number(text: str) -> int:
    """The month 1-12 from "3", "03", "Mar" or "March". Raises ValueError otherwise."""
    if text.isdigit():
        return int(text)
    word = text.casefold()
    if len(word) >= SHORTEST_MONTH_NAME:
        for names in (MONTHS, WELSH_MONTHS):
            for number, name in enumerate(names, start=1):
                if name.startswith(word):
                    return number
    raise ValueError(text)
