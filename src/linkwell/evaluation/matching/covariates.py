"""What people are compared on: the columns, checked, on one scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.table import Numbers, Table

Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

# A column whose remaining spread is smaller than this share of its own is a copy of the others.
COPY = 1e-9
MOST_KINDS = 50


@dataclass(frozen=True, slots=True)
class Covariates:
    """One row for each person, one column for each name; `means` and `spreads` bring a column to mean 0, spread 1."""

    names: tuple[str, ...]
    values: Numbers
    means: Numbers
    spreads: Numbers

    def standard(self, rows: Rows | slice = slice(None)) -> Numbers:
        """These rows with every column at mean 0 and standard deviation 1."""
        values: Numbers = self.values[rows] - self.means
        values /= self.spreads
        return values


def covariates(names: tuple[str, ...], values: Numbers) -> Covariates:
    """Checked: raises Refused, with the name, where a column is the same for everyone or a copy of others."""
    means, spreads = values.mean(axis=0), values.std(axis=0)
    for name, mean, spread in zip(names, means, spreads, strict=True):
        if spread <= COPY * max(abs(mean), 1.0):
            raise Refused(f"“{name}” is the same for everyone, so nobody can be matched on it. Leave it out.")
    _refuse_copies(names, values, means, spreads)
    return Covariates(names, values, means, spreads)


def read_covariates(table: Table, numbers: tuple[str, ...], kinds: tuple[str, ...] = ()) -> Covariates:
    """Columns of numbers as they are; columns of kinds (words) as one yes/no column for each kind but the commonest."""
    if not numbers and not kinds:
        raise Refused("Name at least one covariate: without any, nobody is more alike than anybody else.")
    columns = [(name, table.numbers(name)) for name in numbers]
    columns += [column for name in kinds for column in _indicators(table, name)]
    values = np.empty((len(table), len(columns)))
    for position, (_, column) in enumerate(columns):
        values[:, position] = column
    return covariates(tuple(name for name, _ in columns), values)


def _indicators(table: Table, name: str) -> list[tuple[str, Numbers]]:
    found, counts = np.unique(table.words(name), return_counts=True)
    if len(found) > MOST_KINDS:
        raise Refused(f"“{name}” has {len(found)} different words; at most {MOST_KINDS} can be compared on.")
    if len(found) == 1:
        raise Refused(f"“{name}” is the same for everyone, so nobody can be matched on it. Leave it out.")
    words, commonest = table.words(name), int(counts.argmax())
    rest = [kind for position, kind in enumerate(found) if position != commonest]
    return [(f"{name}: {kind}", (words == kind).astype(np.float64)) for kind in rest]


def _refuse_copies(names: tuple[str, ...], values: Numbers, means: Numbers, spreads: Numbers) -> None:
    """Gaussian elimination on the correlations: what is left of each column once those before it are taken out."""
    left = (values.T @ values / len(values) - np.outer(means, means)) / np.outer(spreads, spreads)
    for position, name in enumerate(names):
        if left[position, position] < COPY**0.5:
            raise Refused(f"“{name}” can be worked out from the covariates before it. Leave it out.")
        left = left - np.outer(left[:, position], left[position]) / left[position, position]
