"""Columns of made-up rows as arrays, and how they become tables of activity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from linkwell.cohorts.columns import TABLES

Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
DAY = 86_400_000_000
"""A day in microseconds."""
NOTHING = -1
"""A time, or a place in a list of words, that is not there."""


@dataclass(frozen=True, slots=True)
class Words:
    """A column of few different words: `places` into `known`."""

    known: tuple[str, ...]
    places: Numbers

    def array(self) -> pa.Array:
        places = pa.array(self.places, mask=self.places < 0)
        return pc.take(pa.array(self.known, pa.string()), places)


def ids(letter: str, numbers: Numbers) -> pa.Array:
    """P000000017 for 17."""
    digits = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), 9, "0")
    return pc.binary_join_element_wise(pa.scalar(letter), digits, "")


def moments(times: Numbers) -> pa.Array:
    """Microseconds since 1970 as times; NOTHING as null."""
    return pa.array(times, mask=times == NOTHING).cast(pa.timestamp("us"))


def diagnoses(columns: list[Words]) -> tuple[pa.Array, pa.Array]:
    """Several columns of codes as one list a row: (system, code) pairs, and the codes alone."""
    known: list[str] = [code for words in columns for code in words.known]
    starts = np.cumsum([0, *(len(words.known) for words in columns[:-1])])
    grid = np.stack(
        [np.where(w.places < 0, NOTHING, w.places + s) for w, s in zip(columns, starts, strict=True)], axis=1
    )
    present = grid >= 0
    offsets = np.concatenate([[0], np.cumsum(present.sum(axis=1))]).astype(np.int32)
    codes = pc.take(pa.array(known, pa.string()), pa.array(grid[present]))
    systems = pa.repeat(pa.scalar("ICD10"), len(codes))
    pairs = pa.StructArray.from_arrays([systems, codes], names=["system", "code"])
    return pa.ListArray.from_arrays(offsets, pairs), pa.ListArray.from_arrays(offsets, codes)


def table(name: str, columns: dict[str, pa.Array]) -> pa.Table:
    """The columns in the order of our table; those not given are null."""
    length = len(next(iter(columns.values())))
    return pa.table(
        {
            column.name: columns.get(column.name, pa.nulls(length, _ARROW[column.kind]))
            for column in TABLES[name].columns
        }
    )


_PAIRS = pa.list_(pa.struct([("system", pa.string()), ("code", pa.string())]))
_ARROW = {
    "text": pa.string(),
    "code": pa.string(),
    "time": pa.timestamp("us"),
    "yes_no": pa.bool_(),
    "diagnoses": _PAIRS,
    "codes": pa.list_(pa.string()),
}
