"""Planning and writing up sessions, clinics and meetings."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from linkwell.casework.forms.common import AheadField, TimeField
from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.groupwork.actions.clinics import MOST_SLOTS
from linkwell.groupwork.actions.parts import LONGEST_NOTE, MOST_WEEKS
from linkwell.groupwork.details import ClinicDetails, ItemDetails, MeetingDetails, SessionDetails
from linkwell.groupwork.models import WhoBooks
from linkwell.kernel import clock

_WEEKLY = "1 for once. More makes one each week at the same time"


def _weeks() -> forms.IntegerField:
    return forms.IntegerField(
        label="For how many weeks?", help_text=_WEEKLY, min_value=1, max_value=MOST_WEEKS, initial=1
    )


def _time(label: str = "What time?") -> TimeField:
    return TimeField(label=label, help_text="For example, 2:30pm", max_length=12)


class SessionForm(PlainForm):
    topic = forms.CharField(
        label="What is the session?", help_text="For example, walk and talk, coffee morning", max_length=120
    )
    place = forms.CharField(label="Where?", max_length=300)
    day = AheadField(label="Which day?")
    time = _time()
    minutes = forms.IntegerField(label="How many minutes?", min_value=5, max_value=600, initial=60)
    weeks = _weeks()

    def details(self) -> SessionDetails:
        given = self.cleaned_data
        return SessionDetails(
            topic=given["topic"],
            place=given["place"],
            starts_at=clock.at(given["day"], given["time"]),
            minutes=given["minutes"],
            weeks=given["weeks"],
        )


class ClinicForm(PlainForm):
    practice = forms.ChoiceField(label="At which practice?")
    room = forms.CharField(label="Which room?", max_length=200)
    day = AheadField(label="Which day?")
    time = _time("From what time?")
    slot_minutes = forms.IntegerField(label="How many minutes each?", min_value=10, max_value=180, initial=45)
    slots = forms.IntegerField(label="How many times?", min_value=1, max_value=MOST_SLOTS, initial=4)
    who_books = forms.ChoiceField(
        label="Who books?", choices=WhoBooks.choices, widget=forms.RadioSelect, initial=WhoBooks.BOTH
    )
    weeks = _weeks()

    def __init__(self, *args: Any, practices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["practice"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choose a practice"), *practices]

    def details(self) -> ClinicDetails:
        given = self.cleaned_data
        return ClinicDetails(
            practice_id=UUID(given["practice"]),
            room=given["room"],
            starts_at=clock.at(given["day"], given["time"]),
            slot_minutes=given["slot_minutes"],
            slots=given["slots"],
            who_books=given["who_books"],
            weeks=given["weeks"],
        )


class MeetingForm(PlainForm):
    title = forms.CharField(
        label="Which meeting?",
        help_text="For example, Mill Lane team meeting. Name nobody in it: it stands in the record of each person.",
        max_length=120,
    )
    place = forms.CharField(label="Where?", max_length=300, required=False)
    day = DateBoxesField(label="Which day?")
    time = _time()

    def details(self) -> MeetingDetails:
        given = self.cleaned_data
        return MeetingDetails(
            title=given["title"], place=given["place"], starts_at=clock.at(given["day"], given["time"])
        )


class _WriteUpForm(PlainForm):
    """Who came, by a tick each, and how many more."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    came = forms.MultipleChoiceField(
        label="Who came?", required=False, widget=forms.CheckboxSelectMultiple, help_text="Tick everybody who came"
    )
    walk_ins = forms.IntegerField(
        label="How many more came?",
        help_text="People without a record here, or who would rather not be named. They are counted and not recorded",
        min_value=0,
        max_value=500,
        initial=0,
    )

    def __init__(self, *args: Any, register: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["came"]
        listed = list(register)
        if not listed:
            del self.fields["came"]
        elif isinstance(field, forms.MultipleChoiceField):
            field.choices = listed

    @property
    def who_came(self) -> tuple[UUID, ...]:
        return tuple(UUID(each) for each in self.cleaned_data.get("came", ()))


class SessionWriteUpForm(_WriteUpForm):
    note = forms.CharField(
        label="What was it like?",
        help_text="About the session, without names. What somebody told you belongs in their own record",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea,
    )


class ClinicWriteUpForm(_WriteUpForm):
    pass


class MeetingWriteUpForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    attended = forms.CharField(
        label="Who was there?",
        help_text="A name and what they do on each line, such as “Dr Ruth Bell, GP”",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea,
    )


class CancelForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why is it cancelled?", max_length=300, error_messages={"required": "Say why it is cancelled"}
    )

    def given(self) -> dict[str, Any]:
        """As the actions are told."""
        return {"expected_version": self.cleaned_data["version"], "reason_given": self.cleaned_data["reason"]}


class CancelSessionForm(CancelForm):
    and_later = forms.BooleanField(label="Cancel all later ones of this series too", required=False)

    def __init__(self, *args: Any, in_series: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not in_series:
            del self.fields["and_later"]


class ItemForm(PlainForm):
    """One person's part of a meeting."""

    said = forms.CharField(
        label="What was said?",
        help_text="The person can read this",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea,
    )
    action = forms.CharField(label="What is to be done?", max_length=200, required=False)
    owner = forms.ChoiceField(label="Who will do it?", required=False)
    owner_name = forms.CharField(
        label="Or somebody from elsewhere", help_text="For example, the district nurse", max_length=120, required=False
    )
    due_on = AheadField(label="By which day?", required=False)

    def __init__(self, *args: Any, workers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Nobody here"), *workers]

    def details(self) -> ItemDetails:
        given = self.cleaned_data
        return ItemDetails(
            said=given["said"],
            action=given["action"],
            owner_id=UUID(given["owner"]) if given["owner"] else None,
            owner_name=given["owner_name"],
            due_on=given["due_on"],
        )


def next_hour() -> dict[str, Any]:
    """A form for planning opens tomorrow at ten."""
    return {"day": clock.today() + dt.timedelta(days=1), "time": "10am"}
