"""Regression to the mean: how far scores would have come back by themselves, because people came when they were worst.

Barnett, van der Pols and Dobson, International Journal of Epidemiology 2005; Mee and Chua, American Statistician 1991.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isnan, nan, sqrt

import numpy as np
import numpy.typing as npt
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.tools.tools import add_constant

from linkwell.evaluation.estimate import Estimate, from_error
from linkwell.evaluation.paired.change import FEWEST, Better
from linkwell.evaluation.paired.pairs import People
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
    """Of those with two scores who were beyond the entry threshold, or of all where none was given.

    `seen` is their mean change and `expected` the part that would come by itself; None where it cannot be worked out,
    and `why_not` says why. With a reference: `by_formula` is what Barnett's formula expects of anybody beyond the
    threshold; `left` the change beyond drift of all with two scores, with its interval (Mee and Chua); `distance` how
    far everybody's mean first score lies from the reference, in its standard deviations.
    """

    n: int
    seen: float
    correlation: float
    expected: float | None
    by_formula: float | None = None
    left: Estimate | None = None
    distance: float | None = None
    entered: bool = False
    why_not: str = ""

    @property
    def extreme(self) -> bool:
        return self.distance is not None and abs(self.distance) > EXTREME


def drift_of(people: People, better: Better, threshold: float | None, reference: Reference | None) -> Drift:
    """What is known of drift; `threshold` is the score by which people entered."""
    first, last = people.first[people.paired], people.last[people.paired]
    beyond = _beyond(first, better, threshold)
    seen = float(np.mean(last[beyond] - first[beyond])) if beyond.any() else nan
    found = Drift(int(beyond.sum()), seen, _correlation(first, last), None, entered=threshold is not None)
    if reference:
        found = replace(found, distance=(float(np.mean(people.first)) - reference.mean) / reference.sd)
    why_not = _why_not(found, everybody=len(first), reference=reference)
    if why_not:
        return replace(found, why_not=why_not)
    if reference is None:
        # Whoever came for another reason stands in for the public.
        home = float(np.mean(people.first))
        return replace(found, expected=(1 - found.correlation) * (home - float(np.mean(first[beyond]))))
    correlation = _in_the_public(found.correlation, float(np.std(first, ddof=1)), reference.sd)
    return replace(
        found,
        correlation=correlation,
        expected=(1 - correlation) * (reference.mean - float(np.mean(first[beyond]))),
        by_formula=None if threshold is None else by_threshold(reference, threshold, better, correlation),
        left=_left(first, last, reference.mean),
    )


def _why_not(found: Drift, *, everybody: int, reference: Reference | None) -> str:
    if isnan(found.correlation):
        return "all first scores, or all last scores, are the same"
    if found.n < FEWEST:
        return f"only {found.n} of those with two scores were beyond the threshold"
    if reference is None and not found.entered:
        return "no entry threshold and no reference was given"
    return NEEDS_REFERENCE if reference is None and found.n == everybody else ""


NEEDS_REFERENCE = (
    "everybody’s first score is beyond the threshold, so the file alone does not tell where scores would go back to; "
    "give the mean and standard deviation of people who were not chosen by their score"
)


def by_threshold(reference: Reference, threshold: float, better: Better, correlation: float) -> float:
    """Mean change that comes by itself among whoever is beyond the threshold, of a normal score (Barnett's formula)."""
    # Worse is below the threshold when higher is better, above it when lower is.
    z = -better.sign * (threshold - reference.mean) / reference.sd
    hazard = float(np.exp(stats.norm.logpdf(z) - stats.norm.logsf(z)))
    return better.sign * reference.sd * (1 - correlation) * hazard


def _left(first: Numbers, last: Numbers, mean: float) -> Estimate | None:
    """The change at the reference mean, where nobody drifts; None where first scores are all alike."""
    if not np.ptp(first):
        return None
    fit = OLS(last - mean, add_constant(first - mean)).fit(cov_type="HC3")
    return from_error(float(fit.params[0]), float(fit.bse[0]), len(first))


def _correlation(first: Numbers, last: Numbers) -> float:
    varies = np.ptp(first) > 0 and np.ptp(last) > 0
    return float(np.corrcoef(first, last)[0, 1]) if varies else nan


def _in_the_public(seen: float, spread: float, reference: float) -> float:
    """The correlation where nobody was chosen (Thorndike's case 2): choosing by the score makes it look smaller."""
    wider = reference / spread
    return seen * wider / sqrt(1 - seen**2 + (seen * wider) ** 2)


def _beyond(first: Numbers, better: Better, threshold: float | None) -> npt.NDArray[np.bool_]:
    if threshold is None:
        return np.ones(len(first), dtype=np.bool_)
    return first <= threshold if better is Better.HIGHER else first >= threshold
