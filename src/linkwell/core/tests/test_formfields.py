"""If these fail, a form loses what somebody typed, or an error leads nowhere."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from linkwell.core import formfields
from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import Chips, DateBoxesField, TenDotsField

EMPTY = ("label", "hint", "width", "autocomplete", "inputmode", "prefix", "suffix", "classes")
LOOK: dict[str, Any] = {name: "" for name in EMPTY} | {  # noqa: C420 - the values differ in type
    "size": "s",
    "heading": False,
    "conditional": {},
    "rows": 5,
    "inline": False,
    "small": False,
}


class Everything(PlainForm):
    name = forms.CharField(label="Full name", max_length=5)
    team = forms.ChoiceField(label="NHS team", choices=[("", "Pick"), ("n", "North")])
    why = forms.CharField(label="What would help?", required=False, widget=forms.Textarea)
    born = DateBoxesField(label="Date of birth")
    sure = TenDotsField(label="How sure?", required=False)
    needs = forms.MultipleChoiceField(label="Needs", choices=[("a", "A"), ("b", "B")], widget=Chips, required=False)
    hours = forms.DecimalField(label="Hours", required=False)
    key = forms.CharField(widget=forms.HiddenInput)


class OneDate(PlainForm):
    born = DateBoxesField(label="Date of birth")


def dated(day: str, month: str, year: str) -> OneDate:
    return OneDate({"born_day": day, "born_month": month, "born_year": year})


def test_an_empty_field_is_named_in_its_message() -> None:
    found = formfields.form_errors(Everything({}))

    assert [error.message for error in found] == [
        "Enter full name",
        "Choose NHS team",
        "Enter date of birth",
        formfields.OUT_OF_DATE,
    ]


def test_an_error_leads_to_the_box_to_mend() -> None:
    form = Everything({"sure": "11"})

    targets = {error.message: error.target for error in formfields.form_errors(form)}

    assert targets["Enter full name"] == "id_name"
    assert targets["Enter date of birth"] == "id_born_day"
    assert "id_sure" in targets.values()
    assert targets[formfields.OUT_OF_DATE] == ""


def test_what_was_typed_comes_back_though_it_was_wrong() -> None:
    form = Everything(
        {"name": "much too long", "born_day": "31", "born_month": "Feb", "born_year": "64", "needs": ["b"]}
    )

    assert formfields.params(form["name"], LOOK)["value"] == "much too long"
    assert [box["value"] for box in formfields.params(form["born"], LOOK)["items"]] == ["31", "Feb", "64"]
    assert [option.chosen for option in formfields.options(form["needs"])] == [False, True]


def test_a_pasted_text_is_never_cut_by_the_browser() -> None:
    assert "maxlength" not in formfields.params(Everything()["name"], LOOK)["attributes"]


def test_a_field_that_may_be_left_out_says_so() -> None:
    form = Everything()

    assert formfields.words(form["hours"]) == "Hours (optional)"
    assert formfields.words(form["name"]) == "Full name"


def test_a_number_is_typed_with_number_keys_in_a_text_box() -> None:
    drawn = formfields.params(Everything()["hours"], LOOK)

    assert (drawn["type"], drawn["inputmode"]) == ("text", "decimal")


@pytest.mark.parametrize("month", ["3", "03", "mar", "March", " MARCH "])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    form = dated("27", month, "1964")

    assert form.is_valid()
    assert form.cleaned_data["born"] == dt.date(1964, 3, 27)


@pytest.mark.parametrize(
    ("day", "month", "year", "message"),
    [
        ("31", "2", "1964", "The date must be a real date, like 27 3 1964"),
        ("1", "ma", "1964", "The date must be a real date, like 27 3 1964"),
        ("", "3", "", "The date must include a day and year"),
        ("1", "3", "64", "The year must have 4 numbers, like 1964"),
        ("²", "3", "1964", "The date must be a real date, like 27 3 1964"),
        ("1", "٣", "١٩٦٤", "The year must have 4 numbers, like 1964"),
    ],
)
def test_a_date_that_is_not_one_is_answered_in_words(day: str, month: str, year: str, message: str) -> None:
    assert dated(day, month, year).errors["born"] == [message]


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_no_date_breaks_the_form(day: str, month: str, year: str) -> None:
    form = dated(day, month, year)

    assert form.is_valid() or form.errors["born"]


@given(st.dates(dt.date(1000, 1, 1)))
def test_every_date_survives_the_boxes(date: dt.date) -> None:
    form = dated(str(date.day), f"{date:%B}", str(date.year))

    assert form.is_valid()
    assert form.cleaned_data["born"] == date


def test_ten_dots_clean_to_a_whole_number_or_nothing() -> None:
    assert Everything({"sure": "7"})["sure"].field.clean("7") == 7
    assert Everything()["sure"].field.clean("") is None


class Wrong(PlainForm):
    email = forms.EmailField(label="E-mail")
    name = forms.CharField(label="NHS number", max_length=3)
    hours = forms.IntegerField(label="Hours a week (100% = 40)", max_value=40)
    many = forms.IntegerField(label="How many?")
    team = forms.ChoiceField(label="Team", choices=[("n", "North")])
    own = forms.CharField(label="Own", error_messages={"required": "Say why, in a sentence"})


def test_each_mistake_is_answered_with_how_to_mend_it() -> None:
    form = Wrong({"email": "x@", "name": "1234", "hours": "41", "many": "ten", "team": "<s>"})

    assert {name: messages[0] for name, messages in form.errors.items()} == {
        "email": "Enter an e-mail address like name@example.org",
        "name": "NHS number must be 3 characters or fewer. It is 4 now",
        "hours": "Hours a week (100% = 40) must be 40 or less",
        "many": "Your answer must be a number, like 12",
        "team": "Choose one of the answers on the page",
        "own": "Say why, in a sentence",
    }


def test_a_character_that_cannot_be_kept_is_refused_in_words() -> None:
    form = Wrong({"name": "1\x00"})

    assert form.errors["name"] == ["NHS number holds a character that cannot be kept"]
