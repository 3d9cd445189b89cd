"""What a group types about its listing, and what a keeper decides."""

from collections.abc import Mapping
from typing import Any

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import Chips, DateBoxesField
from linkwell.directory.actions.limits import MOST_A_WEEK, OLDEST
from linkwell.directory.actions.room import MOST_PLACES, MOST_WEEKS
from linkwell.directory.editing import BY_NAME, FIELDS, JOINING, Value
from linkwell.directory.models import ServiceRoom
from linkwell.directory.queries import LimitsRow
from linkwell.kernel.codes import NEEDS

ROOM_WORDS = (
    (ServiceRoom.ROOM.value, "We have room"),
    (ServiceRoom.FEW.value, "A few places"),
    (ServiceRoom.WAITING.value, "We have a waiting list"),
    (ServiceRoom.FULL.value, "We're full"),
    (ServiceRoom.ASK_FIRST.value, "Talk to us first"),
)
_YES_NO = (("", "Not said"), ("yes", "Yes"), ("no", "No"))
_LONG = ("description", "who_for", "first_visit", "join_words", "cost", "alert")
_LISTS = ("access", "languages")
_YES_OR_NO = ("free", "step_free")
_AGES = ("minimum_age", "maximum_age")
HINTS = {
    "who_runs": "The charity, club or council that runs it.",
    "first_visit": "Such as: come in by the blue door, Jean sits with you for the first cup.",
    "access": "One to a line, such as: step-free entrance, hearing loop.",
    "languages": "One to a line.",
    "alert": "Such as: the lift is being mended until May.",
    "referral_email": "Somebody in our team looks at a new address before it is used.",
    "name": "Somebody in our team looks at a new name before it is used.",
    "url": "Somebody in our team looks at a new address before it is used.",
}


class RoomTapForm(PlainForm):
    """One tap. The weeks and places beside it may stay empty."""

    room = forms.ChoiceField(label="Do you have room?", choices=ROOM_WORDS)
    weeks = forms.IntegerField(
        label="About how many weeks is the wait?", min_value=0, max_value=MOST_WEEKS, required=False
    )
    places = forms.IntegerField(label="How many places?", min_value=0, max_value=MOST_PLACES, required=False)


class AskForListingForm(PlainForm):
    """Somebody would like to keep a listing."""

    email = forms.EmailField(label="Your e-mail address", help_text="We write to you there.")
    name = forms.CharField(label="Your name", max_length=80)
    words = forms.CharField(
        label="What do you do in the group?", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class TakeOverForm(PlainForm):
    name = forms.CharField(label="Your name", max_length=80, help_text="Our team sees it. It is not in the directory.")


class ListingForm(PlainForm):
    """Everything a group can change in words, each field as it is now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in FIELDS:
            self.fields[each.name] = _field(each.name)
        for name, field in self.fields.items():
            field.help_text = HINTS.get(name, "")

    def given(self) -> dict[str, Value]:
        """The values of a valid form as the listing keeps them."""
        data: Mapping[str, Any] = self.cleaned_data
        values: dict[str, Value] = {}
        for each in FIELDS:
            value = data[each.name]
            if each.name in _LISTS:
                value = [line.strip() for line in value.splitlines() if line.strip()]
            elif each.name in _YES_OR_NO:
                value = {"yes": True, "no": False}.get(value)
            values[each.name] = value
        return values

    @staticmethod
    def of(values: Mapping[str, Value]) -> dict[str, Any]:
        """What the listing says now, as the form shows it."""
        shown: dict[str, Any] = dict(values)
        for name in _LISTS:
            value = values[name]
            shown[name] = "\n".join(value) if isinstance(value, list) else ""
        for name in _YES_OR_NO:
            shown[name] = "yes" if values[name] is True else "no" if values[name] is False else ""
        return shown


def _field(name: str) -> forms.Field:
    spec = BY_NAME[name]
    needed = name in ("name", "who_runs")
    if name in _AGES:
        return forms.IntegerField(label=spec.label, min_value=0, max_value=OLDEST, required=False)
    if name in _YES_OR_NO:
        return forms.ChoiceField(label=spec.label, choices=_YES_NO, required=False)
    if name == "how_to_join":
        return forms.ChoiceField(label=spec.label, choices=[("", "Not said"), *JOINING.items()], required=False)
    if name == "referral_email":
        return forms.EmailField(label=spec.label, max_length=spec.longest, required=False)
    if name == "url":
        return forms.URLField(label=spec.label, max_length=spec.longest, required=False, assume_scheme="https")
    rows = 3 if name in (*_LONG, *_LISTS) else 0
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    longest = 4000 if name in _LISTS else spec.longest
    return forms.CharField(label=spec.label, max_length=longest, required=needed, widget=widget)


class LimitsForm(PlainForm):
    """What a group can take."""

    a_week = forms.IntegerField(
        label="How many referrals a week can you take?",
        help_text="Leave empty for no limit. When it is reached, nobody can refer until Monday without asking you.",
        min_value=0,
        max_value=MOST_A_WEEK,
        required=False,
    )
    needs = forms.MultipleChoiceField(
        label="What can you help with?",
        help_text="Tick none for anything.",
        choices=[(each.code, str(each.plain)) for each in NEEDS if each.code != "other"],
        widget=Chips,
        required=False,
    )
    minimum_age = forms.IntegerField(label="From which age?", min_value=0, max_value=OLDEST, required=False)
    maximum_age = forms.IntegerField(label="Up to which age?", min_value=0, max_value=OLDEST, required=False)
    areas = forms.CharField(
        label="Where do people have to live?",
        help_text="The first part of postcodes, one to a line, such as ZW1. Leave empty for anywhere.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    words = forms.CharField(label="Anything else a link worker should know", max_length=300, required=False)

    @staticmethod
    def of(row: LimitsRow | None) -> dict[str, Any]:
        if row is None:
            return {}
        return {
            "a_week": row.a_week,
            "needs": list(row.needs),
            "minimum_age": row.minimum_age,
            "maximum_age": row.maximum_age,
            "areas": "\n".join(row.areas),
            "words": row.words,
        }


class DatesForm(PlainForm):
    """Days that differ from the usual ones."""

    runs = forms.TypedChoiceField(
        label="What is different?",
        choices=[("no", "We do not meet on these days"), ("yes", "We meet on extra days")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    first_day = DateBoxesField(label="First day")
    last_day = DateBoxesField(label="Last day", required=False, help_text="Leave empty for one day.")
    starts_at = forms.TimeField(label="Extra days: from when?", required=False, help_text="Such as 14:00.")
    ends_at = forms.TimeField(label="Extra days: until when?", required=False)
    words = forms.CharField(label="Why, in a word or two", max_length=200, required=False)


class PhotographForm(PlainForm):
    """A picture and its words."""

    file = forms.FileField(label="The photo", help_text="JPEG or PNG. Nobody should be seen who has not agreed to it.")
    alt = forms.CharField(
        label="What does it show?",
        help_text="For people who cannot see it. Such as: a blue door with a ramp on the left.",
        max_length=300,
    )


class DecideForm(PlainForm):
    """A keeper's decision."""

    take = forms.TypedChoiceField(
        label="What did you decide?",
        choices=[("yes", "It is right"), ("no", "Not now")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="If not, why?", help_text="The group reads this on its page.", max_length=300, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
