"""Forms about going home."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from linkwell.casework.forms.common import AheadField, TimeField
from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.hospital.actions.going_home import LONGEST_ANSWER
from linkwell.hospital.discharge_details import AskedAlone, ItemDetails, ProgrammeDetails
from linkwell.hospital.following_up import LONGEST_REASON, OTHER, REASONS
from linkwell.hospital.models import Carer, HomeEventKind, HomeSafe, HomeThing, ThingState
from linkwell.hospital.queries.going_home import GoingHome, SaidAlone
from linkwell.hospital.queries.programmes import ProgrammeRow
from linkwell.kernel import clock
from linkwell.referrals.forms import VersionForm
from linkwell.referrals.forms.common import AnswerOrNotField, WordsField

# A question nobody has answered is an answer too: it can be taken back to that.
UNKNOWN = "unknown"
_SUPPORT = (("yes", "Yes"), ("no", "No"), (UNKNOWN, "Not known yet"))
_THINGS = (*ThingState.choices, (UNKNOWN, "Nobody has asked yet"))


class _Versioned(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class HomeListForm(_Versioned):
    """Seven things, each with its answer, who does it and by when; support in place; who follows up."""

    support = AnswerOrNotField(
        label="Is the support they need at home in place before they leave?",
        choices=_SUPPORT,
        widget=forms.RadioSelect,
    )
    owner = forms.ChoiceField(label="Who follows up after they are home?")

    def __init__(self, *args: Any, staff: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)  # noqa: S101 (for the types)
        owner.choices = [(str(user_id), name) for user_id, name in staff]

    @property
    def things(self) -> list[str]:
        return list(HomeThing.values)

    @property
    def items(self) -> tuple[ItemDetails, ...]:
        given = self.cleaned_data
        return tuple(
            ItemDetails(
                thing, given[f"{thing}_answer"].replace(UNKNOWN, ""), given[f"{thing}_who"], given[f"{thing}_by"]
            )
            for thing in HomeThing.values
        )

    @property
    def support_ready(self) -> bool | None:
        answers: dict[str, bool | None] = {"yes": True, "no": False}
        return answers.get(self.cleaned_data["support"])


def _add_things() -> None:
    """The same three questions of each thing on the list."""
    for thing, label in HomeThing.choices:
        answer = AnswerOrNotField(label=label, choices=_THINGS, widget=forms.RadioSelect)
        who = forms.CharField(label="Who does it?", max_length=120, required=False)
        HomeListForm.base_fields[f"{thing}_answer"] = answer
        HomeListForm.base_fields[f"{thing}_who"] = who
        HomeListForm.base_fields[f"{thing}_by"] = DateBoxesField(label="By which day?", required=False)


_add_things()


def of_list(row: GoingHome, default_owner: UUID | None) -> dict[str, Any]:
    """What the list holds, as the first values of the form."""
    first: dict[str, Any] = {
        "version": row.version,
        "support": {True: "yes", False: "no", None: UNKNOWN}[row.support_ready],
        "owner": str(row.owner_id or default_owner or ""),
    }
    first |= {f"{thing}_answer": UNKNOWN for thing in HomeThing.values}
    for item in row.items:
        first |= {f"{item.thing}_answer": item.answer, f"{item.thing}_who": item.who, f"{item.thing}_by": item.by_day}
    return first


class HelpForm(PlainForm):
    what = forms.CharField(
        label="What can the community do?",
        help_text="For example, meet them at home and shop for the first week",
        max_length=200,
    )
    who = forms.CharField(
        label="Who does it?", help_text="A team, a group or a person, if you know", max_length=120, required=False
    )


class AskedAloneForm(_Versioned):
    alone = forms.BooleanField(label="I asked them when nobody else was there")
    involve = forms.CharField(
        label="Who should be involved?", max_length=LONGEST_ANSWER, required=False, widget=forms.Textarea
    )
    must_not_tell = forms.CharField(
        label="Who must not be told?", max_length=LONGEST_ANSWER, required=False, widget=forms.Textarea
    )
    home_safe = forms.ChoiceField(label="Is home safe?", choices=HomeSafe.choices, widget=forms.RadioSelect)
    carer = forms.ChoiceField(label="Is the carer willing and able?", choices=Carer.choices, widget=forms.RadioSelect)

    def said(self) -> AskedAlone:
        given = self.cleaned_data
        return AskedAlone(given["involve"], given["must_not_tell"], given["home_safe"], given["carer"])


def of_said(row: SaidAlone) -> dict[str, Any]:
    names = ("version", "involve", "must_not_tell", "home_safe", "carer")
    return {name: getattr(row, name) for name in names}


class HomeEventForm(PlainForm):
    kind = forms.ChoiceField(label="What happened?", choices=HomeEventKind.choices, widget=forms.RadioSelect)
    who = forms.CharField(label="Who was it?", help_text="For a handover, both: who introduced whom", max_length=120)
    day = DateBoxesField(label="Which day?")
    time = TimeField(label="What time?", help_text="For example, 2:30pm", max_length=12)

    def given(self) -> dict[str, Any]:
        """As the action is told."""
        given = self.cleaned_data
        return {"kind": given["kind"], "who": given["who"], "happened_at": clock.at(given["day"], given["time"])}


class ProgrammeForm(PlainForm):
    name = forms.CharField(label="Name", help_text="For example, Home for winter", max_length=120)
    team = forms.CharField(label="Who is in the team?", max_length=200)
    eligibility = forms.CharField(label="Whom is it for?", max_length=1000, widget=forms.Textarea)
    starts_on = DateBoxesField(label="First day")
    ends_on: DateBoxesField = AheadField(label="Last day")
    weekly_places = forms.IntegerField(label="How many people a week can it take on?", min_value=1, max_value=500)

    def details(self) -> ProgrammeDetails:
        return ProgrammeDetails(**self.cleaned_data)


class ChangeProgrammeForm(ProgrammeForm):
    """The same of a programme there is; what is over may keep its last day."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    ends_on = DateBoxesField(label="Last day", help_text="To end it early, choose today or a later day")

    def details(self) -> ProgrammeDetails:
        return ProgrammeDetails(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


def of_programme(row: ProgrammeRow) -> dict[str, Any]:
    names = ("version", "name", "team", "eligibility", "starts_on", "ends_on", "weekly_places")
    return {name: getattr(row, name) for name in names}


class WithdrawForm(VersionForm):
    reason = forms.ChoiceField(
        label="Why is it no longer needed?",
        choices=(*REASONS.items(), (OTHER, "Something else")),
        widget=forms.RadioSelect,
    )
    other = WordsField(
        label="If something else, what?",
        help_text="In a few words, and nothing about their health",
        max_length=LONGEST_REASON,
    )


class GiveForm(VersionForm):
    clinician = forms.ChoiceField(label="To whom?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, clinicians: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["clinician"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 (for the types)
        chosen.choices = [(str(each), name) for each, name in clinicians]


class TakeOnForm(PlainForm):
    programme = forms.ChoiceField(label="Which programme?", widget=forms.RadioSelect)
    fits = forms.BooleanField(label="They are one of the people it is for")

    def __init__(self, *args: Any, running: Iterable[tuple[UUID, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = self.fields["programme"]
        assert isinstance(programme, forms.ChoiceField)  # noqa: S101 (for the types)
        listed = list(running)
        programme.choices = [(str(each), name) for each, name, _ in listed]
        programme.choice_hints = {str(each): eligibility for each, _, eligibility in listed}  # type: ignore[attr-defined]
