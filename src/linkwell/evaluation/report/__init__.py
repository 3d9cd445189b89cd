"""What every design hands on: the answer in one sentence, then all that is needed to check it.

Everything here is text already worded and rounded, so that the web page, the PDF and a test read the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table. The first cell of each row names the row."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture and the same numbers as a table: neither is ever shown without the other.

    `drawing` is a whole SVG document that carries `title` and `words` (what can be seen in it) for a screen reader.
    """

    title: str
    words: str
    drawing: str
    table: TableOf


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with paragraphs, then tables and charts.

    `warning` is set off from the rest; `checks` is for whoever checks the numbers, and folded where a page can fold.
    """

    title: str
    words: tuple[str, ...] = ()
    parts: tuple[TableOf | Chart, ...] = ()
    warning: bool = False
    checks: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """`answer` is one plain sentence, in the same size of type whether it tells of help, no effect or harm.

    `rests_on` says in a few lines how many, who is missing, and how far the design can be believed.
    `sections` are for whoever checks: numbers, diagnostics, method, where it came from.
    """

    title: str
    answer: str
    rests_on: tuple[str, ...]
    sections: tuple[Section, ...]


Part: TypeAlias = TableOf | Chart
