"""What difference it made to everyone supported, doubly robust: weights by propensity and a regression together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linkwell.evaluation.estimate import Estimate, from_error
from linkwell.evaluation.matching import propensity
from linkwell.evaluation.matching.covariates import Covariates, Flags, covariates
from linkwell.evaluation.matching.effect import Effect, exponential
from linkwell.evaluation.matching.outcome import Outcome
from linkwell.evaluation.matching.propensity import Propensity
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Numbers


@dataclass(frozen=True, slots=True)
class Robust:
    """`effect` for every treated person, from everyone; `controls_worth`: how many equally weighted controls the
    weighted ones are worth (Kish)."""

    effect: Effect
    controls_worth: float


def doubly_robust(outcome: Outcome, given: Covariates, treated: Flags, fitted: Propensity) -> Robust:
    """What the treated would have had, by controls weighted by their odds of being treated and a regression among them.

    Right when either the propensity or the regression is (the regression carries the weights, so the correction term
    of AIPW is zero). Errors by influence functions that allow for both models having been fitted.
    """
    known = outcome.known
    if not known.all():
        given, treated = covariates(given.names, given.values[known]), treated[known]
        fitted = propensity.fit(given, treated)
    sides = Sides.of(given, treated, fitted)
    effect = _rate if outcome.kind == "rate" else _level
    return Robust(effect(outcome, known, sides), sides.worth)


def _level(outcome: Outcome, known: Flags, sides: Sides) -> Effect:
    had, would = sides.means(outcome.values[known])
    difference = sides.estimate(had.value - would.value, had.influence - would.influence)
    if outcome.kind == "score" or min(had.value, would.value) <= 0:
        return Effect(had.value, would.value, difference, None)
    ratio = sides.estimate(float(np.log(had.value / would.value)), had.relative - would.relative)
    return Effect(had.value, would.value, difference, exponential(ratio))


def _rate(outcome: Outcome, known: Flags, sides: Sides) -> Effect:
    """Events and time watched are each doubly robust; the rate is their ratio."""
    had, would = sides.means(outcome.values[known])
    watched, would_be_watched = sides.means(outcome.watched[known])
    if min(had.value, would.value) <= 0:
        raise Refused(f"One side has no events of “{outcome.name}” at all, so there is no ratio of rates.")
    ours, others = had.value / watched.value, would.value / would_be_watched.value
    influence = had.relative - watched.relative - would.relative + would_be_watched.relative
    return Effect(ours, others, None, exponential(sides.estimate(float(np.log(ours / others)), influence)))


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean, and what each person adds to its error, times the number of people."""

    value: float
    influence: Numbers

    @property
    def relative(self) -> Numbers:
        """The same of its logarithm."""
        return self.influence / self.value


@dataclass(frozen=True, slots=True)
class Sides:
    """What every outcome of the same people shares: the design, the chances, and how an error in them spreads."""

    design: Numbers
    treated: Numbers
    odds: Numbers
    spread: Numbers

    @classmethod
    def of(cls, given: Covariates, treated: Flags, fitted: Propensity) -> Sides:
        design = np.column_stack([np.ones(len(treated)), given.standard()])
        outcome = treated.astype(np.float64)
        _, bend = propensity.slope_and_bend(design, outcome, fitted.coefficients)
        scores = design * (outcome - fitted.chance)[:, None]
        spread = np.asarray(np.linalg.solve(bend / len(treated), scores.T).T, dtype=np.float64)
        odds = np.exp(fitted.logit)
        odds[treated] = 0.0
        return cls(design, outcome, odds, spread)

    @property
    def worth(self) -> float:
        return float(self.odds.sum() ** 2 / np.square(self.odds).sum())

    @property
    def freedom(self) -> float:
        """How many people the smaller side has beyond the columns of the regression. Raises Refused for hardly any."""
        spare = float(min(self.treated.sum(), self.worth) - self.design.shape[1])
        if spare <= 1:
            raise Refused("There are too few to compare for so many covariates. Leave some out.")
        return spare

    @property
    def inflated(self) -> float:
        """What errors are multiplied by because the regression was fitted to the same people."""
        return float(np.sqrt(1 + self.design.shape[1] / self.freedom))

    def estimate(self, value: float, influence: Numbers) -> Estimate:
        error = float(np.sqrt(np.square(influence).sum())) / len(influence) * self.inflated
        return from_error(value, error, len(influence), self.freedom)

    def means(self, values: Numbers) -> tuple[Mean, Mean]:
        """Of the treated as they were, and as they would have been untreated."""
        n, share = len(values), self.treated.mean()
        weighted = self.design * self.odds[:, None]
        bend = weighted.T @ self.design / n
        slopes = np.linalg.solve(bend, weighted.T @ values / n)
        average = self.treated @ self.design / (n * share)
        expected = self.design @ slopes
        had, would = float(self.treated @ values / (n * share)), float(average @ slopes)
        left = (values - expected) * self.odds * (self.design @ np.linalg.solve(bend, average))
        through_chance = self.spread @ (left @ self.design / n)
        own = self.treated / share
        return Mean(had, own * (values - had)), Mean(would, own * (expected - would) + left + through_chance)
