"""The four pictures of a report: a line over time, bars, a forest of intervals, and balance before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from linkwell.evaluation.estimate import Estimate
from linkwell.evaluation.report import Chart, TableOf, saying
from linkwell.evaluation.report.drawing import (
    BLUE,
    COLOURS,
    DASHES,
    INK,
    ORANGE,
    QUIET,
    WASH,
    Axis,
    Sheet,
    room_for,
    short,
    spread_out,
    ticks,
    wide,
)

WIDTH, HEIGHT, ROW = 720, 380, 28
# A standardised difference beyond this is the usual sign that two groups are not alike.
BALANCED = 0.1


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a value for each place on the axis, `nan` where there is none.

    `dots` draws each point; `special` are the points drawn as diamonds. `dash` is a number into the dashes.
    """

    name: str
    values: Sequence[float]
    dots: bool = False
    dash: int = 0
    colour: int = 0
    special: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Mark:
    """A vertical line before place `at`, with a word or two."""

    at: int
    words: str


@dataclass(frozen=True, slots=True)
class Band:
    """The space between two limits, for each place on the axis."""

    low: Sequence[float]
    high: Sequence[float]


def line(
    title: str,
    words: str,
    places: Sequence[str],
    series: Sequence[Series],
    *,
    first: str = "When",
    marks: Sequence[Mark] = (),
    band: Band | None = None,
) -> Chart:
    """Values over time. `places` names each point of the axis; its own name is `first`."""
    sheet = Sheet(WIDTH, HEIGHT)
    shown = [value for each in series for value in each.values] + ([*band.low, *band.high] if band else [])
    low, high = room_for(shown)
    across, up = Axis(0, max(1, len(places) - 1), 64, WIDTH - 20), Axis(low, high, HEIGHT - 36, 52)
    if band:
        _fill(sheet, band, across, up)
    _scale_up(sheet, up)
    for place in spread_out(len(places)):
        sheet.words(across.at(place), HEIGHT - 14, places[place], anchor="middle", colour=QUIET)
    for mark in marks:
        x = across.at(mark.at - 0.5)
        sheet.line((x, 46), (x, HEIGHT - 36), INK, "4 3")
        sheet.words(min(x, WIDTH - 20 - wide(mark.words)) + 4, 44, mark.words, colour=QUIET)
    for each in series:
        _draw(sheet, each, across, up)
    _legend(sheet, series)
    return Chart(title, words, sheet.done(title, words), _table_of_series(title, first, places, series, band))


def bars(title: str, words: str, rows: Sequence[tuple[str, float]], *, first: str, second: str) -> Chart:
    """How many of each: bars that lie, so that their names can be read."""
    left = 24 + max((wide(short(name)) for name, _ in rows), default=0)
    sheet = Sheet(WIDTH, 20 + ROW * len(rows))
    across = Axis(0, max([value for _, value in rows] + [1]), left, WIDTH - 80)
    for place, (name, value) in enumerate(rows):
        y = 10 + ROW * place
        sheet.words(left - 10, y + 18, short(name), anchor="end")
        sheet.box(left, y + 4, across.at(value) - left, ROW - 8, BLUE)
        sheet.words(across.at(value) + 8, y + 18, saying.number(value))
    table = TableOf(title, (first, second), tuple((name, saying.number(value)) for name, value in rows))
    return Chart(title, words, sheet.done(title, words), table)


def forest(
    title: str,
    words: str,
    rows: Sequence[tuple[str, Estimate]],
    *,
    null: float = 0.0,
    first: str,
    second: str,
    tested: bool = True,
) -> Chart:
    """Each estimate as a dot with its interval, and a line where there is no effect. `tested`: it has a p and an n."""
    left = 24 + max((wide(short(name)) for name, _ in rows), default=0)
    sheet, low_edge = Sheet(WIDTH, 60 + ROW * len(rows)), 24 + ROW * len(rows)
    ends = [end for _, each in rows for end in (each.low, each.high, each.value)]
    low, high = room_for(ends, always=(null,))
    across = Axis(low, high, left, WIDTH - 20)
    _scale_across(sheet, across, low_edge)
    sheet.line((across.at(null), 8), (across.at(null), low_edge), INK)
    for place, (name, each) in enumerate(rows):
        y = 24 + ROW * place
        sheet.words(left - 10, y + 4, short(name), anchor="end")
        sheet.path(((across.at(each.low), y), (across.at(each.high), y)), BLUE)
        sheet.dot(across.at(each.value), y)
    more = ("p", "n") if tested else ()
    cells = tuple((name, *_cells(each), *(_tested(each) if tested else ())) for name, each in rows)
    table = TableOf(title, (first, second, "95 % interval", *more), cells)
    return Chart(title, words, sheet.done(title, words), table)


