"""Weights that are not negative and sum to one, by which columns come closest to a target.

Without a penalty this is non-negative least squares in disguise: among mixtures the distance to the target is a length,
and the shortest mixture is the direction that non-negative least squares finds (Lawson and Hanson 1974), exactly and in
a millisecond. With a penalty on large weights, Newton's method on the dual problem, which has only as many unknowns as
there are times; its answer is exact too, for it ends once the set of positive weights no longer changes.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import nnls

from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Numbers

MOST_STEPS = 100
CLOSE = 1e-10
ENOUGH_DOWN = 1e-4


def closest(columns: Numbers, target: Numbers, *, penalty: float = 0.0, level: bool = False) -> Numbers:
    """Minimises the mean square of `columns @ weights - target` plus `penalty` times the sum of squared weights.

    With `level` a constant difference costs nothing. Raises Refused when no weights are found.
    """
    off = columns - target[:, None]
    if level:
        off = off - off.mean(axis=0)
    scale = float(np.abs(off).max())
    if scale == 0:
        return np.full(columns.shape[1], 1 / columns.shape[1])
    off = off / scale
    return _penalised(off, len(off) * penalty / scale**2) if penalty else _shortest(off)


def _shortest(off: Numbers) -> Numbers:
    rows = np.vstack([off, np.ones(off.shape[1])])
    aim = np.zeros(len(rows))
    aim[-1] = 1.0
    found, _ = nnls(rows, aim, maxiter=50 * off.shape[1])
    weights: Numbers = found / found.sum()
    return weights


def _penalised(off: Numbers, penalty: float) -> Numbers:
    """The dual's unknowns are the remaining differences and the common level that makes the weights sum to one."""
    left = off.mean(axis=1)
    dual = np.append(left, (left @ off).max() + penalty / off.shape[1])
    cost, weights = _dual(off, penalty, dual)
    for _ in range(MOST_STEPS):
        slope = np.append(dual[:-1] - off @ weights, weights.sum() - 1)
        if np.abs(slope).max() < CLOSE:
            done: Numbers = weights / weights.sum()
            return done
        change = -np.linalg.solve(_bend(off[:, weights > 0], penalty), slope)
        step = 1.0
        trial, found = _dual(off, penalty, dual + change)
        while trial > cost + ENOUGH_DOWN * step * float(slope @ change) and step > CLOSE:
            step /= 2
            trial, found = _dual(off, penalty, dual + step * change)
        dual, cost, weights = dual + step * change, trial, found
    raise Refused("No weights could be found for these numbers: they differ too much in size.")


def _dual(off: Numbers, penalty: float, dual: Numbers) -> tuple[float, Numbers]:
    left, level = dual[:-1], dual[-1]
    weights: Numbers = np.maximum(0.0, (level - left @ off) / penalty)
    return float(left @ left + penalty * weights @ weights) / 2 - float(level), weights


def _bend(active: Numbers, penalty: float) -> Numbers:
    rows = np.vstack([active, -np.ones(active.shape[1])])
    bend: Numbers = rows @ rows.T / penalty
    bend[np.diag_indices(len(active))] += 1.0
    return bend
