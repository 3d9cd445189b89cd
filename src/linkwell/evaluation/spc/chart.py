"""A whole chart: its periods, its points, and what the last of them says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from linkwell.evaluation.moments import Moments, moments_of
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.spc.rules import Limits, limits_of, signs_of
from linkwell.evaluation.table import Numbers, Table

# A chart of events that come when they come has no usual step; one with this share of equal steps has, and a gap in it.
MOSTLY = 0.5


class Better(StrEnum):
    UP = "up"
    DOWN = "down"


class Variation(StrEnum):
    """What the latest value says of the process."""

    COMMON = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL = "special_cause_neutral"


class Assurance(StrEnum):
    """Whether the target will be met if nothing changes."""

    PASS = "consistently_pass"  # noqa: S105 - no password
    FAIL = "consistently_fail"
    HIT_OR_MISS = "hit_or_miss"


@dataclass(frozen=True, slots=True)
class Period:
    """From one step change to the next. `start` and `end` are places, the end not included."""

    start: int
    end: int
    limits: Limits


@dataclass(frozen=True, slots=True)
class Point:
    """`signs` are the rules it is a sign by, with 1 for upwards and -1 for downwards."""

    when: str
    value: float
    signs: dict[str, int]
    variation: Variation


@dataclass(frozen=True, slots=True)
class Process:
    """`way` is 1 where the latest value is a sign upwards, -1 downwards, 0 where it is none."""

    moments: Moments
    values: Numbers
    periods: tuple[Period, ...]
    points: tuple[Point, ...]
    way: int
    assurance: Assurance | None

    @property
    def variation(self) -> Variation:
        return self.points[-1].variation


def process_of(
    table: Table,
    date: str,
    value: str,
    *,
    better: Better | None = None,
    target: float | None = None,
    steps: Sequence[dt.date] = (),
    baseline: int | None = None,
) -> Process:
    """Raises Refused for gaps, two values of one time, too few values in a period, and values that do not vary."""
    moments = _without_gap(table, date)
    if not moments.days:
        raise Refused(f"Column “{date}” holds no dates like 2026-03-01.")
    values = table.numbers(value)[moments.order]
    periods = tuple(_period(values, start, end, moments, baseline) for start, end in _cut(moments, steps))
    points = tuple(point for period in periods for point in _points(period, values, moments, better))
    way = _way(points[-1].signs)
    return Process(moments, values, periods, points, way, _assurance(periods[-1].limits, target, better))


def _without_gap(table: Table, date: str) -> Moments:
    moments = moments_of(table, date, regular=False)
    distances = np.diff(moments.places)
    if len(distances) and np.mean(distances == moments.step) >= MOSTLY:
        return moments_of(table, date)
    return moments


def _cut(moments: Moments, steps: Sequence[dt.date]) -> list[tuple[int, int]]:
    starts = [0]
    for day in sorted(set(steps)):
        start = next((place for place, each in enumerate(moments.days) if each >= day), None)
        if start is None or start == 0:
            raise Refused(f"The step change of {day.isoformat()} is not within the data.")
        starts.append(start)
    return list(zip(starts, [*starts[1:], len(moments.days)], strict=True))


def _period(values: Numbers, start: int, end: int, moments: Moments, baseline: int | None) -> Period:
    try:
        return Period(start, end, limits_of(values[start:end], baseline))
    except Refused as refused:
        raise Refused(f"From {moments.words[start]} to {moments.words[end - 1]}: {refused.message}") from refused


def _points(period: Period, values: Numbers, moments: Moments, better: Better | None) -> list[Point]:
    there = values[period.start : period.end]
    signs = signs_of(there, period.limits)
    return [
        Point(moments.words[period.start + at], float(there[at]), signs.of(at), _variation(signs.of(at), better))
        for at in range(len(there))
    ]


def _way(signs: dict[str, int]) -> int:
    """Where a value lies counts before where it is going."""
    return next(iter(signs.values()), 0)


def _variation(signs: dict[str, int], better: Better | None) -> Variation:
    if not signs:
        return Variation.COMMON
    if better is None:
        return Variation.NEUTRAL
    good = 1 if better is Better.UP else -1
    return Variation.IMPROVEMENT if _way(signs) == good else Variation.CONCERN


def _assurance(limits: Limits, target: float | None, better: Better | None) -> Assurance | None:
    if target is None or better is None:
        return None
    if limits.lower <= target <= limits.upper:
        return Assurance.HIT_OR_MISS
    above = limits.lower > target
    return Assurance.PASS if above == (better is Better.UP) else Assurance.FAIL
