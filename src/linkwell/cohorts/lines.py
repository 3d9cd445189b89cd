"""Where a row stands in its file, as an editor counts lines: blank lines and line breaks within a cell among them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from linkwell.cohorts.sources import Source
from linkwell.kernel.quotation import records

ROW = """(line + (
  select count(*) from staged_findings above where above.file = rows_.file and above.row_before <= rows_.line))"""
"""Which row of its file a row of `staged rows_` is, as SQL: those that cannot be taken at all are rows too."""


def rows_at(given: Source, counted: Collection[int]) -> dict[int, int]:
    """Which row is on each line, as DuckDB counts them: blank lines too, and one for each row however long."""
    found = {number: number - 1 for number in counted}
    left = {*counted}
    for number, row, _ in _rows(given) if left else ():
        if number in left:
            found[number] = row
            left.remove(number)
        if not left:
            break
    return found


def lines_of(wanted: Collection[tuple[str, int]], uneven: Mapping[str, Source]) -> dict[tuple[str, int], int]:
    """The line on which each row begins (file and number of the row). `uneven`: files with more lines than rows.

    Only these are read again, and only as far as the last row that is wanted.
    """
    found = {(file, row): row + 1 for file, row in wanted}
    for file, given in uneven.items():
        left = {row for name, row in wanted if name == file}
        for _, row, line in _rows(given) if left else ():
            if row in left:
                found[file, row] = line
                left.remove(row)
            if not left:
                break
    return found


def _rows(given: Source) -> Iterator[tuple[int, int, int]]:
    """Each row after the headings: the line as DuckDB counts it, which row it is, and the line it begins on."""
    if given.readable is None:
        return
    row = 0
    # The signs that matter here are the same bytes in every alphabet we read.
    with given.readable.open(encoding="latin-1", newline="") as stream:
        for number, record in enumerate(records(stream, given.mark, pass_over_spaces=True), start=1):
            if number > 1 and record.cells != []:
                row += 1
                yield number, row, record.line
