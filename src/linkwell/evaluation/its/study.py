"""The whole study of a series."""

from __future__ import annotations

from dataclasses import dataclass

from linkwell.evaluation.estimate import Estimate
from linkwell.evaluation.its.model import Family, Fit, both_changes, fit, ratio, totals
from linkwell.evaluation.its.series import FEWEST, LEVEL, SLOPE, Series
from linkwell.evaluation.refusal import Refused

# Poisson counts whose Pearson dispersion is beyond this are not Poisson.
TOO_SPREAD = 1.5


@dataclass(frozen=True, slots=True)
class Found:
    """Ratios of rates: at once (`level`), of each further step (`slope`), and over the whole time after (`overall`).

    `slope_before` is the ratio from one step to the next before anything began. `difference` is in events.
    `pretended` is the level change found half-way through the time before, where nothing began; None where that time
    is too short.
    """

    fit: Fit
    level: Estimate
    slope: Estimate
    slope_before: Estimate
    overall: Estimate
    difference: Estimate
    both: float
    pretended: Estimate | None


def study(series: Series, family: Family) -> Found:
    """Raises Refused where the model does not settle."""
    found = fit(series, family)
    overall, difference = totals(found)
    return Found(
        fit=found,
        level=_coefficient(found, LEVEL),
        slope=_coefficient(found, SLOPE),
        slope_before=_coefficient(found, "slope"),
        overall=overall,
        difference=difference,
        both=both_changes(found),
        pretended=_pretended(series, family),
    )


def _coefficient(found: Fit, name: str) -> Estimate:
    place = found.series.names.index(name)
    return ratio(found.log_estimate(float(found.coefficients[place]), found.gradient(name)))


def _pretended(series: Series, family: Family) -> Estimate | None:
    early = series.before()
    if len(early) < 2 * FEWEST or (series.harmonics and len(early) < 2 * series.season):
        return None
    try:
        return _coefficient(fit(early, family, begins=len(early) // 2), LEVEL)
    except Refused:
        return None
