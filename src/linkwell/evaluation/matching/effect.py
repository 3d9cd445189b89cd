"""What difference it made within the pairs, adjusted by regression."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import statsmodels.api as sm

from linkwell.evaluation.estimate import Estimate, from_error
from linkwell.evaluation.matching.covariates import Covariates, Rows
from linkwell.evaluation.matching.outcome import Outcome
from linkwell.evaluation.matching.pairing import Pairs
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Numbers

FEWEST = 10


@dataclass(frozen=True, slots=True)
class Effect:
    """Levels of the two sides (means, shares or events in one unit of time), their difference or ratio or both.

    A score has a difference; a yes or no has both; a rate has a ratio. `error` of a ratio is that of its logarithm.
    """

    treated: float
    controls: float
    difference: Estimate | None
    ratio: Estimate | None

    @property
    def main(self) -> tuple[Estimate, float]:
        """The difference and 0, or where there is none the ratio and 1: the value that means no effect."""
        if self.difference:
            return self.difference, 0.0
        if self.ratio:
            return self.ratio, 1.0
        raise Refused("There is neither a difference nor a ratio to tell of.")


def within_pairs(outcome: Outcome, given: Covariates, pairs: Pairs) -> Effect:
    """Regression on being treated and the covariates among the pairs whose outcomes are both known.

    Standard errors allow for likeness within a pair (Abadie and Spiess 2022); when a control serves several people,
    within all that share it. Raises Refused for fewer than ten pairs.
    """
    kept = outcome.known[pairs.treated] & outcome.known[pairs.controls]
    ours, others = pairs.treated[kept], pairs.controls[kept]
    if len(ours) < FEWEST:
        raise Refused(f"Only {len(ours)} pairs have an outcome on both sides; fewer than {FEWEST} carry no claim.")
    rows = np.concatenate([ours, others])
    design = np.column_stack([np.ones(len(rows)), np.repeat([1.0, 0.0], len(ours)), _varying(given.standard(rows))])
    groups = np.tile(np.unique(others, return_inverse=True)[1], 2)
    freedom = len(np.unique(others)) - 1
    difference = _linear(outcome, rows, design, groups, freedom) if outcome.kind != "rate" else None
    ratio = _ratio(outcome, rows, design, groups, freedom) if outcome.kind != "score" else None
    return Effect(_level(outcome, ours), _level(outcome, others), difference, ratio)


def _varying(values: Numbers) -> Numbers:
    """Without columns that do not vary among these rows or repeat others: they cannot be adjusted for."""
    left = np.abs(np.diag(np.linalg.qr(values - values.mean(axis=0), mode="r")))
    return values[:, left > 1e-8 * np.sqrt(len(values))]


def _linear(outcome: Outcome, rows: Rows, design: Numbers, groups: Rows, freedom: int) -> Estimate:
    fitted = sm.OLS(outcome.values[rows], design).fit(cov_type="cluster", cov_kwds={"groups": groups})
    return from_error(float(fitted.params[1]), float(fitted.bse[1]), len(rows), freedom)


def _ratio(outcome: Outcome, rows: Rows, design: Numbers, groups: Rows, freedom: int) -> Estimate | None:
    """Poisson regression with robust errors: of shares, the ratio of risks; of events in time, of rates.

    None where one side has no events at all: there is a difference, but no ratio.
    """
    values = outcome.values[rows]
    treated = design[:, 1] == 1
    if not values[treated].any() or not values[~treated].any():
        if outcome.kind == "rate":
            raise Refused(f"One side has no events of “{outcome.name}” at all, so there is no ratio of rates.")
        return None
    model = sm.GLM(values, design, family=sm.families.Poisson(), exposure=outcome.watched[rows])
    fitted = model.fit(cov_type="cluster", cov_kwds={"groups": groups})
    return exponential(from_error(float(fitted.params[1]), float(fitted.bse[1]), len(rows), freedom))


def exponential(logarithm: Estimate) -> Estimate:
    """A ratio from its logarithm; the error stays that of the logarithm."""
    value, low, high = np.exp([logarithm.value, logarithm.low, logarithm.high]).tolist()
    return replace(logarithm, value=value, low=low, high=high)


def _level(outcome: Outcome, rows: Rows) -> float:
    return float(outcome.values[rows].sum() / outcome.watched[rows].sum())
