"""What all designs share on the command line: the file, the report, the protocol, and how a refusal is said."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from linkwell.evaluation import source
from linkwell.evaluation.answer import Answer, as_json
from linkwell.evaluation.protocol import keeping
from linkwell.evaluation.protocol.keeping import Held, chosen, compared
from linkwell.evaluation.protocol.register import read
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.report import Report, writing
from linkwell.evaluation.source import Source
from linkwell.evaluation.table import read_table

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
REFUSED = 2


def design(function: Callable[..., Answer]) -> Callable[..., None]:
    """Make a command of a function that takes a table and its own options and gives an answer.

    Adds `--data`, `--report` and `--protocol`; prints JSON; says a refusal as JSON and in words and ends with code 2.
    """

    @click.option("--data", type=FILE, required=True, help="The file of data, CSV or Parquet, with a heading.")
    @click.option("--report", type=FOLDER, help="Also write report.html and report.pdf here.")
    @click.option("--protocol", type=FILE, help="The register of protocols this is run under.")
    @click.option("--under", type=int, help="The number of the protocol; without it, the last that is open.")
    @wraps(function)
    def run(data: Path, report: Path | None, protocol: Path | None, under: int | None, **asked: Any) -> None:
        with refusals():
            register = read(protocol) if protocol else None
            if register:
                chosen(register, under)
            elif under is not None:
                raise Refused("A number of a protocol needs its register: --protocol FILE.")
            table = read_table(data)
            answer = function(table, **asked)
            given = {name: _as_text(value) for name, value in asked.items() if value not in (None, "", (), False)}
            held = compared(register, under, answer, given) if register else None
            came_from = source.source_of(data, len(table), given)
            if report:
                writing.write(_whole(answer.report, held, came_from), report)
        click.echo(as_json(_numbers(answer, held, came_from)))

    return run


@contextmanager
def refusals() -> Iterator[None]:
    """Inside it, what cannot be answered, read or written is said plainly instead of raised."""
    try:
        yield
    except Refused as refused:
        _say(refused.message)
    except OSError as error:
        _say(f"{error.filename or 'A file'} cannot be read or written: {error.strerror or error}.")


def _say(reason: str) -> NoReturn:
    click.echo(json.dumps({"refused": reason}, ensure_ascii=False))
    click.echo(f"linkwell: {reason}", err=True)
    sys.exit(REFUSED)


def _numbers(answer: Answer, held: Held | None, came_from: Source) -> dict[str, object]:
    return {
        **answer.numbers,
        "design": answer.design,
        "n": answer.n,
        "protocol": keeping.numbers(held) if held else None,
        "source": came_from,
    }


def _whole(report: Report, held: Held | None, came_from: Source) -> Report:
    """The report of a design with what was fixed beforehand and where the data came from."""
    protocol = (keeping.section(held),) if held else ()
    rests_on = report.rests_on if held else (*report.rests_on, keeping.NO_PROTOCOL)
    return replace(report, rests_on=rests_on, sections=(*report.sections, *protocol, source.section(came_from)))


def _as_text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
