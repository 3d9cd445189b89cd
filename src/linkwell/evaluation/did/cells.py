"""Group-time effects: for each cohort and time, how its change differs from that of its controls.

At and after the start the change is from the last time before it; earlier, from one time to the next, so that each is a
check of whether the two sides moved alike. Variances within a cohort are divided by one less than its units, which is
the robust error (HC2) of a regression on the two sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linkwell.evaluation.did.cohorts import Control, Started
from linkwell.evaluation.matching import propensity
from linkwell.evaluation.matching.covariates import covariates
from linkwell.evaluation.matching.robust import Sides
from linkwell.evaluation.panel import Flags, Places
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Numbers

# Two controls are the fewest among which anything can vary.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Cells:
    """One row for each cohort and time: places of both, effect, units on each side. `influence`: units by cells."""

    cohort: Places
    time: Places
    effect: Numbers
    treated: Places
    controls: Places
    influence: Numbers

    @property
    def after(self) -> Flags:
        return self.time >= self.cohort


def cells(found: Started, control: Control) -> Cells:
    """Raises Refused where no cohort has two controls at any time after it started."""
    if control is Control.NEVER and int(found.never.sum()) < FEWEST:
        raise Refused(
            f"{int(found.never.sum())} units were never supported and {FEWEST} are needed to compare with. "
            "Where all start in the end, those not supported yet can stand for them: --control notyet."
        )
    places = [(g, t) for g in found.cohorts for t in range(1, found.values.shape[1])]
    made = [(g, t, *cell) for g, t in places if (cell := _cell(found, control, g, t))]
    if not any(t >= g for g, t, *_ in made):
        raise Refused("Nobody is left untreated to compare with at any time after the support started.")
    g, t, effects, treated, controls, influences = zip(*made, strict=True)
    return Cells(
        np.array(g), np.array(t), np.array(effects), np.array(treated), np.array(controls), np.column_stack(influences)
    )


def _cell(found: Started, control: Control, cohort: int, time: int) -> tuple[float, int, int, Numbers] | None:
    base = cohort - 1 if time >= cohort else time - 1
    ours = found.start == cohort
    others = found.never if control is Control.NEVER else (found.start > max(time, base)) & ~ours
    if int(others.sum()) < FEWEST:
        return None
    change = found.values[:, time] - found.values[:, base]
    effect, influence = _adjusted(found, change, ours, others) if found.names else _plain(change, ours, others)
    return effect, int(ours.sum()), int(others.sum()), influence


def _plain(change: Numbers, ours: Flags, others: Flags) -> tuple[float, Numbers]:
    return float(change[ours].mean() - change[others].mean()), _off_mean(change, ours) - _off_mean(change, others)


def _adjusted(found: Started, change: Numbers, ours: Flags, others: Flags) -> tuple[float, Numbers]:
    """Doubly robust (Sant'Anna and Zhao 2020): controls weighted by their odds and a regression of their change."""
    rows = ours | others
    given = covariates(found.names, found.given[rows])
    sides = Sides.of(given, ours[rows], propensity.fit(given, ours[rows]))
    had, would = sides.means(change[rows])
    influence = np.zeros(len(change))
    influence[rows] = (had.influence - would.influence) * sides.inflated * len(change) / int(rows.sum())
    return had.value - would.value, influence


def _off_mean(change: Numbers, side: Flags) -> Numbers:
    """What each unit adds to the error of the side's mean, times the number of all units."""
    count = int(side.sum())
    inflated = np.sqrt(count / (count - 1)) * len(change) / count
    off: Numbers = np.where(side, change - change[side].mean(), 0.0) * inflated
    return off
