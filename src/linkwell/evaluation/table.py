"""A file of data, column by column. Whatever is not what a column should hold is refused with its row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from linkwell.evaluation.refusal import Refused

Numbers = npt.NDArray[np.float64]
Words = npt.NDArray[np.str_]

# The heading is row 1 of a file, as a spreadsheet counts.
FIRST_ROW = 2
# Squares of larger numbers, summed, would lose what they differ by.
LARGEST = 1e12


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a file; every column is read as text first, so that nothing is guessed."""

    columns: pa.Table

    def __len__(self) -> int:
        return int(self.columns.num_rows)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.columns.column_names)

    def words(self, name: str, *, missing: bool = False) -> Words:
        """A column as text; with `missing`, a cell may be empty. Raises Refused."""
        column = self._column(name)
        texts = pc.fill_null(pc.utf8_trim_whitespace(pc.cast(column, pa.string())), "")
        words = np.asarray(texts.to_numpy(zero_copy_only=False), dtype=np.str_)
        if not missing:
            refuse_where(words == "", name, "is empty")
        return words

    def numbers(self, name: str, *, missing: bool = False) -> Numbers:
        """A column as finite numbers; with `missing`, an empty cell is `nan`. Raises Refused."""
        column = self._column(name)
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            column = _as_numbers(column, name)
        empty = pc.is_null(column).to_numpy(zero_copy_only=False)
        if not missing:
            refuse_where(empty, name, "is empty")
        values = np.asarray(pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)
        refuse_where(~np.isfinite(values) & ~empty, name, "is not a finite number")
        refuse_where(np.abs(values) > LARGEST, name, "is larger than anything that is measured or counted")
        return values

    def dates(self, name: str) -> tuple[dt.date, ...]:
        """A column of dates: 2026-03-01, or a month as 2026-03, which is its first day. Raises Refused."""
        return tuple(_as_date(text, name, row) for row, text in enumerate(self.words(name), start=FIRST_ROW))

    def _column(self, name: str) -> pa.ChunkedArray:
        if name not in self.columns.column_names:
            raise Refused(f"There is no column “{name}”. The file has: {', '.join(self.names)}.")
        return self.columns.column(name)


def read_table(path: Path) -> Table:
    """A CSV or Parquet file with a heading. Raises Refused for what cannot be read, or has no rows."""
    try:
        columns = pa.parquet.read_table(path) if path.suffix.lower() == ".parquet" else _read_csv(path)
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        raise Refused(f"{path.name} cannot be read as a table: {_first_line(error)}") from error
    repeated = {name for name in columns.column_names if columns.column_names.count(name) > 1}
    if repeated:
        raise Refused(f"Two columns are called “{min(repeated)}”. Give each its own name.")
    if not columns.num_rows:
        raise Refused(f"{path.name} has no rows.")
    return Table(columns)


def _read_csv(path: Path) -> pa.Table:
    with path.open("rb") as file:
        names = pa.csv.open_csv(file).schema.names
    as_text = pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
    return pa.csv.read_csv(path, convert_options=as_text)


def _as_numbers(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    texts = pc.utf8_trim_whitespace(column)
    texts = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
    try:
        return pc.cast(texts, pa.float64())
    except pa.ArrowInvalid:
        for row, text in enumerate(texts.to_pylist(), start=FIRST_ROW):
            if text is not None and not _is_number(text):
                raise Refused(f"Row {row}, column “{name}”: “{text[:40]}” is not a number.") from None
        raise


def _is_number(text: str) -> bool:
    try:
        pc.cast(pa.array([text]), pa.float64())
    except pa.ArrowInvalid:
        return False
    return True


def _as_date(text: str, name: str, row: int) -> dt.date:
    try:
        return dt.date.fromisoformat(f"{text}-01" if len(text) == len("2026-03") else text[: len("2026-03-01")])
    except ValueError:
        raise Refused(f"Row {row}, column “{name}”: “{text[:40]}” is not a date like 2026-03-01.") from None


def refuse_where(bad: npt.NDArray[np.bool_], name: str, what: str) -> None:
    """Raises Refused with the first row, as a spreadsheet counts, where `bad` is true."""
    if bad.any():
        raise Refused(f"Row {int(bad.argmax()) + FIRST_ROW}, column “{name}”: the cell {what}.")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
