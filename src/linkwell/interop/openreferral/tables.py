"""CSV from any program as rows with headings: any usual encoding and separator, one row in memory at a time."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from linkwell.interop.openreferral.errors import FeedStopped
from linkwell.interop.openreferral.stream import LARGEST_RECORD, Oversized
from linkwell.kernel import quotation

MOST_COLUMNS = 500
LARGEST_CELL = 32_000_000
# What one sheet of the old and of the present spreadsheet programs holds: a file that ends there was cut there.
SHEET_ENDS = (65_536, 1_048_576)
_BLOCK = 1024 * 1024
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

Row = dict[str, str]

csv.field_size_limit(LARGEST_CELL)


def headings(file: BinaryIO) -> tuple[str, ...]:
    """The headings of a CSV file, each once: a second "Phone" is "Phone (2)". Raises FeedStopped."""
    text, separator = _opened(file)
    return _headings(next(_lines(csv.reader(text, delimiter=separator)), []))


def rows(file: BinaryIO) -> Iterator[Row | Oversized]:
    """Each row under the headings; an `Oversized` where it does not fit them. Rows without any text are passed over.

    The file must be seekable. Raises FeedStopped where it cannot be read on.
    """
    text, separator = _opened(file)
    lines = _lines(csv.reader(text, delimiter=separator))
    names = _headings(next(lines, []))
    count = 1
    for cells in lines:
        count += 1
        if any(cell.strip() for cell in cells):
            yield _row(names, cells)
    if count in SHEET_ENDS:
        raise FeedStopped("The file ends where a spreadsheet's page ends, so its last rows may be missing.")


def left_open(file: BinaryIO) -> int | None:
    """The line of a quotation mark that makes one cell of the rows after it; None where there is none."""
    return quotation.left_open(*_opened(file))


def _row(names: tuple[str, ...], cells: list[str]) -> Row | Oversized:
    if any(cell.strip() for cell in cells[len(names) :]):
        return Oversized(f"It has {len(cells)} cells under {len(names)} headings, so we cannot tell which is which.")
    if sum(map(len, cells)) > LARGEST_RECORD:
        return Oversized("It is too large: we take up to 2 million characters.")
    return dict(zip(names, cells, strict=False))


def _headings(cells: list[str]) -> tuple[str, ...]:
    if len(cells) > MOST_COLUMNS:
        raise FeedStopped(f"The file has more than {MOST_COLUMNS} columns.")
    found: dict[str, None] = {}
    for place, cell in enumerate(cells, start=1):
        name = " ".join(cell.replace("\ufeff", "").replace("\x00", "").split())[:200] or f"Column {place}"
        again = sum(name == each or each.startswith(f"{name} (") for each in found)
        found[f"{name} ({again + 1})" if name in found else name] = None
    if len(found) < 2:
        raise FeedStopped("We found no table in this file: its first line should hold the headings of the columns.")
    return tuple(found)


def _lines(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error:
        raise FeedStopped("A quotation mark in the table never closes. Nothing after it was read.") from None


def _opened(file: BinaryIO) -> tuple[TextIO, str]:
    """The file as text from its beginning, and what separates its cells."""
    file.seek(0)
    start = file.read(4)
    if start.startswith(_SPREADSHEETS):
        raise FeedStopped("This is a spreadsheet. Save it as CSV (comma separated) and load that.")
    encoding = next((name for mark, name in _MARKS if start.startswith(mark)), "") or _encoding(file)
    file.seek(0)
    text = io.TextIOWrapper(io.BufferedReader(_Kept(file)), encoding=encoding, errors="replace", newline="")
    separator = _separator(text.readline(_BLOCK))
    file.seek(0)
    return io.TextIOWrapper(io.BufferedReader(_Kept(file)), encoding=encoding, errors="replace", newline=""), separator


def _encoding(file: BinaryIO) -> str:
    """UTF-8 where every byte of the file agrees; else the one that spreadsheet programs in the UK write."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _separator(line: str) -> str:
    unquoted = re.sub(r'"[^"]*"', "", line)
    return max((",", ";", "\t", "|"), key=unquoted.count)


class _Kept(io.RawIOBase):
    """The same bytes; closing the text that is read from them leaves the file open."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the base class takes any buffer
        block = self._file.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)
