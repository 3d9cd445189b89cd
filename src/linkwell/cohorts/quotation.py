"""Quotation marks in a CSV file that were never meant to close, and the rows that vanish between two of them.

A cell in quotation marks may hold line breaks, so one stray mark makes all lines up to the next into one cell: the
visits on them would be gone, and the rows would still add up.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from linkwell.kernel.errors import Invalid

MOST_LINE_BREAKS = 20
"""More than this many in one cell is no note that somebody wrote."""
_BREAK = re.compile(r"\r\n|\r|\n")
_BLOCK = 1 << 20
_LONGEST_PIECE = 1_000_000


def refuse_swallowed(path: Path, readable: Path, mark: str, columns: int, rows: int) -> None:
    """Raise Invalid where a cell of the file has taken rows in; `rows` are those made of it, good and bad.

    `readable` is the file as it was read. Its lines are counted first, which is quick; only where they are more than
    its rows, by a blank line or by a line break in a cell, is each cell looked at.
    """
    if _lines(readable) == rows + 1:
        return
    for line, cells, span in _records(readable, mark):
        opened = _opening(line, cells, span, mark, columns)
        if opened:
            raise Invalid(
                {
                    path.name: f"Line {opened:,} opens a quotation mark that is not closed on it; close it or remove "
                    "it, and send the file again. Nothing was loaded."
                }
            )


def _lines(path: Path) -> int:
    count, last = 0, b"\n"
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            count, last = count + block.count(b"\n"), block[-1:]
    return count + (last != b"\n")


def _records(path: Path, mark: str) -> Iterator[tuple[int, list[str] | None, int]]:
    """Each row: the line it begins on, its cells (None where one is too long for any), and how many lines it takes."""
    # The signs that matter here are the same bytes in every alphabet we read.
    with path.open(encoding="latin-1", newline="") as stream:
        reader = csv.reader(iter(lambda: stream.readline(_LONGEST_PIECE), ""), delimiter=mark, skipinitialspace=True)
        while True:
            before = reader.line_num
            try:
                cells = next(reader, None)
            except csv.Error:
                yield before + 1, None, reader.line_num - before
                continue
            if cells is None:
                return
            yield before + 1, cells, reader.line_num - before


def _opening(line: int, cells: list[str] | None, span: int, mark: str, columns: int) -> int | None:
    """The line on which a cell begins that has taken rows in; None where none has."""
    if span == 1:
        return None
    for place, cell in enumerate(cells or ()):
        breaks = len(_BREAK.findall(cell))
        if breaks and (len(cells or ()) != columns or _swallowed(cell, breaks, place, mark, columns)):
            return line
        line += breaks
    return None if cells else line


def _swallowed(cell: str, breaks: int, place: int, mark: str, columns: int) -> bool:
    """Whether a cell is too long, or holds the end of one row and the beginning of another at the very same column."""
    lines = _BREAK.split(cell)
    if breaks > MOST_LINE_BREAKS:
        return True
    whole = cell.count(mark) >= breaks * (columns - 1)
    return whole and lines[-1].count(mark) >= place and lines[0].count(mark) >= columns - 1 - place
