"""Fields and helps that several forms of this app share."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.kernel import clock

LONGEST_NOTE = 20_000
_TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE)


class TimeField(forms.CharField):
    """A time as people type it: "2pm", "2.30 pm", "14:30". Cleans to a `datetime.time`."""

    default_error_messages = {"not_a_time": "The time must be like 2:30pm or 14:30"}  # noqa: RUF012

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        if text.lower() in ("noon", "12 noon"):
            return dt.time(12)
        found = _TIME.fullmatch(text)
        if found is None:
            raise ValidationError(self.error_messages["not_a_time"], code="not_a_time")
        return self._time(int(found[1]), int(found[2] or 0), (found[3] or "").lower())

    def _time(self, hour: int, minute: int, half: str) -> dt.time:
        if half and not 1 <= hour <= 12:
            raise ValidationError(self.error_messages["not_a_time"], code="not_a_time")
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour > 23 or minute > 59:
            raise ValidationError(self.error_messages["not_a_time"], code="not_a_time")
        return dt.time(hour, minute)


class AheadField(DateBoxesField):
    """A day that is today or later, and not years away."""

    def to_python(self, value: Any) -> dt.date | None:
        day = super().to_python(value)
        if day is not None and day < clock.today():
            raise ValidationError("The date must be today or later")
        if day is not None and day > clock.today() + dt.timedelta(days=3 * 366):
            raise ValidationError("Check the year of the date")
        return day


class VersionForm(PlainForm):
    """A form about something that has a version: what the person saw when the page was made."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


def text_area(label: str, hint: str = "", *, required: bool = False, longest: int = LONGEST_NOTE) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=required, max_length=longest, widget=forms.Textarea)


def from_draft(form: type[forms.Form], kept: dict[str, list[str]]) -> dict[str, Any]:
    """What was typed before, as initial values. Fields the draft does not name are left to the form."""
    data: MultiValueDict[str, str] = MultiValueDict(kept)
    fields = form.base_fields
    return {
        name: field.widget.value_from_datadict(data, {}, name)
        for name, field in fields.items()
        if name in kept or any(key.startswith(f"{name}_") for key in kept)
    }
