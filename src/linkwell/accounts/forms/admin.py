"""Forms of the admin pages: the organisation, its networks and teams, and people who work here."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms

from linkwell.accounts.checks import NATIONS, STAFF_ROLES, TEAM_ROLES
from linkwell.accounts.details import NetworkDetails, OrganisationDetails, RoleDetails, TeamDetails
from linkwell.accounts.models import OrganisationKind
from linkwell.core.permissions import ROLE_WORDS
from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField, TelephoneInput

NOBODY = ("", "Nobody")
DAYS = list(enumerate(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]))
NOT_A_TIME = "Enter a time, like 09:00"

Choices = Sequence[tuple[Any, str]]


def _number(label: str, *, most: int, help_text: str = "", required: bool = True) -> forms.IntegerField:
    wrong = f"Enter a number from 1 to {most}"
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=1,
        max_value=most,
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
    )


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


class OrganisationForm(PlainForm):
    name = forms.CharField(label="Name", max_length=200)
    kind = forms.ChoiceField(label="Kind", choices=OrganisationKind.choices)
    nation = forms.ChoiceField(label="Where", choices=list(NATIONS.items()), help_text="Decides the bank holidays.")
    email = forms.EmailField(label="E-mail address", required=False)
    phone = forms.CharField(label="Telephone", required=False, max_length=20, widget=TelephoneInput)
    legal_basis = forms.CharField(
        label="Legal basis for keeping records",
        help_text="As your data protection officer words it. It is shown with requests for a person’s own record.",
        required=False,
        max_length=200,
    )

    def details(self, code: str) -> OrganisationDetails:
        return OrganisationDetails(code=code, **self.cleaned_data)


class TeamForm(PlainForm):
    name = forms.CharField(label="Name", max_length=120)
    phone = forms.CharField(label="Telephone", required=False, max_length=20, widget=TelephoneInput)
    area = forms.CharField(label="Area it covers", required=False, max_length=200)
    opens_at = forms.TimeField(label="Opens at", error_messages={"invalid": NOT_A_TIME})
    closes_at = forms.TimeField(label="Closes at", error_messages={"invalid": NOT_A_TIME})
    triage_working_days = _number("Working days to read a new referral", most=30)
    answer_working_days = _number("Working days to answer whoever referred", most=60)
    danger_working_hours = _number("Working hours until the second duty person is alerted", most=24)
    full_caseload = _number("Open cases of a full-time worker", most=200)
    duty_user_id = forms.TypedChoiceField(
        label="Duty person",
        help_text="Alerted when words suggest danger.",
        required=False,
        coerce=UUID,
        empty_value=None,
    )
    second_duty_user_id = forms.TypedChoiceField(
        label="Second duty person", required=False, coerce=UUID, empty_value=None
    )
    safeguarding_user_id = forms.TypedChoiceField(
        label="Safeguarding lead", required=False, coerce=UUID, empty_value=None
    )
    takes_self_referrals = forms.BooleanField(label="People may ask this team for help themselves", required=False)

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("duty_user_id", "second_duty_user_id", "safeguarding_user_id"):
            _offer(self, name, [NOBODY, *colleagues])

    def details(self) -> TeamDetails:
        return TeamDetails(**self.cleaned_data)


class RoleForm(PlainForm):
    """A role, and what a lead weighs when choosing a worker."""

    role = forms.ChoiceField(label="Role", choices=[(role.value, ROLE_WORDS[role]) for role in STAFF_ROLES])
    team = forms.TypedChoiceField(label="Team", required=False, coerce=UUID, empty_value=None)
    job_title = forms.CharField(label="Job title", required=False, max_length=80)
    languages = forms.CharField(
        label="Languages they speak with people", help_text="With commas between.", required=False, max_length=200
    )
    working_days = forms.TypedMultipleChoiceField(
        label="Working days", choices=DAYS, required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    full_caseload = _number(
        "Open cases when full", most=200, help_text="Leave empty to use the team’s number.", required=False
    )

    def __init__(self, *args: Any, teams: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "team", [("", "No team"), *teams])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("role") in TEAM_ROLES and given.get("team") is None and "team" not in self.errors:
            self.add_error("team", "Choose the team this role works in")
        return given

    def details(self) -> RoleDetails:
        given = self.cleaned_data
        spoken = tuple(each.strip()[:40] for each in given["languages"].split(",") if each.strip())
        return RoleDetails(
            role=given["role"],
            team_id=given["team"] if given["role"] in TEAM_ROLES else None,
            job_title=given["job_title"],
            languages=spoken,
            working_days=tuple(given["working_days"]),
            full_caseload=given["full_caseload"],
        )


class InviteForm(RoleForm):
    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="Work e-mail address", max_length=254)

    field_order = ("name", "email", "role", "team")


class ChangeRoleForm(RoleForm):
    home_postcode = forms.CharField(
        label="Their home postcode",
        help_text="Only used to notice when they open a neighbour’s record. Nobody else sees it.",
        required=False,
        max_length=10,
    )


class NetworkForm(PlainForm):
    name = forms.CharField(label="Name", max_length=200)
    agreement = forms.CharField(label="Sharing agreement", help_text="Its title, or where it is kept.", max_length=300)
    agreed_on = DateBoxesField(label="Agreed on")
    review_on = DateBoxesField(label="To be looked at again on")

    def details(self) -> NetworkDetails:
        return NetworkDetails(**self.cleaned_data)


class NetworkMemberForm(PlainForm):
    code = forms.CharField(label="Code of the organisation that has signed", max_length=20)


class LookedAtForm(PlainForm):
    note = forms.CharField(
        label="What you found",
        help_text="For example: asked her; she was covering for Sam.",
        widget=forms.Textarea,
        max_length=2000,
    )
