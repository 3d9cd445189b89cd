"""The series, and the columns of the regression: level, slope, their change, and the seasons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linkwell.evaluation.moments import MONTHS, Moments, moments_of
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Numbers, Table, refuse_where

# Penfold and Zhang 2013 ask for eight before and eight after.
FEWEST = 8
# Values left over after the columns are counted, without which nothing can be said of spread.
FEWEST_FREE = 5
YEARS_FOR_SEASONS = 2
LEVEL, SLOPE = "level_change", "slope_change"


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns. `intervention` is 0 before and 1 from when it began; a rate is out of `offset`."""

    time: str
    outcome: str
    intervention: str
    offset: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One value a step. `begins` is the place of the first step after; `exposure` is 1 where there is no offset.

    `harmonics` pairs of sine and cosine with `season` steps a year stand for the seasons.
    """

    moments: Moments
    outcome: Numbers
    exposure: Numbers
    begins: int
    season: float
    harmonics: int

    def __len__(self) -> int:
        return len(self.outcome)

    @property
    def names(self) -> tuple[str, ...]:
        pairs = range(1, self.harmonics + 1)
        seasons = (f"{wave}_{pair}" for pair in pairs for wave in ("sine", "cosine"))
        return ("start", "slope", LEVEL, SLOPE, *seasons)

    def columns(self, *, begins: int | None = None, after: bool = True) -> Numbers:
        """The matrix of the regression; with `after` False, as if nothing had begun."""
        steps = np.arange(len(self), dtype=np.float64)
        start = self.begins if begins is None else begins
        on = (steps >= start).astype(np.float64) * after
        waves = [
            wave(2 * np.pi * pair * steps / self.season)
            for pair in range(1, self.harmonics + 1)
            for wave in (np.sin, np.cos)
        ]
        return np.column_stack([np.ones_like(steps), steps, on, on * (steps - start), *waves])

    def before(self) -> Series:
        """The part in which nothing had begun."""
        kept = slice(0, self.begins)
        return Series(self.moments, self.outcome[kept], self.exposure[kept], self.begins, self.season, self.harmonics)


def series_of(
    table: Table, given: Columns, *, harmonics: int = 0, season: float | None = None, whole: bool = True
) -> Series:
    """Raises Refused for gaps, times given twice, too few values, and values that no rate can have.

    `whole`: the outcome is a count. `season` is how many steps make a year where the times do not tell.
    """
    if len({given.time, given.outcome, given.intervention}) < 3:
        raise Refused("Time, outcome and intervention are three different columns.")
    moments = moments_of(table, given.time)
    counts = _counts(table, given.outcome, whole=whole)
    exposure = table.numbers(given.offset) if given.offset else np.ones(len(table))
    refuse_where(exposure <= 0, given.offset or "", "is not above nought, so it cannot be what a rate is out of")
    begins = _begins(table.numbers(given.intervention)[moments.order], given.intervention, moments)
    year = season or moments.a_year or MONTHS
    found = Series(moments, counts[moments.order], exposure[moments.order], begins, year, harmonics)
    _refuse_too_little(found)
    return found


def _counts(table: Table, outcome: str, *, whole: bool) -> Numbers:
    counts = table.numbers(outcome)
    refuse_where(counts < 0, outcome, "is below nought; a count cannot be")
    if whole:
        refuse_where(counts != np.floor(counts), outcome, "is not a whole number; use --family quasi for such values")
    if not np.ptp(counts):
        raise Refused(f"Column “{outcome}” holds the same value throughout. Nothing changed that could be explained.")
    return counts


def _begins(on: Numbers, name: str, moments: Moments) -> int:
    if not np.isin(on, (0, 1)).all():
        raise Refused(f"Column “{name}” says 0 before and 1 from when it began; it holds other values.")
    if on.min() == on.max():
        raise Refused(f"Column “{name}” is {on[0]:g} throughout: there is no before and after.")
    begins = int(np.argmax(on))
    if not on[begins:].all():
        back = begins + int(np.argmin(on[begins:]))
        raise Refused(
            f"Column “{name}” goes back to 0 at {moments.words[back]}. This design is for what began once and went on."
        )
    return begins


def _refuse_too_little(series: Series) -> None:
    before, after = series.begins, len(series) - series.begins
    if min(before, after) < FEWEST:
        raise Refused(f"There are {before} values before and {after} after. At least {FEWEST} of each are needed.")
    if len(series) - len(series.names) < FEWEST_FREE:
        raise Refused(f"{len(series)} values are too few for {series.harmonics} harmonics. Ask for fewer.")
    if series.harmonics and len(series) < YEARS_FOR_SEASONS * series.season:
        raise Refused(f"Seasons cannot be told from less than {YEARS_FOR_SEASONS} years. Ask for no harmonics.")
    if 2 * series.harmonics >= series.season:
        raise Refused(f"{series.harmonics} harmonics are too many for {series.season:g} values a year.")
    for words, part in (("before", series.outcome[:before]), ("after", series.outcome[before:])):
        if not part.any():
            raise Refused(f"Every value {words} is nought. A rate of nothing has no ratio to anything.")
