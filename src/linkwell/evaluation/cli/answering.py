"""What all designs share on the command line: the file, the report, the protocol, and how a refusal is said."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from linkwell.evaluation import source
from linkwell.evaluation.answer import Answer, as_json
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.report import writing
from linkwell.evaluation.table import Table, read_table

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
REFUSED = 2


def design(function: Callable[..., Answer]) -> Callable[..., None]:
    """Make a command of a function that takes a table and its own options and gives an answer.

    Adds `--data` and `--report`; prints JSON; says a refusal as JSON and in words and ends with code 2.
    """

    @click.option("--data", type=FILE, required=True, help="The file of data, CSV or Parquet, with a heading.")
    @click.option("--report", type=FOLDER, help="Also write report.html and report.pdf here.")
    @wraps(function)
    def run(data: Path, report: Path | None, **asked: Any) -> None:
        with refusals():
            table = read_table(data)
            answer = function(table, **asked)
            numbers, whole = _with_source(answer, data, table, asked)
            if report:
                writing.write(replace(answer.report, sections=whole), report)
        click.echo(as_json(numbers))

    return run


@contextmanager
def refusals() -> Iterator[None]:
    """Inside it, what cannot be answered is said plainly instead of raised."""
    try:
        yield
    except Refused as refused:
        click.echo(json.dumps({"refused": refused.message}, ensure_ascii=False))
        click.echo(f"linkwell: {refused.message}", err=True)
        sys.exit(REFUSED)


def _with_source(answer: Answer, data: Path, table: Table, asked: dict[str, Any]) -> tuple[dict[str, object], Any]:
    given = {name: _as_text(value) for name, value in asked.items() if value not in (None, (), False)}
    came_from = source.source_of(data, len(table), given)
    numbers = {**answer.numbers, "design": answer.design, "n": answer.n, "source": came_from}
    return numbers, (*answer.report.sections, source.section(came_from))


def _as_text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
