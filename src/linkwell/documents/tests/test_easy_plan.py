"""If this fails, somebody who reads few words is handed a page they cannot read."""

from dataclasses import replace

import pytest

from linkwell.documents.easy_plan import render_easy_plan
from linkwell.documents.plan import Agreement
from linkwell.documents.tests import samples
from linkwell.documents.tests.reading import font_sizes, opened, structure, text_of


def test_an_easy_plan_says_each_thing_on_a_line_of_its_own() -> None:
    text = text_of(render_easy_plan(samples.plan()).pdf)
    for words in (
        "My plan", "Amina", "Being there for my grandchildren.", "A good cook.", "Feeling lonely",
        "I want: Have company twice a week", "This matters to me very much.", "Go to the Tuesday lunch club",
        "Who: Amina and Sam", "When: Tuesday 10 March, 12 noon", "I feel very sure about this.", "Ring my sister",
        "This is done.", "We will talk about my plan again by Tuesday 12 May", "I can ask Sam Okafor.",
        "Phone: 0117 496 0123",
    ):  # fmt: skip
        assert words in text, words
    assert "out of 10" not in text


def test_an_easy_plan_is_large_and_can_be_read_aloud() -> None:
    made = render_easy_plan(samples.plan())
    assert min(font_sizes(made.pdf)) >= 18
    tags = structure(made.pdf)
    assert tags.count("H1") == 1
    assert "H2" in tags
    with opened(made.pdf) as pdf, pdf.open_metadata() as facts:
        assert str(pdf.Root["/Lang"]) == "en-GB"
        assert facts["pdfuaid:part"] == "1"


@pytest.mark.parametrize("name", ["", "أمينة", "Amina\nRahman"])
def test_an_empty_plan_or_a_name_in_any_script_still_makes_a_page(name: str) -> None:
    plan = samples.plan("", name=name)
    empty = replace(plan, needs=(), contact=None, review_on=None, strengths="", agreement=Agreement(False))
    made = render_easy_plan(empty)
    assert made.replaced == ()
    assert "There is nothing in this plan yet." in text_of(made.pdf)
