"""What is typed about the directory."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from linkwell.core.widgets import Chips
from linkwell.directory.actions.gaps import LONGEST_WORDS
from linkwell.directory.actions.room import MOST_WEEKS
from linkwell.directory.mapping import DAY_NAMES
from linkwell.directory.models import ServiceRoom
from linkwell.directory.queries import Point, Search
from linkwell.directory.queries.places import LONGEST_PLACE
from linkwell.directory.understanding import LONGEST_SEARCH
from linkwell.kernel import clock
from linkwell.kernel.codes import NEEDS, SERVICE_KINDS
from linkwell.kernel.words import counted

FACTS = (
    ("free", "Free"),
    ("step_free", "Step-free"),
    ("has_room", "Room now"),
    ("no_referral", "No referral needed"),
    ("online", "Online"),
    ("women", "Women only"),
    ("men", "Men only"),
)
# Days ahead, by the name of the choice.
SOON = {"today": 0, "tomorrow": 1}
WITHIN_MILES = (1, 3, 5, 10, 20)
KM_A_MILE = 1.609344
_SENSIBLE = f"Enter a number of weeks from 0 to {MOST_WEEKS}"
_WEEKS = {"invalid": _SENSIBLE, "min_value": _SENSIBLE, "max_value": _SENSIBLE}


def _too_long(most: int) -> dict[str, str]:
    return {"max_length": f"Use {most} characters or fewer"}


def _not_listed() -> dict[str, str]:
    return {"invalid_choice": "Choose one from the list", "invalid_list": "Choose from the list"}


class FindForm(forms.Form):
    """One box, a place, a few facts. Sent by GET, so that a search can be kept and sent to a colleague."""

    words = forms.CharField(
        label="What would help?",
        help_text="In plain words, like: swimming, someone to talk to, lunch not church",
        max_length=LONGEST_SEARCH,
        required=False,
        error_messages=_too_long(LONGEST_SEARCH),
    )
    place = forms.CharField(
        label="Near where?",
        help_text="A postcode or the name of a place",
        max_length=LONGEST_PLACE,
        required=False,
        error_messages=_too_long(LONGEST_PLACE),
    )
    facts = forms.MultipleChoiceField(
        label="It should be", choices=FACTS, widget=Chips, required=False, error_messages=_not_listed()
    )
    day = forms.ChoiceField(
        label="On which day?",
        choices=[
            ("", "Any day"),
            ("today", "Today"),
            ("tomorrow", "Tomorrow"),
            *((str(day), name) for day, name in enumerate(DAY_NAMES)),
        ],
        required=False,
        error_messages=_not_listed(),
    )
    part = forms.ChoiceField(
        label="At what time?",
        choices=[("", "Any time"), ("morning", "Morning"), ("afternoon", "Afternoon"), ("evening", "Evening")],
        required=False,
        error_messages=_not_listed(),
    )
    within = forms.ChoiceField(
        label="How far?",
        choices=[("", "Any distance"), *((str(miles), f"Within {counted(miles, 'mile')}") for miles in WITHIN_MILES)],
        required=False,
        error_messages=_not_listed(),
    )
    language = forms.CharField(
        label="In which language?",
        max_length=40,
        required=False,
        error_messages=_too_long(40),
    )
    kind = forms.ChoiceField(
        label="Kind of group",
        choices=[("", "Any kind"), *((each.code, each.plain) for each in SERVICE_KINDS)],
        required=False,
        error_messages=_not_listed(),
    )

    def choices_of(self, name: str) -> dict[str, str]:
        field: Any = self.fields[name]
        return {str(value): str(label) for value, label in field.choices}

    def search(self, near: Point | None) -> Search:
        """The search this valid form asks for."""
        data: dict[str, Any] = self.cleaned_data
        ahead = SOON.get(data["day"])
        facts: dict[str, Any] = dict.fromkeys(data["facts"], True)
        return Search(
            words=data["words"],
            near=near,
            within_km=int(data["within"]) * KM_A_MILE if data["within"] else None,
            day=int(data["day"]) if data["day"].isdigit() else None,
            on=None if ahead is None else clock.today() + dt.timedelta(days=ahead),
            part=data["part"],
            kind=data["kind"],
            language=data["language"],
            **facts,
        )


class GapForm(forms.Form):
    """What is missing near here."""

    words = forms.CharField(
        label="What were you looking for?",
        help_text="In a few words. Do not name the person.",
        max_length=LONGEST_WORDS,
        error_messages={"required": "Say what you were looking for", **_too_long(LONGEST_WORDS)},
    )
    place = forms.CharField(
        label="Where?",
        help_text="The town, village or part of town. Not an address.",
        max_length=40,
        required=False,
        error_messages=_too_long(40),
    )
    need = forms.ChoiceField(
        label="What would it have helped with?",
        choices=[("", "Choose one"), *((each.code, each.plain) for each in NEEDS)],
        required=False,
        error_messages=_not_listed(),
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput)


class RoomForm(forms.Form):
    """Whether a group has room, as it told us."""

    room = forms.ChoiceField(
        label="Is there room?",
        choices=[(value, str(label).capitalize()) for value, label in ServiceRoom.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether there is room", **_not_listed()},
    )
    weeks = forms.IntegerField(
        label="If there is a waiting list, how many weeks is it?",
        min_value=0,
        max_value=MOST_WEEKS,
        required=False,
        error_messages=_WEEKS,
    )
    said_by = forms.CharField(
        label="Who told you?",
        max_length=80,
        error_messages={"required": "Say who told you", **_too_long(80)},
    )
