"""Whether a quotation mark that does not close has made one cell of several rows of an activity file."""

from __future__ import annotations

from pathlib import Path

from linkwell.kernel.errors import Invalid
from linkwell.kernel.quotation import NOT_CLOSED, opening, records

_BLOCK = 1 << 20


def refuse_swallowed(path: Path, readable: Path, mark: str, columns: int, rows: int) -> bool:
    """Whether each row has a line of its own. Raises Invalid where a cell of the file has taken rows in.

    `rows` are those made of the file, good and bad; `readable` is the file as it was read. Its lines are counted first,
    which is quick; only where they are more than its rows, by a blank line or by a line break in a cell, is each cell
    looked at.
    """
    if _lines(readable) == rows + 1:
        return True
    # The signs that matter here are the same bytes in every alphabet we read.
    with readable.open(encoding="latin-1", newline="") as stream:
        for record in records(stream, mark, pass_over_spaces=True):
            # One on the last line took no row in: it is rejected like any row that cannot be read.
            opened = opening(record, mark, columns) if record.lines > 1 else None
            if opened:
                raise Invalid({path.name: NOT_CLOSED.format(line=opened)})
    return False


def _lines(path: Path) -> int:
    count, last = 0, b"\n"
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            count, last = count + block.count(b"\n"), block[-1:]
    return count + (last != b"\n")
