"""What a treated unit did beyond its mixture, by one of three methods.

`sc`: weights on units alone (Abadie, Diamond and Hainmueller 2010, outcomes only). `did`: all units, and all times
before, count alike. `sdid`: weights on units, spread out by a penalty, and on times before, both blind to a constant
difference (Arkhangelsky and others 2021, algorithm 1; their penalty, solved exactly, small weights left in).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.synthetic.weights import closest
from linkwell.evaluation.table import Numbers


class Method(StrEnum):
    SC = "sc"
    SDID = "sdid"
    DID = "did"


@dataclass(frozen=True, slots=True)
class Gap:
    """`curve`: treated minus mixture at every time, less its level before. `effect`: mean of it afterwards.

    `fit` and `miss` are its root mean squares before and after the start.
    """

    units: Numbers
    times: Numbers
    curve: Numbers
    effect: float
    fit: float
    miss: float

    @property
    def ratio(self) -> float:
        """How much larger the gap is afterwards than before."""
        return self.miss / self.fit if self.fit > 0 else np.inf


def gap(method: Method, treated: Numbers, controls: Numbers, before: int, *, many: int = 1) -> Gap:
    """`treated`: a value for each time (the mean of `many` units); `controls`: units by times; `before`: how many."""
    units, times = _weights(method, treated, controls, before, many)
    raw = treated - units @ controls
    level = float(times @ raw[:before])
    curve = raw - level
    # The fit is judged after taking out what the method calls a constant difference.
    off = raw[:before] if method is Method.SC else raw[:before] - raw[:before].mean()
    fit, miss = (float(np.sqrt(np.square(part).mean())) for part in (off, curve[before:]))
    return Gap(units, times, curve, float(curve[before:].mean()), fit, miss)


def _weights(method: Method, treated: Numbers, controls: Numbers, before: int, many: int) -> tuple[Numbers, Numbers]:
    count = len(controls)
    if method is Method.DID:
        return np.full(count, 1 / count), np.full(before, 1 / before)
    early, target = controls[:, :before], treated[:before]
    if method is Method.SC:
        return closest(early.T, target), np.zeros(before)
    penalty = np.sqrt(many * (controls.shape[1] - before)) * _noise(early) ** 2
    times = closest(early, controls[:, before:].mean(axis=1), level=True)
    return closest(early.T, target, penalty=penalty, level=True), times


def _noise(early: Numbers) -> float:
    """Spread of the changes from one time to the next before the start, among controls."""
    noise = float(np.diff(early, axis=1).std(ddof=1))
    if noise == 0:
        raise Refused("The other units never change before the start, so no mixture of them can be judged.")
    return noise
