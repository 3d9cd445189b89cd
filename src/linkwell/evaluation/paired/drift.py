"""Regression to the mean: how far scores would have come back by themselves, because people came when they were worst.

Barnett, van der Pols and Dobson, International Journal of Epidemiology 2005; Mee and Chua, American Statistician 1991.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan, sqrt

import numpy as np
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.tools.tools import add_constant

from linkwell.evaluation.estimate import Estimate, from_error
from linkwell.evaluation.paired.change import FEWEST, Better
from linkwell.evaluation.paired.pairs import People
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Numbers

# Firsts this many standard deviations from those of the public are no chance sample of it.
EXTREME = 0.5


@dataclass(frozen=True, slots=True)
class Reference:
    """Mean and standard deviation of the score among people who were not chosen by it."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Drift:
    """`expected` is the change that would come by itself; None where it cannot be worked out, and `why_not` says why.

    `left` is the change beyond it, with its interval (Mee and Chua), where a reference mean is given.
    `distance` is how far the mean first score lies from the reference, in its standard deviations.
    """

    correlation: float
    expected: float | None
    left: Estimate | None = None
    distance: float | None = None
    beyond: int | None = None
    why_not: str = ""

    @property
    def extreme(self) -> bool:
        return self.distance is not None and abs(self.distance) > EXTREME


def drift_of(people: People, better: Better, threshold: float | None, reference: Reference | None) -> Drift:
    """What is known of drift; `threshold` is the score by which people entered. Raises Refused."""
    first, last = people.first[people.paired], people.last[people.paired]
    seen = _correlation(first, last)
    if isnan(seen):
        return Drift(seen, None, why_not="all first scores, or all last scores, are the same")
    if reference:
        return _against_reference(people, first, last, seen, better, threshold, reference)
    if threshold is None:
        return Drift(seen, None, why_not="no entry threshold and no reference was given")
    beyond = _beyond(people.first, better, threshold)
    if beyond.all():
        return Drift(seen, None, beyond=len(beyond), why_not=NEEDS_REFERENCE)
    if beyond.sum() < FEWEST:
        raise Refused(f"Only {int(beyond.sum())} people had a first score beyond the entry threshold of {threshold:g}.")
    # Whoever came for another reason stands in for the public.
    expected = (1 - seen) * float(np.mean(people.first) - np.mean(people.first[beyond]))
    return Drift(seen, expected, beyond=int(beyond.sum()))


NEEDS_REFERENCE = (
    "everybody’s first score is beyond the threshold, so the file alone does not tell where scores would go back to; "
    "give the mean and standard deviation of people who were not chosen by their score"
)


def _against_reference(
    people: People,
    first: Numbers,
    last: Numbers,
    seen: float,
    better: Better,
    threshold: float | None,
    reference: Reference,
) -> Drift:
    correlation = _in_the_public(seen, float(np.std(first, ddof=1)), reference.sd)
    distance = (float(np.mean(people.first)) - reference.mean) / reference.sd
    if threshold is None:
        expected = (1 - correlation) * (reference.mean - float(np.mean(first)))
        return Drift(correlation, expected, _left(first, last, reference.mean), distance)
    beyond = int(_beyond(people.first, better, threshold).sum())
    expected = by_threshold(reference, threshold, better, correlation)
    return Drift(correlation, expected, _left(first, last, reference.mean), distance, beyond)


def by_threshold(reference: Reference, threshold: float, better: Better, correlation: float) -> float:
    """Mean change that comes by itself among whoever is beyond the threshold, of a normal score (Barnett's formula)."""
    # Worse is below the threshold when higher is better, above it when lower is.
    z = -better.sign * (threshold - reference.mean) / reference.sd
    hazard = float(np.exp(stats.norm.logpdf(z) - stats.norm.logsf(z)))
    return better.sign * reference.sd * (1 - correlation) * hazard


def _left(first: Numbers, last: Numbers, mean: float) -> Estimate:
    """The change at the reference mean, where nobody drifts."""
    fit = OLS(last - mean, add_constant(first - mean)).fit(cov_type="HC3")
    return from_error(float(fit.params[0]), float(fit.bse[0]), len(first))


def _correlation(first: Numbers, last: Numbers) -> float:
    varies = np.ptp(first) > 0 and np.ptp(last) > 0
    return float(np.corrcoef(first, last)[0, 1]) if varies else nan


def _in_the_public(seen: float, spread: float, reference: float) -> float:
    """The correlation where nobody was chosen (Thorndike's case 2): choosing by the score makes it look smaller."""
    wider = reference / spread
    return seen * wider / sqrt(1 - seen**2 + (seen * wider) ** 2)


def _beyond(first: Numbers, better: Better, threshold: float) -> np.ndarray:
    return first <= threshold if better is Better.HIGHER else first >= threshold
