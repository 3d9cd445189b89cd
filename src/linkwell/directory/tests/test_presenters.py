"""The words of a result: wrong ones send somebody to the wrong place at the wrong time."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from linkwell.directory import drawing, presenters
from linkwell.directory.queries import SessionRow


def at(weekday: int | None, start: int | None = 10, end: int | None = 12, words: str = "") -> SessionRow:
    return SessionRow(
        weekday,
        None if start is None else dt.time(start),
        None if end is None else dt.time(end),
        words,
        "Mill Hall",
    )


@pytest.mark.parametrize(
    ("sessions", "said"),
    [
        ((), []),
        ((at(0),), ["Mondays, 10am to 12 noon"]),
        ((at(0), at(3)), ["Mondays and Thursdays, 10am to 12 noon"]),
        ((at(0), at(3, 18, 20)), ["Mondays, 10am to 12 noon", "Thursdays, 6pm to 8pm"]),
        (tuple(at(day, 9, 17) for day in range(5)), ["Monday to Friday, 9am to 5pm"]),
        ((at(3, words="First Thursday of the month"),), ["First Thursday of the month, 10am to 12 noon"]),
        ((at(1, words="Term time"),), ["Tuesdays, 10am to 12 noon (Term time)"]),
        (
            (at(5, words="Last Friday of the month\nNot in August"),),
            ["Last Friday of the month, 10am to 12 noon (Not in August)"],
        ),
        ((at(None, None, None, "Ring to arrange"),), ["Ring to arrange"]),
        ((at(6, 14, None),), ["Sundays, from 2pm"]),
    ],
)  # fmt: skip
def test_times_are_told_as_people_say_them(sessions: tuple[SessionRow, ...], said: list[str]) -> None:
    assert presenters.times(sessions) == said


@pytest.mark.parametrize(
    ("km", "said"),
    [
        (0.1, "less than half a mile away"),
        (0.8, "half a mile away"),
        (1.6, "about 1 mile away"),
        (2.4, "about 1.5 miles away"),
        (16.1, "about 10 miles away"),
    ],
)
def test_distance_is_in_miles_and_never_pretends_to_be_exact(km: float, said: str) -> None:
    assert presenters.distance(km) == said


def test_a_summary_ends_with_a_sentence_or_a_whole_word() -> None:
    assert presenters.summary("Tea and talk.") == "Tea and talk."
    long = "We meet to sing every week of the year, and there is tea afterwards for all who come. " * 4
    assert presenters.summary(long).endswith(("come.", "year,…", "…"))
    assert len(presenters.summary("word " * 100)) <= presenters.LONGEST_SUMMARY + 1


def test_tiles_lie_where_their_places_are_and_none_are_asked_for_by_default() -> None:
    points = [("1", 51.30, -2.60), ("2", 51.34, -2.52)]
    plain, tiled = drawing.draw(points), drawing.draw(points, tiles="https://tiles.example.org/{z}/{x}/{y}.png")
    assert plain is not None
    assert tiled is not None
    assert plain.tiles == ()
    assert (min(each.across for each in tiled.tiles), min(each.down for each in tiled.tiles)) <= (0, 0)
    assert max(each.across + each.width for each in tiled.tiles) >= drawing.WIDTH
    assert max(each.down + each.height for each in tiled.tiles) >= drawing.HEIGHT
    assert all(100 < each.width < 270 for each in tiled.tiles)
    assert len(tiled.tiles) <= 40
    assert all(re.fullmatch(r"https://tiles.example.org/1\d/\d+/\d+.png", each.address) for each in tiled.tiles)
