"""What a group, or a keeper for it, types about when and where it meets and whom it is for."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.directory.mapping import DAY_NAMES
from linkwell.directory.meeting import AS_NOW, RHYTHMS, PlaceSaid, RuleSaid, TimeSaid
from linkwell.directory.models import RuleKind
from linkwell.directory.queries.meeting import Meeting

_YES_NO = (("", "Not said"), ("yes", "Yes"), ("no", "No"))
_STEPS = {"yes": True, "no": False}
_RULE_WORDS = {
    RuleKind.GENDER: "Women, or men",
    RuleKind.AREA: "People who live in certain places",
    RuleKind.CONDITION: "People with a certain condition",
    RuleKind.CARER: "People who look after somebody",
    RuleKind.PARENT: "People with children",
    RuleKind.LIVES_ALONE: "People who live alone",
    RuleKind.BEREAVED: "People who have lost somebody",
    RuleKind.VETERAN: "People who served in the forces, and their families",
    RuleKind.REFUGEE: "People who came here to find safety",
    RuleKind.LGBT: "Lesbian, gay, bisexual and trans people",
    RuleKind.FAITH: "People of a faith",
    RuleKind.LANGUAGE: "People who speak a certain language",
    RuleKind.NO_WORK: "People who are out of work",
    RuleKind.LOW_INCOME: "People with little money",
    RuleKind.PRACTICE: "Patients of certain GP practices",
    RuleKind.REFERRAL_ONLY: "People whom somebody refers",
    RuleKind.OTHER: "Somebody else",
}


class PartForm(PlainForm):
    """A form about one part of a listing: what it says when valid, and how it begins with what was said before."""

    def __init__(self, *args: Any, now: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    @property
    def said(self) -> PlaceSaid | TimeSaid | RuleSaid:
        raise NotImplementedError


class TimeForm(PartForm):
    weekday = forms.TypedChoiceField(
        label="Day", choices=[(str(day), name) for day, name in enumerate(DAY_NAMES)], coerce=int
    )
    rhythm = forms.ChoiceField(label="How often?", choices=RHYTHMS, widget=forms.RadioSelect)
    begins_on = DateBoxesField(
        label="One day on which you meet",
        help_text="For every second week: the other weeks are counted from it.",
        required=False,
    )
    starts_at = forms.TimeField(label="From when?", help_text="Such as 14:00.")
    ends_at = forms.TimeField(label="Until when?", required=False)
    venue_id = forms.ChoiceField(label="Where?", required=False)
    term_time = forms.BooleanField(label="Not in the school holidays", required=False)
    until = DateBoxesField(label="Last day, if it ends", required=False)
    note = forms.CharField(label="Anything else about this time", max_length=200, required=False)

    def __init__(self, *args: Any, now: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        places: Any = self.fields["venue_id"]
        places.choices = [("", "Not said")] + [
            (str(each.id), each.said.name or each.said.address) for each in now.places
        ]
        if (kwargs.get("initial") or {}).get("rhythm") == AS_NOW:
            rhythms: Any = self.fields["rhythm"]
            rhythms.choices = [(AS_NOW, "As it is now"), *RHYTHMS]

    @property
    def said(self) -> TimeSaid:
        data = dict(self.cleaned_data)
        data["venue_id"] = UUID(data["venue_id"]) if data["venue_id"] else None
        return TimeSaid(**data)

    @staticmethod
    def of(said: TimeSaid) -> dict[str, Any]:
        shown = {name: getattr(said, name) for name in ("rhythm", "begins_on", "until", "term_time", "note")}
        hours = {name: at.strftime("%H:%M") for name in ("starts_at", "ends_at") if (at := getattr(said, name))}
        return {**shown, **hours, "weekday": str(said.weekday), "venue_id": str(said.venue_id or "")}


class PlaceForm(PartForm):
    name = forms.CharField(label="Name of the place", max_length=200, required=False)
    address = forms.CharField(label="Address", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    getting_there = forms.CharField(
        label="Getting there", help_text="Such as: bus 7 stops outside.", max_length=500, required=False
    )
    step_free = forms.ChoiceField(label="Can people get in without steps?", choices=_YES_NO, required=False)

    @property
    def said(self) -> PlaceSaid:
        return PlaceSaid(**self.cleaned_data | {"step_free": _STEPS.get(self.cleaned_data["step_free"])})

    @staticmethod
    def of(said: PlaceSaid) -> dict[str, Any]:
        shown = {name: getattr(said, name) for name in ("name", "address", "postcode", "getting_there")}
        return {**shown, "step_free": {True: "yes", False: "no", None: ""}[said.step_free]}


class RuleForm(PartForm):
    kind = forms.ChoiceField(
        label="Whom is it for?", choices=[(kind.value, said) for kind, said in _RULE_WORDS.items()]
    )
    values = forms.CharField(
        label="Which, one to a line",
        help_text="Women or men; the first part of postcodes; the condition, language, faith or practice code.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    must = forms.TypedChoiceField(
        label="How strict is it?",
        choices=[("yes", "Only they can come"), ("no", "It is mostly for them, and others are welcome")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    words = forms.CharField(
        label="Or in your own words", max_length=300, required=False, help_text="People read this instead."
    )

    @property
    def said(self) -> RuleSaid:
        data = self.cleaned_data
        lines = tuple(each for each in data["values"].replace(",", "\n").splitlines() if each.strip())
        return RuleSaid(RuleKind(data["kind"]), lines, data["must"], data["words"])

    @staticmethod
    def of(said: RuleSaid) -> dict[str, Any]:
        strict = "yes" if said.must else "no"
        return {"kind": said.kind.value, "values": "\n".join(said.values), "must": strict, "words": said.words}


FORMS: dict[str, type[PartForm]] = {"time": TimeForm, "place": PlaceForm, "rule": RuleForm}
OF: dict[str, Callable[[Any], dict[str, Any]]] = {"time": TimeForm.of, "place": PlaceForm.of, "rule": RuleForm.of}


class SchoolBreakForm(PlainForm):
    name = forms.CharField(label="What are they called?", help_text="Such as: February half term.", max_length=80)
    first_day = DateBoxesField(label="First day")
    last_day = DateBoxesField(label="Last day")
