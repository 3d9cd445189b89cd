"""The pictures of a public page, drawn from cells alone; each stands beside the table with the same cells."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from linkwell.evaluation.disclosure.cells import Count
from linkwell.evaluation.report.drawing import BLUE, INK, QUIET, Axis, Sheet, room_for, ticks, wide
from linkwell.kernel.tongue import say
from linkwell.showcase.presenters import Change, Line, Showcase, ranged

WIDTH, ROW, MOST = 720, 30, 8
PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class Pictures:
    """Whole drawings, empty where there is nothing to draw."""

    needs: Markup
    changes: Markup


def pictures(page: Showcase) -> Pictures:
    shown = [line for line in page.needs_shown if isinstance(line.cell, Count) and line.cell.shown][:MOST]
    moved = list(page.changes_shown)
    # A sheet escapes every word that is drawn on it.
    return Pictures(Markup(_needs(shown) if shown else ""), Markup(_changes(moved) if moved else ""))  # noqa: S704


def _needs(lines: list[Line]) -> str:
    """Bars that lie, so that their names can be read."""
    left = 24 + max(wide(line.label) for line in lines)
    sheet = Sheet(WIDTH, 16 + ROW * len(lines))
    sizes = [float(line.cell.shown or 0) if isinstance(line.cell, Count) else 0.0 for line in lines]
    across = Axis(0, max(sizes), left, WIDTH - 80)
    for place, (line, size) in enumerate(zip(lines, sizes, strict=True)):
        y = 8 + ROW * place
        sheet.words(left - 10, y + 19, line.label, anchor="end")
        sheet.box(left, y + 5, across.at(size) - left, ROW - 10, BLUE)
        sheet.words(across.at(size) + 8, y + 19, str(line.cell))
    said = say("The most common: %(what)s, %(people)s people. The table below has all of them.")
    given = {"what": lines[0].label, "people": lines[0].cell}
    return sheet.done(say("What people wanted to change"), said % given)


def _changes(changes: list[Change]) -> str:
    """Each mean change as a dot with its range, and a line at no change."""
    sheet, low_edge = Sheet(WIDTH, 64 + 2 * ROW * len(changes)), 28 + 2 * ROW * len(changes)
    ends = [end for each in changes for end in (each.mean.low, each.mean.high) if end is not None]
    low, high = room_for(ends, always=(0.0,))
    across = Axis(low, high, 20, WIDTH - 20)
    for value in ticks(low, high):
        sheet.line((across.at(value), 20), (across.at(value), low_edge))
        sheet.words(across.at(value), low_edge + 22, f"{value:g}", anchor="middle", colour=QUIET)
    sheet.line((across.at(0.0), 10), (across.at(0.0), low_edge), INK)
    for place, each in enumerate(changes):
        _change(sheet, across, each, 20 + 2 * ROW * place)
    said = say("Each mean change with the range that it may be in. The table below has the numbers.")
    return sheet.done(say("How far answers moved, in points"), said)


def _change(sheet: Sheet, across: Axis, each: Change, y: float) -> None:
    mean = each.mean
    if mean.value is None or mean.low is None or mean.high is None:
        return
    words = f"{each.label}: {mean} ({ranged(mean)})"
    # The lines of the scale do not run through the words.
    sheet.box(20, y + 4, wide(words), 20, PAPER)
    sheet.words(20, y + 18, words)
    sheet.path(((across.at(mean.low), y + 38), (across.at(mean.high), y + 38)), BLUE)
    sheet.dot(across.at(mean.value), y + 38)
