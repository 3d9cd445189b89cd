"""What someone would lose if these failed: a plan they can read, keep and have read to them."""

from __future__ import annotations

import itertools
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from linkwell.documents.letter import Bullets, Letter, Paragraph, render_letter
from linkwell.documents.message_back import BANNER, Item, filled, render_message_back
from linkwell.documents.plan import Agreement, Goal, Need, Step, agreed_words, render_plan
from linkwell.documents.rendering import Layout, Rendered
from linkwell.documents.tests import samples
from linkwell.documents.tests.reading import font_sizes, opened, structure, text_of


def _each(layout: Layout) -> list[Rendered]:
    return [
        render_plan(samples.plan(), layout),
        render_letter(samples.letter(), layout),
        render_message_back(samples.message_back(), layout),
    ]


@pytest.mark.parametrize("layout", Layout)
def test_a_screen_reader_finds_language_title_and_tags(layout: Layout) -> None:
    for rendered in _each(layout):
        with opened(rendered.pdf) as pdf, pdf.open_metadata() as facts:
            assert bool(pdf.Root["/MarkInfo"]["/Marked"])
            assert str(pdf.Root["/Lang"]) == "en-GB"
            assert bool(pdf.Root["/ViewerPreferences"]["/DisplayDocTitle"])
            assert facts["pdfuaid:part"] == "1"
            assert facts["dc:title"]
        assert {"Document", "H1", "H2", "P"} <= set(structure(rendered.pdf))


