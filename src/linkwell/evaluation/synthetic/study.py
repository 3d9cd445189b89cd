"""The whole of it: the gap of the treated unit beside the gaps of units that nothing happened to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np

from linkwell.evaluation.estimate import Estimate, from_error
from linkwell.evaluation.panel import Flags, Panel, Places, read_panel
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.synthetic.gap import Gap, Method, gap
from linkwell.evaluation.table import Numbers, Table

# Fewer times before, or units beside, than these tell nothing of how well a mixture follows.
FEWEST_BEFORE, FEWEST_CONTROLS = 4, 5
# The treated unit may be followed at most so many times as badly as the others typically are.
WORST_FIT = 2.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns; `person_time` makes rates of counts."""

    unit: str
    time: str
    outcome: str
    person_time: str | None = None


@dataclass(frozen=True, slots=True)
class Placebos:
    """Runs that took units nothing happened to for treated. `curves`: runs by times.

    `rank` is the share of runs, the real one among them, whose measure is at least as extreme: of the ratio of gaps
    after to before for `sc`, of the size of the effect else.
    """

    effects: Numbers
    ratios: Numbers
    fits: Numbers
    curves: Numbers
    rank: float


@dataclass(frozen=True, slots=True)
class Study:
    """`treated` is the mean of the treated units at each time, `mixture` what stands for it (level taken out)."""

    method: Method
    labels: tuple[str, ...]
    before: int
    controls: tuple[str, ...]
    treated: Numbers
    real: Gap
    effect: Estimate
    placebos: Placebos
    window: tuple[dt.date, dt.date] | None = None

    @property
    def mixture(self) -> Numbers:
        return self.treated - self.real.curve


def study(
    table: Table,
    columns: Columns,
    treated: tuple[str, ...],
    start: str,
    method: Method,
    *,
    most: int = 1000,
    seed: int = 1,
) -> Study:
    """`treated` units from `start` on. Raises Refused where too little is left to compare, or the fit is poor."""
    panel = read_panel(
        table, unit=columns.unit, time=columns.time, outcome=columns.outcome, person_time=columns.person_time
    )
    before = _before(panel, start)
    ours = _ours(panel, treated)
    controls = tuple(name for name in panel.units if name not in treated)
    found = estimated(
        panel.values, ours, before, method, labels=panel.times.labels, names=controls, most=most, seed=seed
    )
    return replace(found, window=panel.times.moments.window)


def estimated(
    values: Numbers,
    ours: Flags,
    before: int,
    method: Method,
    *,
    labels: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    most: int = 1000,
    seed: int = 1,
) -> Study:
    """As `study`, of units by times already read; `ours` are true for the treated rows."""
    treated, controls, many = values[ours].mean(axis=0), values[~ours], int(ours.sum())
    if len(controls) - many < FEWEST_CONTROLS:
        raise Refused(
            f"Only {len(controls)} other units: at least {FEWEST_CONTROLS + many} are needed to compare with."
        )
    real = gap(method, treated, controls, before, many=many)
    runs = [_placebo(method, controls, before, taken) for taken in _taken(len(controls), many, most, seed)]
    placebos = _placebos(method, real, runs)
    _refuse_poor(real, placebos)
    effect = from_error(real.effect, _error(placebos.effects), len(controls) + many, len(controls) - 1)
    return Study(method, labels, before, names, treated, real, effect, placebos)


def _before(panel: Panel, start: str) -> int:
    before = panel.times.place(start)
    if not 0 < before < len(panel.times.labels):
        raise Refused(f"“{start}” is not among the times, or nothing comes before it.")
    if before < FEWEST_BEFORE:
        raise Refused(f"Only {before} times before {start}: at least {FEWEST_BEFORE} are needed to see what is alike.")
    return before


def _ours(panel: Panel, treated: tuple[str, ...]) -> Flags:
    for name in treated:
        if name not in panel.units:
            raise Refused(f"There is no unit “{name}”.")
    return np.isin(panel.units, treated)


def _taken(count: int, many: int, most: int, seed: int) -> list[Places]:
    """Which controls each run takes for treated: each once when one is treated, else draws without order."""
    if many == 1 and count <= most:
        return [np.array([place]) for place in range(count)]
    random = np.random.default_rng(seed)
    return [random.choice(count, size=many, replace=False) for _ in range(most)]


def _placebo(method: Method, controls: Numbers, before: int, taken: Places) -> Gap:
    rest = np.delete(controls, taken, axis=0)
    return gap(method, controls[taken].mean(axis=0), rest, before, many=len(taken))


def _placebos(method: Method, real: Gap, runs: list[Gap]) -> Placebos:
    effects, ratios = np.array([each.effect for each in runs]), np.array([each.ratio for each in runs])
    extreme = ratios >= real.ratio if method is Method.SC else np.abs(effects) >= abs(real.effect)
    rank = (1 + int(extreme.sum())) / (1 + len(runs))
    fits, curves = np.array([each.fit for each in runs]), np.array([each.curve for each in runs])
    return Placebos(effects, ratios, fits, curves, rank)


def _refuse_poor(real: Gap, placebos: Placebos) -> None:
    typical = float(np.median(placebos.fits))
    if real.fit > WORST_FIT * typical:
        raise Refused(
            f"Before the start no mixture of the others follows the treated unit: it misses by {real.fit:.3g} on "
            f"average, the others by {typical:.3g}. What it does afterwards says nothing about the support."
        )


def _error(effects: Numbers) -> float:
    """Spread of the placebo effects around no effect, for their mean is known: nothing happened to them."""
    return float(np.sqrt(np.square(effects).mean()))
