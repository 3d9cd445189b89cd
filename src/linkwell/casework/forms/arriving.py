"""Adding a referral to support there is, and handing somebody over."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from linkwell.casework.details import HandOverDetails
from linkwell.casework.forms.common import VersionForm, text_area
from linkwell.casework.models.handovers import KINDS, HandOverReason
from linkwell.core.plain_forms import PlainForm
from linkwell.people.capacity import CanAgree
from linkwell.people.forms import ask_who_interpreted, check_who_interpreted
from linkwell.people.forms.agreeing import agreed_by, agreed_by_field


class JoinForm(VersionForm):
    case = forms.TypedChoiceField(
        label="Which support?",
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which support this belongs to"},
    )

    def __init__(self, *args: Any, cases: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["case"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = list(cases)


class HandOverForm(PlainForm):
    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    to_team = forms.TypedChoiceField(
        label="Which team?",
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a team"},
    )
    reason = forms.ChoiceField(
        label="Why?",
        choices=HandOverReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why"},
    )
    why = text_area("What does the other team need to know to decide?", required=True)
    parts = forms.MultipleChoiceField(
        label="What goes along, as a copy?",
        help_text="Their name, how to reach them safely and what you write here always go. Tick only what they agreed "
        "to. What other people told us never goes.",
        choices=list(KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(
        label="They agreed to this team, and to what goes along",
        error_messages={"required": "They have to agree first, and to what goes along"},
    )
    how = forms.ChoiceField(
        label="How did they say so?",
        choices=[("spoken", "In person or by phone"), ("written", "In writing")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they said so"},
    )
    asked_alone = forms.BooleanField(label="Nobody else could hear when I asked", required=False)
    still_open_note = text_area("What will become of what is still open here?")

    def __init__(
        self,
        *args: Any,
        teams: Iterable[tuple[str, str]],
        can_agree: Iterable[CanAgree] = (),
        interpreter: str = "",
        something_open: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        ask_who_interpreted(self, interpreter)
        self.fields["still_open_note"].required = something_open
        self.fields["still_open_note"].error_messages["required"] = "Say what will become of what is still open"
        self.fields["agreed_by"] = agreed_by_field(can_agree)
        field = self.fields["to_team"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = list(teams)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        check_who_interpreted(self, given, said_yes=given.get("how") == "spoken")
        return given

    def details(self) -> HandOverDetails:
        given = self.cleaned_data
        return HandOverDetails(
            to_team_id=given["to_team"],
            reason=given["reason"],
            why=given["why"],
            agreed=given["agreed"],
            how=given["how"],
            asked_alone=given["asked_alone"],
            agreed_by=agreed_by(given),
            interpreted_by=given.get("interpreted_by", ""),
            parts=tuple(given["parts"]),
            still_open_note=given["still_open_note"],
        )


class TakeBackForm(VersionForm):
    reason = forms.CharField(
        label="Why is it taken back?",
        max_length=300,
        error_messages={"required": "Say why it is taken back"},
    )
