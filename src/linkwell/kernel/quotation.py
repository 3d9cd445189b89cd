"""Quotation marks in a CSV file that were never meant to close, and the rows that vanish between two of them.

A cell in quotation marks may hold line breaks, so one stray mark makes all lines up to the next into one cell: whoever
is on them would be gone, and the rows would still add up.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TextIO

MOST_LINE_BREAKS = 20
"""More than this many in one cell is no note that somebody wrote."""
NOT_CLOSED = (
    "Line {line:,} opens a quotation mark that is not closed on it; close it or remove it, and send the file again. "
    "Nothing was loaded."
)
_BREAK = re.compile(r"\r\n|\r|\n")
_LONGEST_PIECE = 1_000_000


class Record(NamedTuple):
    """One row: the line it begins on, how many lines it takes, its cells (None where one is too long for any).

    `sound`: each quotation mark that opens a cell closes it, with nothing behind it.
    """

    line: int
    lines: int
    cells: Sequence[str] | None
    sound: bool


def records(stream: TextIO, mark: str, *, pass_over_spaces: bool = False) -> Iterator[Record]:
    """Each row of a CSV that was opened with `newline=""`; `mark` stands between its cells.

    `pass_over_spaces`: a quotation mark after spaces opens a cell too.
    """
    pieces = _Pieces(stream)
    reader = csv.reader(pieces, delimiter=mark, skipinitialspace=pass_over_spaces)
    while True:
        before = reader.line_num
        pieces.held.clear()
        try:
            cells = next(reader, None)
        except csv.Error:
            yield Record(before + 1, reader.line_num - before, None, sound=False)
            continue
        if cells is None:
            return
        sound = len(pieces.held) == 1 and not pieces.ended
        sound = sound or _is_sound(pieces.held, mark, pass_over_spaces=pass_over_spaces)
        yield Record(before + 1, reader.line_num - before, cells, sound=sound)


def left_open(stream: TextIO, mark: str) -> int | None:
    """The line of the first mark that has taken in the rows after it, or the end of the file; None where none has."""
    columns = 0
    for record in records(stream, mark):
        columns = columns or len(record.cells or ())
        if opened := opening(record, mark, columns):
            return opened
    return None


def opening(record: Record, mark: str, columns: int) -> int | None:
    """The line on which a cell begins that has taken in what is after it; None where none has."""
    if record.lines == 1 and record.sound:
        return None
    line, cells = record.line, record.cells or ()
    for place, cell in enumerate(cells):
        breaks = len(_BREAK.findall(cell))
        if breaks and (not record.sound or _swallowed(cells, place, breaks, mark, columns)):
            return line
        line += breaks
    return None if record.sound else line


class _Pieces:
    """The lines of a file, those of the row in hand held; a line too long for any comes in pieces."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.held: list[str] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        piece = self._stream.readline(_LONGEST_PIECE)
        if not piece:
            self.ended = True
            raise StopIteration
        self.held.append(piece)
        return piece


def _is_sound(pieces: list[str], mark: str, *, pass_over_spaces: bool) -> bool:
    try:
        list(csv.reader(pieces, delimiter=mark, skipinitialspace=pass_over_spaces, strict=True))
    except csv.Error:
        return False
    return True


def _swallowed(cells: Sequence[str], place: int, breaks: int, mark: str, columns: int) -> bool:
    """Whether a cell is too long, or holds the end of one row and the beginning of another.

    Where the row has as many cells as the headings, it does so only if both are of the very same column. Where it has
    not, it may yet be a row that leaves out empty cells at its end.
    """
    cell = cells[place]
    if breaks > MOST_LINE_BREAKS:
        return True
    if len(cells) != columns:
        return mark in cell or any(each.strip() for each in cells[columns:])
    lines = _BREAK.split(cell)
    whole = cell.count(mark) >= breaks * (columns - 1)
    return whole and lines[-1].count(mark) >= place and lines[0].count(mark) >= columns - 1 - place
