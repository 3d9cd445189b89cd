"""Spreadsheet files in which no cell can run, and which come back exactly as they went out.

A spreadsheet treats a cell as a formula when it begins with = + - @, their full-width twins, or
hides one of these behind a space, tab, line end, NUL or byte-order mark. Such a cell is written
with an apostrophe before it, which spreadsheets show or swallow but never run. A cell that begins
with an apostrophe gets one more, so reading can always take exactly one away. (OWASP ASVS 1.2.10.)
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from linkwell.kernel.errors import Invalid, TooMany

_STARTERS = frozenset("=+-@＝＋－＠﹦﹢﹣﹫−|%")
BYTE_ORDER_MARK = "\ufeff"


def write_rows(stream: TextIO, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a header and rows to a stream opened with newline=""; return how many rows were written.

    Every cell is quoted. None becomes an empty cell. A row of another length than the header
    raises ValueError: shifted columns are worse than no file.
    """
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe(name) for name in header])
    written = 0
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"row {written + 1} has {len(row)} cells, the header {len(header)}")
        writer.writerow([safe("" if cell is None else str(cell)) for cell in row])
        written += 1
    return written


def read_rows(stream: TextIO, most_rows: int = 1_000_000) -> Iterator[dict[str, str]]:
    """Read rows that `write_rows` wrote, or that a person saved, one at a time.

    Raises Invalid for a missing, blank or repeated column name, a row with more cells or fewer than
    the header, or a cell the reader cannot take; TooMany past `most_rows`. Nothing is ever dropped
    in silence.
    """
    reader = csv.reader(stream, strict=True)
    try:
        header = _header(next(reader, None))
        for number, row in enumerate((row for row in reader if row), start=1):
            if number > most_rows:
                raise TooMany(f"This file has more than {most_rows:,} rows. Split it and try again.")
            if len(row) != len(header):
                raise Invalid({f"row {number}": f"This row has {len(row)} cells; the header has {len(header)}."})
            yield dict(zip(header, map(original, row), strict=True))
    except csv.Error:
        where = f"line {reader.line_num}"
        raise Invalid({where: "The file is damaged here: a quote is not closed or a cell is too long."}) from None
    except UnicodeDecodeError:
        raise Invalid({"": "Save the file as CSV UTF-8 and try again."}) from None


def safe(cell: str) -> str:
    """The cell as it may be written: with an apostrophe before it if it could run."""
    return "'" + cell if needs_quote(cell) else cell


def original(cell: str) -> str:
    """The cell as it was before `safe`."""
    return cell[1:] if cell.startswith("'") and needs_quote(cell[1:]) else cell


def needs_quote(cell: str) -> bool:
    """Whether a spreadsheet might run this cell, or mistake it for one that we marked."""
    first = cell[:1]
    if not first:
        return False
    if first == "'" or first in "\t\r\n\0":
        return True
    return _visible_start(cell) in _STARTERS


def _visible_start(cell: str) -> str:
    for character in cell:
        if not (character.isspace() or unicodedata.category(character) in ("Cc", "Cf")):
            return character
    return ""


def _header(row: list[str] | None) -> list[str]:
    if not row:
        raise Invalid({"header": "The file is empty. The first row must hold the column names."})
    names = [original(name.removeprefix(BYTE_ORDER_MARK) if n == 0 else name) for n, name in enumerate(row)]
    if any(not name.strip() for name in names):
        raise Invalid({"header": "Every column needs a name in the first row."})
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Invalid({"header": f"The column “{twice[0][:60]}” comes more than once."})
    return names
