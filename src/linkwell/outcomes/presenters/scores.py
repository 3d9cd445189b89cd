"""Scores over time: in words, as a small picture, and in the table beside it. Never a sum of scores."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from linkwell.core.addresses import address
from linkwell.kernel import words
from linkwell.kernel.tongue import say
from linkwell.measures.pack import Pack, Score
from linkwell.measures.scoring import scale
from linkwell.outcomes.details import ResponseRow

# Of the picture, in its own units.
WIDTH, HEIGHT, EDGE = 120, 40, 5
MOST_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a score, when it was, and where it stands in the picture."""

    value: float
    words: str
    band: str
    when: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """One score over time. `cells` are one for each column of the table."""

    words: str
    better: str
    said: str
    points: tuple[Point, ...]
    cells: tuple[str, ...]

    @property
    def path(self) -> str:
        """The points of a polyline."""
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)


@dataclass(frozen=True, slots=True)
class Series:
    """One questionnaire over time. `more`: columns left out between the first and those shown."""

    name: str
    title: str
    columns: tuple[dict[str, str], ...]
    lines: tuple[Line, ...]
    more: int


def series(rows: Iterable[ResponseRow]) -> list[Series]:
    """A series for each questionnaire, the one answered last first."""
    by_pack = sorted(rows, key=lambda row: row.pack.name)
    found = [(list(group)) for _, group in groupby(by_pack, key=lambda row: row.pack.name)]
    found.sort(key=lambda group: group[-1].answered_on, reverse=True)
    return [_series(group) for group in found]


def _series(rows: list[ResponseRow]) -> Series:
    pack, shown = rows[-1].pack, _shown(rows)
    return Series(
        name=pack.name,
        title=pack.title,
        columns=tuple(_column(row) for row in shown),
        lines=tuple(_line(pack, one, rows, shown) for one in pack.scores),
        more=len(rows) - len(shown),
    )


def _shown(rows: list[ResponseRow]) -> list[ResponseRow]:
    """The first, and as many of the last as a page has room for."""
    return rows if len(rows) <= MOST_COLUMNS else [rows[0], *rows[1 - MOST_COLUMNS :]]


def _column(row: ResponseRow) -> dict[str, str]:
    return {
        "when": words.short_date(row.answered_on),
        "occasion": say(row.occasion_words),
        "url": address("outcomes:response", row.id),
    }


def _line(pack: Pack, one: Score, rows: list[ResponseRow], shown: list[ResponseRow]) -> Line:
    points = _points(pack, one, rows)
    return Line(
        words=say(one.words),
        better=say("Higher is better") if one.better == "higher" else say("Lower is better"),
        said=change_words(one, points),
        points=points,
        cells=tuple(cell(row, one.code) for row in shown),
    )


def cell(row: ResponseRow, code: str) -> str:
    """A score in a table: its value and what that is called, or why there is none."""
    found = row.score(code)
    if found is None or found.value is None:
        return say("Not answered")
    return f"{number(found.value)} ({say(found.band)})" if found.band else number(found.value)


def number(value: float) -> str:
    """Without what is always nought: "7", "19.25"."""
    return f"{value:g}"


def _points(pack: Pack, one: Score, rows: list[ResponseRow]) -> tuple[Point, ...]:
    there = [(row, found) for row in rows if (found := row.score(one.code)) is not None and found.value is not None]
    low, high = scale(pack, one)
    first, last = (there[0][0].answered_on, there[-1][0].answered_on) if there else (None, None)
    days = (last - first).days if first and last else 0
    points = []
    for row, found in there:
        value = found.value or 0.0
        part = (row.answered_on - there[0][0].answered_on).days / days if days else 0.5
        x = EDGE + part * (WIDTH - 2 * EDGE)
        y = HEIGHT - EDGE - (value - low) / (high - low) * (HEIGHT - 2 * EDGE)
        when = words.short_date(row.answered_on)
        points.append(Point(value, number(value), found.band, when, round(x, 1), round(y, 1)))
    return tuple(points)


def change_words(one: Score, points: tuple[Point, ...]) -> str:
    """From the first to the last, and which way is better. A difference smaller than people notice is said to be so."""
    if not points:
        return say("Not answered yet.")
    first, last = points[0], points[-1]
    if len(points) == 1:
        return say("%(value)s on %(when)s.") % {"value": _with_band(first), "when": first.when}
    said = say("%(first)s on %(then)s, %(last)s on %(now)s.") % {
        "first": _with_band(first),
        "then": first.when,
        "last": _with_band(last),
        "now": last.when,
    }
    return f"{said} {_which_way(one, last.value - first.value)}"


def _with_band(point: Point) -> str:
    return f"{point.words} ({say(point.band)})" if point.band else point.words


def _which_way(one: Score, change: float) -> str:
    if change == 0:
        return say("No change.")
    better = (change > 0) == (one.better == "higher")
    said = say("Better by %(number)s.") if better else say("Worse by %(number)s.")
    said %= {"number": number(round(abs(change), 2))}
    if one.reliable_change is not None and abs(change) < one.reliable_change:
        return f"{said} {say('A change this small may be chance.')}"
    return said
