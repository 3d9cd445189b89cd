"""Counts, shares and ratios of each group at each step, and which of them may not be shown.

A small cell can also be found by subtraction: from what the step before held, from the other groups and their total, or
from a share. So a cell is shown whole or kept back whole; what is kept back takes the later steps of its group with
it; and so many others are kept back beside it that those kept back together are no small number either.

A step at which most groups would be kept back is passed over instead: it is shown for none of them, and the next step
is counted out of the last that is shown. Of a team that takes on nearly everybody, nothing could be shown otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import exp, log, sqrt

import numpy as np
import numpy.typing as npt
from scipy import stats

from linkwell.evaluation.disclosure.rules import SMALL, names_somebody
from linkwell.evaluation.estimate import Estimate, from_error
from linkwell.evaluation.funnel.people import NOT_KNOWN, People
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.shares import Share, holm, share


@dataclass(frozen=True, slots=True)
class Cell:
    """One group at one step. `not_known` are those of whom it is not known. Kept back, all else is None.

    `reached` is out of those who reached the step before (the last that was not passed over) and of whom it is known;
    `of_all` out of the group's first step. `ratio` compares `reached` with that of the group compared with, its p-value
    made right by Holm for them all.
    """

    step: str
    reached: Share | None
    not_known: int | None
    of_all: Share | None
    ratio: Estimate | None = None

    @property
    def kept_back(self) -> bool:
        return self.reached is None


@dataclass(frozen=True, slots=True)
class Group:
    """One group of one column. `reference` marks the one others are compared with."""

    column: str
    name: str
    reference: bool
    cells: tuple[Cell, ...]


Flags = npt.NDArray[np.bool_]
KEPT_BACK = Cell("", None, None, None)


def groups_of(people: People, references: Iterable[str] = ()) -> tuple[tuple[Cell, ...], tuple[Group, ...]]:
    """Everybody's cells, and those of each group. Raises Refused where there is nothing to compare."""
    everybody = np.ones(len(people.reached), dtype=np.bool_)
    first = _cell(people, everybody, (), 0)
    if _small(first) or not _reached(first).count:
        raise Refused(f"Fewer than {SMALL + 1} people were {people.steps[0]}. So few are not shown by group.")
    wanted = set(references)
    groups = [group for name in people.groups for group in _column(people, name, wanted)]
    unknown = wanted - {group.name for group in groups}
    if unknown:
        raise Refused(f"There is no group “{min(unknown)}” to compare with.")
    return _shown(people, [everybody])[0], _corrected(groups)


def _column(people: People, column: str, wanted: set[str]) -> list[Group]:
    names, sizes = np.unique(people.groups[column], return_counts=True)
    if len(names) < 2:
        raise Refused(f"Column “{column}” holds one group only, so there is nothing to compare.")
    chosen = [str(name) for name in names if name in wanted]
    # Those of whom it is not known are no group to measure others by, unless there is no other.
    largest = str(names[np.argmax(np.where(names == NOT_KNOWN, 0, sizes))])
    reference = chosen[0] if chosen else largest
    kept = _shown(people, [people.groups[column] == name for name in names])
    against = kept[[str(name) for name in names].index(reference)]
    return [
        Group(column, str(name), str(name) == reference, _with_ratios(cells, against, str(name) == reference))
        for name, cells in zip(names, kept, strict=True)
    ]


def _shown(people: People, groups: list[Flags]) -> list[tuple[Cell, ...]]:
    """The cells of these groups with small ones kept back, and whatever would tell of them."""
    rows: list[list[Cell]] = []
    shown: tuple[int, ...] = ()
    hidden = np.zeros(len(groups), dtype=np.bool_)
    for step, name in enumerate(people.steps):
        cells = [_cell(people, inside, shown, step) for inside in groups]
        gone = hidden | [_small(cell) for cell in cells]
        if len(groups) > 1:
            _hide_beside(gone, cells)
        if step and 2 * gone.sum() > len(groups):
            rows.append([replace(KEPT_BACK, step=name)] * len(groups))
            continue
        shown, hidden = (*shown, step), gone
        rows.append([replace(KEPT_BACK, step=name) if out else cell for cell, out in zip(cells, gone, strict=True)])
    return list(zip(*rows, strict=True))


def _cell(people: People, inside: Flags, shown: tuple[int, ...], at: int) -> Cell:
    """Of those who reached the last step that is shown. Whoever did not reach one in between did not reach this one."""
    reached = people.reached[inside]
    last = shown[-1] if shown else -1
    before = reached[:, last] == 1 if shown else np.ones(len(reached), dtype=np.bool_)
    here = np.where((reached[:, last + 1 : at] == 0).any(axis=1), 0.0, reached[:, at])[before]
    known, count = int(np.isfinite(here).sum()), int(np.nansum(here))
    return Cell(people.steps[at], share(count, known), len(here) - known, share(count, int(np.nansum(reached[:, 0]))))


def _small(cell: Cell) -> bool:
    """Whether how many reached the step, or did not, is a number that may name somebody."""
    reached = _reached(cell)
    return names_somebody(reached.count) or names_somebody(reached.of - reached.count)


def _hide_beside(hidden: Flags, cells: list[Cell]) -> None:
    """Keep back the next smallest until those kept back cannot be told from everybody less the rest."""
    while hidden.any() and not hidden.all() and not _safe_together(hidden, cells):
        open_ones = np.flatnonzero(~hidden)
        hidden[min(open_ones, key=lambda at: (_reached(cells[at]).count, at))] = True


def _safe_together(hidden: Flags, cells: list[Cell]) -> bool:
    kept_back = [cells[at] for at in np.flatnonzero(hidden)]
    count = sum(_reached(cell).count for cell in kept_back)
    missed = sum(_reached(cell).of for cell in kept_back) - count
    return len(kept_back) > 1 and not (names_somebody(count) or names_somebody(missed))


def _reached(cell: Cell) -> Share:
    if cell.reached is None:
        raise AssertionError(cell)
    return cell.reached


def _with_ratios(cells: tuple[Cell, ...], against: tuple[Cell, ...], reference: bool) -> tuple[Cell, ...]:
    if reference:
        return cells
    return tuple(replace(cell, ratio=_ratio(cell, other)) for cell, other in zip(cells, against, strict=True))


def _ratio(cell: Cell, other: Cell) -> Estimate | None:
    """The ratio of two shares with Katz's interval, and Fisher's exact p-value."""
    one, two = cell.reached, other.reached
    if not (one and two and one.count and two.count) or (one.count == one.of and two.count == two.of):
        return None
    error = sqrt(1 / one.count - 1 / one.of + 1 / two.count - 1 / two.of)
    found = from_error(log(one.value / two.value), error, one.of + two.of)
    table = [[one.count, one.of - one.count], [two.count, two.of - two.count]]
    p = float(stats.fisher_exact(table).pvalue)
    return Estimate(exp(found.value), exp(found.low), exp(found.high), found.n, error, p)


def _corrected(groups: list[Group]) -> tuple[Group, ...]:
    after = iter(holm([cell.ratio.p for cell in _compared(groups) if cell.ratio and cell.ratio.p is not None]))
    return tuple(
        replace(group, cells=tuple(_with_p(cell, next(after)) if cell.ratio else cell for cell in group.cells))
        for group in groups
    )


def _compared(groups: list[Group]) -> list[Cell]:
    return [cell for group in groups for cell in group.cells if cell.ratio]


def _with_p(cell: Cell, p: float) -> Cell:
    return replace(cell, ratio=replace(cell.ratio, p=p)) if cell.ratio else cell
