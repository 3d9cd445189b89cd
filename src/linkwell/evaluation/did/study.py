"""The whole of it: group-time effects, their means, and whether the two sides moved alike before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from linkwell.evaluation.did import aggregate
from linkwell.evaluation.did.aggregate import Mean
from linkwell.evaluation.did.cells import Cells, cells
from linkwell.evaluation.did.cohorts import Control, Started, started
from linkwell.evaluation.did.inference import Alike, Band, alike_before, bands, estimate, told
from linkwell.evaluation.estimate import LEVEL, Estimate
from linkwell.evaluation.panel import read_panel
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.report.saying import p_is
from linkwell.evaluation.table import Table

DRAWS = 1999


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns; `person_time` makes rates of counts."""

    unit: str
    time: str
    outcome: str
    cohort: str
    person_time: str | None = None
    covariates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A mean over all, and its parts with their bands."""

    overall: Estimate
    parts: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """`cells` are bands in the order of `made`. `alike` is None when nothing before the start could be tested."""

    found: Started
    made: Cells
    control: Control
    cells: tuple[Band, ...]
    simple: Estimate
    cohorts: Told
    events: Told
    calendar: Told
    alike: Alike | None
    window: tuple[dt.date, dt.date] | None = None


def study(table: Table, columns: Columns, control: Control, *, draws: int = DRAWS, seed: int = 1) -> Study:
    """Raises Refused where the panel is not whole, there is nobody to compare with, or the trends before differ."""
    panel = read_panel(
        table, unit=columns.unit, time=columns.time, outcome=columns.outcome, person_time=columns.person_time
    )
    found = started(table, panel, unit=columns.unit, column=columns.cohort, names=columns.covariates)
    return replace(estimated(found, control, draws=draws, seed=seed), window=panel.times.moments.window)


def estimated(found: Started, control: Control, *, draws: int = DRAWS, seed: int = 1) -> Study:
    """As `study`, of a panel already read."""
    made = cells(found, control)
    alike = alike_before(found, made)
    if alike and alike.p < 1 - LEVEL:
        raise Refused(
            "Before the support started, the outcome was already moving differently where it was to come than "
            f"elsewhere (test of equal trends: {p_is(alike.p)}). The comparison will not carry the claim."
        )

    def drawn(given: aggregate.Aggregate) -> Told:
        return Told(*told(found, given, draws=draws, seed=seed))

    each = tuple(Mean(place, float(made.effect[place]), made.influence[:, place]) for place in range(len(made.effect)))
    return Study(
        found,
        made,
        control,
        bands(found, each, draws=draws, seed=seed),
        estimate(found, aggregate.simple(found, made).overall),
        drawn(aggregate.by_cohort(found, made)),
        drawn(aggregate.by_event(found, made)),
        drawn(aggregate.by_calendar(found, made)),
        alike,
    )
