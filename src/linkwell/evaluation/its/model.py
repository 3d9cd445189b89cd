"""The regression of counts, how sure it is, and whether its own assumptions hold."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import exp, floor

import numpy as np
from scipy import stats
from scipy.optimize import minimize_scalar
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from linkwell.evaluation.estimate import LEVEL as CONFIDENCE
from linkwell.evaluation.estimate import Estimate, from_error
from linkwell.evaluation.its.freedom import Worth, worth_of
from linkwell.evaluation.its.memory import Memory, memory_of
from linkwell.evaluation.its.series import Series
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Numbers

# A fit this much closer than chance allows is no data.
PERFECT = 1e-6
EXACTLY = "The values follow a line exactly. Counts of real events do not; check the file."
# The log of how much negative binomial counts spread is looked for between these.
SPREAD_BETWEEN = (-12.0, 4.0)


class Family(StrEnum):
    """How counts spread: as Poisson; as Poisson times a number; or more the larger they are."""

    POISSON = "poisson"
    QUASI = "quasi"
    NEGBIN = "negbin"


@dataclass(frozen=True, slots=True)
class Fit:
    """`covariance` is the family's; `newey` Newey and West's with `lags`; `remembering` that of noise with memory.

    `dispersion` is Pearson's. `spread` is the negative binomial's alpha, where there is one.
    """

    series: Series
    coefficients: Numbers
    covariance: Numbers
    newey: Numbers
    lags: int
    remembering: Numbers
    dispersion: float
    spread: float | None
    worth: Worth
    family: Family
    memory: Memory

    def log_estimate(self, value: float, gradient: Numbers) -> Estimate:
        """Of something on the log scale, with the largest of the errors in use."""
        errors = [_error(gradient, each) for each in self.in_use]
        spread_is_known = self.family is Family.POISSON and len(errors) == 1
        return from_error(
            value, max(errors), len(self.series), None if spread_is_known else self.worth.freedom(gradient)
        )

    def gradient(self, name: str) -> Numbers:
        """Of one coefficient by itself."""
        return np.array([float(name == each) for each in self.series.names])

    @property
    def in_use(self) -> tuple[Numbers, ...]:
        """The family's own first; with memory, those that allow for it."""
        # Its likeliest spread is too small by what the coefficients took up.
        too_small = max(1.0, self.dispersion) if self.family is Family.NEGBIN else 1.0
        found = [self.covariance * too_small]
        if self.memory.implied > 0:
            found.append(self.remembering)
        if self.memory.there:
            found.append(self.newey)
        return tuple(found)

    def expected(self, *, after: bool = True) -> Numbers:
        """What the model expects at each step; with `after` False, had nothing begun."""
        columns = self.series.columns(after=after)
        return np.asarray(self.series.exposure * np.exp(columns @ self.coefficients))


def fit(series: Series, family: Family, *, begins: int | None = None) -> Fit:
    """Fit by iterated weighted least squares. Raises Refused where there is nothing to settle on."""
    columns = series.columns(begins=begins)
    spread = _spread(series, columns) if family is Family.NEGBIN else None
    kind = families.Poisson() if spread is None else families.NegativeBinomial(alpha=spread)
    scale = "X2" if family is Family.QUASI else 1.0
    model = GLM(series.outcome, columns, family=kind, offset=np.log(series.exposure))
    lags = max(1, floor(4 * (len(series) / 100) ** (2 / 9)))
    first, newey = settled(lambda: (model.fit(scale=scale), _with_memory(model, lags)))
    dispersion = float(first.pearson_chi2 / first.df_resid)
    if dispersion < PERFECT:
        raise Refused(EXACTLY)
    residuals = np.asarray(first.resid_pearson)
    weighted = columns * np.sqrt(np.asarray(model.family.weights(first.mu)))[:, None]
    memory = memory_of(residuals, weighted)
    worth = worth_of(memory, weighted)
    return Fit(
        series=series,
        coefficients=first.params,
        covariance=first.cov_params(),
        newey=newey.cov_params(),
        lags=lags,
        remembering=worth.expected(residuals),
        dispersion=dispersion,
        spread=spread,
        worth=worth,
        family=family,
        memory=memory,
    )


def ratio(found: Estimate) -> Estimate:
    """A log estimate as a ratio; its error stays that of the log."""
    return Estimate(exp(found.value), exp(found.low), exp(found.high), found.n, found.error, found.p)


def both_changes(found: Fit) -> float:
    """The chance of level and slope changing this much, either or both, by luck (Wald's test, as F)."""
    two = slice(2, 4)
    moved = found.coefficients[two]
    walds = [float(moved @ np.linalg.solve(each[two, two], moved)) for each in found.in_use]
    freedom = min(found.worth.freedom(gradient) for gradient in np.eye(len(found.coefficients))[two])
    return float(stats.f.sf(min(walds) / 2, 2, freedom))


def totals(found: Fit) -> tuple[Estimate, Estimate]:
    """All of the time after: the ratio of events to those had nothing begun, and how many more or fewer there were."""
    after = slice(found.series.begins, None)
    real, without = found.expected()[after], found.expected(after=False)[after]
    real_columns = found.series.columns()[after]
    without_columns = found.series.columns(after=False)[after]
    to_real, to_without = real @ real_columns, without @ without_columns
    gradient = to_real / real.sum() - to_without / without.sum()
    log_ratio = found.log_estimate(float(np.log(real.sum() / without.sum())), gradient)
    return ratio(log_ratio), found.log_estimate(float(real.sum() - without.sum()), to_real - to_without)


def around_counterfactual(found: Fit) -> tuple[Numbers, Numbers]:
    """The 95 % limits of what would have been expected had nothing begun."""
    columns = found.series.columns(after=False)
    error = np.sqrt(np.max([np.einsum("ij,jk,ik->i", columns, each, columns) for each in found.in_use], axis=0))
    far = stats.norm.ppf(0.5 + CONFIDENCE / 2) * error
    middle = found.expected(after=False)
    return middle * np.exp(-far), middle * np.exp(far)


def settled(work: Callable[[], tuple[object, ...]]) -> tuple:  # type: ignore[type-arg]
    """Do it, and refuse whatever the library warns of: a fit that did not settle is no fit."""
    try:
        with warnings.catch_warnings(), np.errstate(all="raise", under="ignore"):
            warnings.simplefilter("error")
            return work()
    except PerfectSeparationWarning as error:
        raise Refused(EXACTLY) from error
    except (Warning, ArithmeticError, ValueError, np.linalg.LinAlgError) as error:
        raise Refused("The model does not settle on these values. They are too few, or too unlike a rate.") from error


def _with_memory(model: GLM, lags: int) -> object:
    return model.fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True})


def _spread(series: Series, columns: Numbers) -> float:
    """The negative binomial's alpha of greatest likelihood."""

    def worse(log_spread: float) -> float:
        kind = families.NegativeBinomial(alpha=exp(log_spread))
        return -float(GLM(series.outcome, columns, family=kind, offset=np.log(series.exposure)).fit().llf)

    (best,) = settled(
        lambda: (minimize_scalar(worse, bounds=SPREAD_BETWEEN, method="bounded", options={"xatol": 1e-8}),)
    )
    return exp(float(best.x))


def _error(gradient: Numbers, covariance: Numbers) -> float:
    return float(np.sqrt(gradient @ covariance @ gradient))