def love(title: str, words: str, rows: Sequence[tuple[str, float, float]]) -> Chart:
    """Standardised differences before (hollow) and after (full): how alike two groups were, and have become."""
    left = 24 + max((wide(short(name)) for name, _, _ in rows), default=0)
    sheet, low_edge = Sheet(WIDTH, 84 + ROW * len(rows)), 48 + ROW * len(rows)
    low, high = room_for([value for _, *pair in rows for value in pair], always=(-2 * BALANCED, 2 * BALANCED))
    across = Axis(low, high, left, WIDTH - 20)
    sheet.box(across.at(-BALANCED), 32, across.at(BALANCED) - across.at(-BALANCED), low_edge - 32, WASH)
    _scale_across(sheet, across, low_edge)
    for place, (name, before, after) in enumerate(rows):
        y = 48 + ROW * place
        sheet.words(left - 10, y + 4, short(name), anchor="end")
        sheet.line((left, y), (WIDTH - 20, y))
        if isfinite(before):
            sheet.dot(across.at(before), y, ORANGE, hollow=True, size=5)
        if isfinite(after):
            sheet.dot(across.at(after), y)
    sheet.dot(left, 14, ORANGE, hollow=True, size=5)
    sheet.words(left + 12, 18, "before")
    sheet.dot(left + 90, 14)
    sheet.words(left + 102, 18, "after")
    cells = tuple((name, saying.number(before), saying.number(after)) for name, before, after in rows)
    table = TableOf(title, ("", "Difference before", "Difference after"), cells)
    return Chart(title, words, sheet.done(title, words), table)


def _draw(sheet: Sheet, series: Series, across: Axis, up: Axis) -> None:
    colour, points = COLOURS[series.colour], [(across.at(x), up.at(y)) for x, y in enumerate(series.values)]
    for start, end in _runs(series.values):
        sheet.path(points[start:end], colour, DASHES[series.dash])
    for place, (x, y) in enumerate(points):
        if place in series.special:
            sheet.diamond(x, y)
        elif series.dots and isfinite(y):
            sheet.dot(x, y, colour, size=3)


def _runs(values: Sequence[float]) -> list[tuple[int, int]]:
    """Where a line goes without a gap: from, and up to but not with."""
    edges = [-1, *(place for place, value in enumerate(values) if not isfinite(value)), len(values)]
    return [(before + 1, after) for before, after in pairwise(edges) if after - before > 1]


def _fill(sheet: Sheet, band: Band, across: Axis, up: Axis) -> None:
    for start, end in _runs([low + high for low, high in zip(band.low, band.high, strict=True)]):
        there = [(across.at(x), up.at(band.low[x])) for x in range(start, end)]
        sheet.area([*there, *((across.at(x), up.at(band.high[x])) for x in reversed(range(start, end)))])


def _legend(sheet: Sheet, series: Sequence[Series]) -> None:
    x = 64.0
    for each in series:
        sheet.path(((x, 18), (x + 26, 18)), COLOURS[each.colour], DASHES[each.dash])
        sheet.words(x + 32, 22, each.name)
        x += 52 + wide(each.name)


def _scale_up(sheet: Sheet, up: Axis) -> None:
    for value in ticks(up.low, up.high):
        sheet.line((64, up.at(value)), (WIDTH - 20, up.at(value)))
        sheet.words(56, up.at(value) + 4, f"{value:,.10g}", anchor="end", colour=QUIET)


def _scale_across(sheet: Sheet, across: Axis, y: float) -> None:
    for value in ticks(across.low, across.high):
        sheet.line((across.at(value), 32), (across.at(value), y))
        sheet.words(across.at(value), y + 20, f"{value:,.10g}", anchor="middle", colour=QUIET)


def _table_of_series(
    title: str, first: str, places: Sequence[str], series: Sequence[Series], band: Band | None
) -> TableOf:
    headings = [first, *(each.name for each in series)]
    columns = [each.values for each in series]
    if band:
        headings += ["Lower limit", "Upper limit"]
        columns += [band.low, band.high]
    rows = tuple(
        (place, *(saying.number(column[at]) if isfinite(column[at]) else "–" for column in columns))
        for at, place in enumerate(places)
    )
    return TableOf(title, tuple(headings), rows)


def _cells(given: Estimate) -> tuple[str, ...]:
    return saying.number(given.value), saying.interval(given.low, given.high)


def _tested(given: Estimate) -> tuple[str, ...]:
    return saying.p_value(given.p), f"{given.n:,}"