def test_headings_come_in_order_and_steps_are_a_list() -> None:
    tags = structure(render_plan(samples.plan()).pdf)
    levels = [int(tag[1]) for tag in tags if tag in ("H1", "H2", "H3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert tags.count("LI") == 2


@pytest.mark.parametrize("layout", Layout)
def test_the_plan_says_everything_in_it(layout: Layout) -> None:
    text = text_of(render_plan(samples.plan(), layout).pdf)
    for words in (
        "Amina", "My plan", "Made on Tuesday 3 March 2026. This is version 2.", "Being there for my grandchildren.",
        "A good cook.", "Feeling lonely", "The evenings are hardest.", "Have company twice a week", "9 out of 10",
        "Go to the Tuesday lunch club", "Amina and Sam · Tuesday 10 March, 12 noon", "7 out of 10", "Ring my sister",
        "every Sunday · Done", "Money worries", "10 out of 10",
        "Agreed with Amina on Tuesday 3 March 2026, face to face.",
        "We will look at it again by Tuesday 12 May 2026.", "Sam Okafor, link worker", "Harbour Community Trust",
        "0117 496 0123", "sam@harbour.example",
    ):  # fmt: skip
        assert words in text, words


def test_the_number_is_said_beside_the_dots_and_the_dots_are_decoration() -> None:
    pdf = render_plan(samples.plan()).pdf
    assert text_of(pdf).count("out of 10") == 3
    assert "page 1 of" in text_of(pdf, artifacts=True)
    assert "page 1 of" not in text_of(pdf)


def test_large_print_has_no_small_print() -> None:
    for rendered in _each(Layout.LARGE_PRINT):
        assert min(font_sizes(rendered.pdf)) >= 18


def test_standard_print_is_twelve_point_with_only_labels_smaller() -> None:
    for rendered in _each(Layout.STANDARD):
        assert 12 in font_sizes(rendered.pdf)
        assert min(font_sizes(rendered.pdf)) >= 10


def test_the_same_plan_is_the_same_file_at_any_time(time_machine: object) -> None:
    first = _each(Layout.STANDARD)
    time_machine.move_to("2031-07-01 12:00Z")  # type: ignore[attr-defined]
    assert _each(Layout.STANDARD) == first


def test_another_plan_is_another_file() -> None:
    assert render_plan(samples.plan()).pdf != render_plan(samples.plan(name="Ben")).pdf


def test_a_plan_with_almost_nothing_in_it_is_still_a_page() -> None:
    bare = replace(
        samples.plan(), needs=(), what_matters=" ", strengths="", person_name="", contact=None, review_on=None
    )
    text = text_of(render_plan(bare).pdf)
    assert "There is nothing in this plan yet." in text
    assert "What matters to me" not in text
    assert "Questions" not in text


def test_a_plan_not_agreed_says_why() -> None:
    assert agreed_words(Agreement(False, why_not="she wants time to think.")) == (
        "Not agreed together yet: she wants time to think."
    )
    assert agreed_words(Agreement(True)) == "Agreed."


@pytest.mark.parametrize("number", [0, 11, -1])
def test_importance_outside_ten_dots_is_refused(number: int) -> None:
    wrong = replace(samples.plan(), needs=(Need("Food", goals=(Goal("Eat well", number),)),))
    with pytest.raises(ValueError, match="1 to 10"):
        render_plan(wrong)


def test_a_long_plan_runs_over_pages_and_loses_nothing() -> None:
    steps = tuple(Step(f"Step number {n} of many, " + "word " * 30, "Me", "soon", 5) for n in range(60))
    long = replace(samples.plan("life " * 2000), needs=(Need("Food", goals=(Goal("Eat", 5, steps),)),))
    rendered = render_plan(long)
    assert len(opened(rendered.pdf).pages) > 5
    text = text_of(rendered.pdf)
    assert all(f"Step number {n} of many" in text for n in range(60))
    assert text.count("life") == 2000


def test_the_letter_says_everything_and_leaves_blanks_out() -> None:
    text = text_of(render_letter(samples.letter()).pdf)
    for words in (
        "Harbour Community Trust", "12 Quay Street", "Mrs Amina Rahman", "14 Orchard Road", "3 March 2026",
        "Our reference: LW-7K3-Q9TC", "Dear Mrs Amina Rahman", "Our visit", "I will visit you on Tuesday.",
        "What to have ready", "Any letters", "Questions", "With best wishes,", "Sam Okafor", "Link worker",
    ):  # fmt: skip
        assert words in text, words
    assert structure(render_letter(samples.letter()).pdf).count("LI") == 2


def test_a_letter_of_blanks_is_still_a_letter() -> None:
    letter: Letter = replace(samples.letter(), parts=(Bullets(("", " ")), Paragraph(" ")), subject="")
    assert "Sam Okafor" in text_of(render_letter(letter).pdf)


def test_the_message_back_tells_the_reader_that_the_patient_can_read_it() -> None:
    text = text_of(render_message_back(samples.message_back()).pdf)
    assert text.strip().startswith(BANNER)
    for words in ("Amina Rahman", "999 000 0018", "What helped", "Lunch club Goes every Tuesday.", "her knee hurt"):
        assert words in text, words


def test_the_message_back_leaves_blanks_out() -> None:
    text = text_of(render_message_back(samples.message_back()).pdf)
    assert not any(words in text for words in ("Pronouns", "Left blank", "Nothing to say", "Blank"))
    sections = filled(samples.message_back().sections)
    assert [section.heading for section in sections] == ["What helped", "What did not work"]
    assert sections[0].items == (Item("Lunch club", "Goes every Tuesday."),)


def test_many_people_can_print_at_once() -> None:
    plans = [samples.plan(name=f"Person {n}") for n in range(8)]
    alone = [render_plan(plan).pdf for plan in plans]
    with ThreadPoolExecutor(8) as pool:
        together = [rendered.pdf for rendered in pool.map(render_plan, plans)]
    assert together == alone


def test_a_page_is_ready_before_anyone_waits() -> None:
    render_plan(samples.plan())
    start = time.perf_counter()
    for n in range(10):
        render_plan(samples.plan(f"What matters, said the {n}th time"))
    assert (time.perf_counter() - start) / 10 < 0.5
