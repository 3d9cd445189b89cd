"""How likely each person was to be supported, from what was known before: a logistic regression by Newton steps.

The rows are taken in blocks that stay in the processor's own memory: a million rows of twenty columns take about a
second, several times less than a general regression routine needs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linkwell.evaluation.matching.covariates import Covariates, Flags
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Numbers

BLOCK = 2048
MOST_STEPS = 30
CLOSE = 1e-9
# On columns of spread 1 no real difference is this strong; a fit that goes past it is running away.
RUNAWAY = 25.0


@dataclass(frozen=True, slots=True)
class Propensity:
    """`logit` for each person; `coefficients` on columns of spread 1, the constant first; `steps` it took."""

    logit: Numbers
    coefficients: Numbers
    steps: int

    @property
    def chance(self) -> Numbers:
        chance: Numbers = 1 / (1 + np.exp(-self.logit))
        return chance


def fit(given: Covariates, treated: Flags) -> Propensity:
    """Raises Refused, naming the covariate, when the covariates tell perfectly who was supported."""
    design = np.empty((len(treated), len(given.names) + 1))
    design[:, 0] = 1.0
    np.subtract(given.values, given.means, out=design[:, 1:])
    design[:, 1:] /= given.spreads
    coefficients, steps = _newton(design, treated.astype(np.float64))
    if coefficients is None:
        raise Refused(_separated(given, treated))
    return Propensity(design @ coefficients, coefficients, steps)


def _newton(design: Numbers, outcome: Numbers) -> tuple[Numbers | None, int]:
    """The coefficients of highest likelihood and the steps taken; no coefficients where they run away."""
    coefficients = np.zeros(design.shape[1])
    coefficients[0] = np.log(outcome.mean() / (1 - outcome.mean()))
    for step in range(1, MOST_STEPS + 1):
        slope, bend = slope_and_bend(design, outcome, coefficients)
        try:
            change = np.linalg.solve(bend, slope)
        except np.linalg.LinAlgError:
            return None, step
        coefficients = coefficients + change
        if not np.all(np.isfinite(coefficients)) or np.abs(coefficients[1:]).max() > RUNAWAY:
            return None, step
        if np.abs(change).max() < CLOSE:
            return coefficients, step
    return None, MOST_STEPS


def slope_and_bend(design: Numbers, outcome: Numbers, coefficients: Numbers) -> tuple[Numbers, Numbers]:
    """First and (negative) second derivatives of the log-likelihood, summed block by block in the order of the rows."""
    width = design.shape[1]
    slope, bend = np.zeros(width), np.zeros((width, width))
    for start in range(0, len(design), BLOCK):
        block = design[start : start + BLOCK]
        chance = 1 / (1 + np.exp(-(block @ coefficients)))
        slope += block.T @ (outcome[start : start + BLOCK] - chance)
        bend += (block * (chance * (1 - chance))[:, None]).T @ block
    return slope, bend


def _separated(given: Covariates, treated: Flags) -> str:
    """Which covariate gives it away by itself, or that they do so together."""
    for position, name in enumerate(given.names):
        ours, others = given.values[treated, position], given.values[~treated, position]
        if ours.min() > others.max() or ours.max() < others.min():
            return f"“{name}” alone tells who was supported, so nobody comparable is left. Leave it out."
        if ours.min() == ours.max() or others.min() == others.max():
            return f"One side is all the same in “{name}”, so how much it matters cannot be found. Use --exact {name}."
    return "The covariates together tell exactly who was supported, so nobody comparable is left. Leave some out."
