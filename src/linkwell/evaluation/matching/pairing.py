"""Who is compared with whom: the nearest control on the logit of the propensity, within the caliper and the exact keys.

Those hardest to match (the highest propensity) choose first, as is usual. Because the score has one dimension, the
nearest control still free lies just above or just below; two linked lists of free places find it at once, where a
search through all controls for each person takes minutes. Controls that are equally near are taken in an order drawn
from a seed, never in the order of the file, which may have to do with the outcome.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linkwell.evaluation.matching.covariates import Flags, Rows
from linkwell.evaluation.table import Numbers

Keys = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rows of treated people and of their controls, in pairs; `alone` are rows of treated people who found nobody."""

    treated: Rows
    controls: Rows
    alone: Rows
    caliper: float

    def __len__(self) -> int:
        return len(self.treated)


def pair(
    logit: Numbers,
    treated: Flags,
    keys: Keys | None = None,
    *,
    caliper: float = 0.2,
    replace: bool = False,
    seed: int = 1,
) -> Pairs:
    """Pairs within `caliper` standard deviations of the logit, alike in `keys`.

    The standard deviation is pooled over treated and controls, as Austin (2011) advises, with 0.2 of it.
    """
    pooled = (logit[treated].var(ddof=1) + logit[~treated].var(ddof=1)) / 2
    width = caliper * float(np.sqrt(pooled))
    groups = np.zeros(len(logit), dtype=np.intp) if keys is None else keys
    shuffled = np.random.default_rng(seed).permutation(len(logit))
    ours, others = shuffled[treated[shuffled]], shuffled[~treated[shuffled]]
    ours = ours[np.lexsort((-logit[ours], groups[ours]))]
    others = others[np.lexsort((logit[others], groups[others]))]
    match = _nearest if replace else _nearest_free
    found = np.concatenate([
        match(logit[mine], logit[free], free, width) for mine, free in _by_key(groups, ours, others)
    ])  # fmt: skip
    has = found >= 0
    order = np.argsort(ours[has], kind="stable")
    return Pairs(ours[has][order], found[has][order], np.sort(ours[~has]), width)


def _by_key(groups: Keys, ours: Rows, others: Rows) -> list[tuple[Rows, Rows]]:
    """The treated and the controls of each key that treated people have, in the order of the keys."""
    present = np.unique(groups[ours])
    sides = [(ours, groups[ours]), (others, groups[others])]
    edges = [(rows, np.searchsorted(of, present), np.searchsorted(of, present, side="right")) for rows, of in sides]
    (_, first, last), (_, low, high) = edges
    return [(ours[a:b], others[c:d]) for a, b, c, d in zip(first, last, low, high, strict=True)]


def _nearest(scores: Numbers, places: Numbers, rows: Rows, width: float) -> Rows:
    """For each score the row of the nearest place, -1 where none is within the width; a place serves many."""
    if not len(places):
        return np.full(len(scores), -1, dtype=np.intp)
    above = np.searchsorted(places, scores).clip(0, len(places) - 1)
    below = (above - 1).clip(0)
    nearer_below = np.abs(places[below] - scores) <= np.abs(places[above] - scores)
    nearest = np.where(nearer_below, below, above)
    return np.where(np.abs(places[nearest] - scores) <= width, rows[nearest], -1)


def _nearest_free(scores: Numbers, places: Numbers, rows: Rows, width: float) -> Rows:
    """As `_nearest`, but each place serves once, in the order of the scores given."""
    count = len(places)
    # Place 0 and place count + 1 are walls; a place that is taken points past itself.
    down, up = list(range(count + 2)), list(range(count + 2))
    found = np.full(len(scores), -1, dtype=np.intp)
    start = np.searchsorted(places, scores)
    for person, (score, at) in enumerate(zip(scores.tolist(), start.tolist(), strict=True)):
        below, above = _free(down, at), _free(up, at + 1)
        under = score - places[below - 1] if below > 0 else np.inf
        over = places[above - 1] - score if above <= count else np.inf
        if min(under, over) > width:
            continue
        taken = below if under <= over else above
        found[person] = rows[taken - 1]
        down[taken], up[taken] = taken - 1, taken + 1
    return found


def _free(towards: list[int], place: int) -> int:
    """The first free place from here, and a short cut left behind for the next who asks."""
    free = place
    while towards[free] != free:
        free = towards[free]
    while towards[place] != free and place != free:
        towards[place], place = free, towards[place]
    return free
