"""From true numbers to what may be published. Loads a solver, so it is imported only where a release is prepared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from linkwell.evaluation.disclosure import log
from linkwell.evaluation.disclosure.accounts import Account, Entry
from linkwell.evaluation.disclosure.cells import Mean, of_mean
from linkwell.evaluation.disclosure.frozen import Cells
from linkwell.evaluation.disclosure.gate import release
from linkwell.evaluation.estimate import Estimate, from_error
from linkwell.evaluation.paired.change import FEWEST
from linkwell.evaluation.refusal import Refused
from linkwell.showcase.figures import TWICE, Figures, Moved, told


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came through, and in words why the rest did not."""

    cells: Cells
    why: Mapping[str, str]


def prepare(account: Account, figures: Figures, entries: Sequence[Entry]) -> Prepared:
    """Raises Refused where this release beside earlier ones would tell of a few people, whatever is kept back."""
    asked = log.asked(account, told(account.counts), entries)
    passed = release(asked)
    counts = {log.own_name(account, name): cell for name, cell in passed.cells.items()}
    why = {log.own_name(account, name): str(reason) for name, reason in passed.why.items()}
    means = {}
    for code, moved in figures.moved.items():
        few = log.leaves_few(asked, account, TWICE + code) or counts[TWICE + code].shown is None
        means[code] = _mean(moved, kept_back=few)
        if means[code].value is None:
            why[f"change/{code}"] = _why_no_mean(moved)
    return Prepared(Cells(counts, means), why)


def change_of(moved: Moved) -> Estimate | None:
    """The mean change with Student's interval, as `evaluation.paired` gives it; None where it says nothing."""
    if moved.people < FEWEST:
        return None
    mean = moved.total / moved.people
    spread = max(0.0, moved.squares - moved.people * mean * mean) / (moved.people - 1)
    try:
        return from_error(mean, sqrt(spread / moved.people), moved.people, moved.people - 1)
    except Refused:
        return None


def _mean(moved: Moved, *, kept_back: bool) -> Mean:
    found = change_of(moved)
    if found is None:
        return of_mean(0, 0.0, 0.0, 0.0)
    return of_mean(moved.people, found.value, found.low, found.high, kept_back=kept_back)


def _why_no_mean(moved: Moved) -> str:
    if moved.people < FEWEST:
        return f"fewer than {FEWEST} people answered twice"
    return "beside other releases it would tell of the change of a few people, or everybody changed by the same"
