"""The rules of a team: one box for each number it works by, in groups, and the targets of a commissioner."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django import forms

from linkwell.accounts.rules import Rules, Targets
from linkwell.core.plain_forms import PlainForm


@dataclass(frozen=True, slots=True)
class Rule:
    """One number: what it is called, what it does, and between what it may lie."""

    name: str
    label: str
    help: str
    least: int
    most: int


GROUPS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    (
        "Whom the team supports",
        (
            Rule("youngest", "Youngest age", "Full years.", 0, 120),
            Rule("oldest", "Oldest age", "Leave this empty where there is no upper age.", 0, 120),
        ),
    ),
    (
        "Targets, in working days from the day a referral came",
        (
            Rule(
                "first_try_working_days",
                "Until somebody first tries to reach them",
                "Bank holidays of your nation and pauses do not count.",
                1,
                120,
            ),
            Rule("first_talk_working_days", "Until the first conversation", "", 1, 250),
        ),
    ),
    (
        "Trying to reach somebody",
        (
            Rule("tries_before_closing", "Tries before support may end as “could not be reached”", "", 1, 20),
            Rule("ways_before_closing", "Safe ways to have tried by then", "Phone, text, e-mail, letter, visit.", 1, 5),
            Rule("missed_before_asking", "Missed appointments until you ask what got in the way", "", 1, 10),
        ),
    ),
    (
        "Waiting and coming back",
        (
            Rule("still_waiting_weeks", "Weeks between calls to somebody who waits", "", 1, 26),
            Rule("wait_weeks", "Weeks of referrals the wait is counted from", "The wait that people are told.", 4, 104),
            Rule(
                "wait_least_people",
                "People spoken with before a wait is told",
                "With fewer, the form says that we do not know yet.",
                5,
                500,
            ),
            Rule("reopen_within_days", "Days in which support that ended may start again", "", 0, 365),
            Rule("hand_over_working_days", "Working days another team has to answer when you hand over", "", 1, 60),
        ),
    ),
    (
        "The usual length of support",
        (
            Rule("offer_weeks", "Weeks", "", 1, 104),
            Rule("offer_conversations", "Conversations", "", 1, 100),
        ),
    ),
    (
        "Workers",
        (
            Rule("visit_grace_minutes", "Minutes after a visit’s end until a colleague is told", "", 0, 240),
            Rule("supervision_weeks", "Weeks between supervision meetings", "", 1, 52),
            Rule("full_time_hours", "Hours a week of full-time work", "For example 37.5.", 1, 60),
        ),
    ),
)
_BY_NAME = {rule.name: rule for _, rules in GROUPS for rule in rules}


def _box(rule: Rule) -> forms.Field:
    wrong = f"{rule.label} must be a number from {rule.least} to {rule.most}"
    words = dict.fromkeys(("invalid", "min_value", "max_value", "max_decimal_places", "max_digits"), wrong)
    common: dict[str, Any] = {
        "label": rule.label,
        "help_text": rule.help,
        "min_value": rule.least,
        "max_value": rule.most,
        "error_messages": words,
    }
    if rule.name == "full_time_hours":
        return forms.DecimalField(max_digits=4, decimal_places=1, **common)
    return forms.IntegerField(required=rule.name != "oldest", **common)


class RulesForm(PlainForm):
    for_children = forms.BooleanField(
        label="This is a team for children and young people",
        help_text="Parental responsibility and who decides are then asked.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        youngest, oldest = given.get("youngest"), given.get("oldest")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("oldest", "The oldest age must be the youngest age or more")
        first, talk = given.get("first_try_working_days"), given.get("first_talk_working_days")
        if first and talk and talk < first:
            self.add_error("first_talk_working_days", "The first conversation cannot be due before the first try")
        return given

    def rules(self) -> Rules:
        """What was chosen. Numbers that have no box here keep their default."""
        given = self.cleaned_data
        known = {field.name for field in fields(Rules)}
        return Rules(**{name: value for name, value in given.items() if name in known})


RulesForm.base_fields.update({name: _box(rule) for name, rule in _BY_NAME.items()})


class TargetsForm(PlainForm):
    commissioner = forms.TypedChoiceField(
        label="Commissioner",
        help_text="These hold for its own referrals, and for those of organisations in a network with it.",
        coerce=UUID,
        error_messages={"required": "Choose a commissioner"},
    )
    triage = forms.IntegerField(label="Working days until a referral is read", min_value=1, max_value=60)
    first_try = forms.IntegerField(label="Working days until somebody first tries", min_value=1, max_value=120)
    first_talk = forms.IntegerField(label="Working days until the first conversation", min_value=1, max_value=250)

    def __init__(self, *args: Any, commissioners: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["commissioner"]).choices = [("", "Choose one"), *commissioners]

    def targets(self) -> Targets:
        given = self.cleaned_data
        return Targets(given["triage"], given["first_try"], given["first_talk"])


def shown(rules: Rules) -> dict[str, Any]:
    """The first values of the form: 37.5 hours as people write them."""
    values = {field.name: getattr(rules, field.name) for field in fields(rules)}
    return {name: str(value.normalize()) if isinstance(value, Decimal) else value for name, value in values.items()}
