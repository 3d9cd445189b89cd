"""If these fail, a report hides its bad news, or somebody who does not see the picture is told less."""

from __future__ import annotations

import re
from math import nan
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from linkwell.documents.tests.reading import font_sizes, structure, text_of
from linkwell.evaluation.estimate import Estimate
from linkwell.evaluation.report import Chart, Report, Section, TableOf, charts
from linkwell.evaluation.report.charts import Band, Mark, Series
from linkwell.evaluation.report.drawing import room_for, ticks
from linkwell.evaluation.report.writing import as_html, as_pdf

ODD = 'Ward <7> & "co"\u202e'
SVG = "{http://www.w3.org/2000/svg}"

CHARTS = [
    charts.line(
        "Visits",
        "Three months.",
        ["2026-01", "2026-02", ODD],
        [Series(ODD, [1, nan, 3], dots=True, special=frozenset({2})), Series("mean", [2, 2, 2], dash=1, colour=1)],
        marks=[Mark(1, "it began")],
        band=Band([0, 0, nan], [4, 4, nan]),
    ),
    charts.bars("Ways", "Two bars.", [(ODD, 3), ("none", 0)], first="Way", second="People"),
    charts.forest("Ratios", "One.", [(ODD, Estimate(1.2, 0.9, 1.6, 30, p=0.2))], null=1, first="What", second="Ratio"),
    charts.love("Balance", "One.", [(ODD, 0.4, 0.02), ("age", nan, nan)]),
]


def report(answer: str, *sections: Section) -> Report:
    return Report("A report", answer, ("It rests on 40 people.",), sections)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
def test_a_picture_says_what_it_shows_and_its_table_has_every_number(chart: Chart) -> None:
    drawing = ElementTree.fromstring(chart.drawing)  # noqa: S314 - drawn by us
    assert drawing.get("role") == "img"
    assert [drawing.findtext(f"{SVG}{name}") for name in ("title", "desc")] == [chart.title, chart.words]
    assert all(len(row) == len(chart.table.headings) for row in chart.table.rows)
    assert "nan" not in chart.drawing.lower()
    assert not re.search(r"<script|<image|href|url\(", chart.drawing)


def test_the_page_stands_alone_and_shows_every_picture_with_its_table() -> None:
    page = BeautifulSoup(as_html(report("It fell.", Section("Seen", (ODD,), tuple(CHARTS)))), "html.parser")
    assert not page.find_all(["script", "link", "img", "iframe"])
    assert len(page.find_all("svg")) == len(page.find_all("table")) == len(CHARTS)
    assert all(table.find("caption") and table.find("th", scope="row") for table in page.find_all("table"))
    assert "\u202e" not in page.get_text()
    assert 'Ward <7> & "co"' in page.get_text()


@pytest.mark.parametrize("answer", ["Scores became better.", "Scores became worse.", "No change can be seen."])
def test_help_harm_and_no_effect_are_said_in_the_same_place_and_size(answer: str) -> None:
    page = BeautifulSoup(as_html(report(answer)), "html.parser")
    assert [each.get_text() for each in page.select("h1 + p.answer")] == [answer]
    pdf = as_pdf(report(answer))
    assert font_sizes(pdf) == font_sizes(as_pdf(report("Something else.")))
    assert text_of(pdf).index(answer) < text_of(pdf).index("It rests on")


def test_the_pdf_is_tagged_and_holds_the_tables() -> None:
    table = TableOf("The change", ("What", "Value"), (("Mean", "1.2"),))
    pdf = as_pdf(report("It fell.", Section("Numbers", ("Words.",), (table, *CHARTS), warning=True)))
    assert "1.2" in text_of(pdf)
    tags = structure(pdf)
    assert tags.count("Figure") >= len(CHARTS)
    assert tags.count("Table") == 1 + len(CHARTS)


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-3, 7), (99.5, 100.5), (0, 1e9), (-1e-7, 1e-7)])
def test_an_axis_has_round_numbers_within_it(low: float, high: float) -> None:
    found = ticks(low, high)
    assert 2 <= len(found) <= 7
    assert all(low <= each <= high for each in found)


def test_an_axis_has_room_where_every_value_is_the_same_or_none_is_there() -> None:
    for values in ([5.0, 5.0], [0.0], [], [nan]):
        low, high = room_for(values)
        assert low < high
