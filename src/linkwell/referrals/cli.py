"""Commands on referrals: many of them from one file."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from linkwell.accounts.cli import as_json, refuse, say

if TYPE_CHECKING:
    from linkwell.core.scope import Scope
    from linkwell.referrals.actions.batches import Outcome


@click.group()
def referrals() -> None:
    """Referrals into a team."""


@referrals.command("batch")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", "code", required=True, metavar="CODE", help="Whose referrals they are.")
@click.option("--user", "email", required=True, metavar="E-MAIL", help="Who refers: somebody with a role there.")
@click.option("--team", "slug", required=True, metavar="SLUG", help="The team they go to, as in its address.")
@click.option("--send", is_flag=True, help="Send the rows that are ready. Without it nothing is sent.")
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write what became of each row to this CSV file."
)
@as_json
def batch(file: Path, code: str, email: str, slug: str, send: bool, report: Path | None, as_json: bool) -> None:
    """Look at a CSV file of referrals, and with --send refer everybody whose row is right.

    The file is read a row at a time, whatever its size. Every row is counted: in = sent + not sent. A row that was
    sent before is not sent again, so a file that was interrupted is simply given again.
    """
    from linkwell.accounts.queries import team_by_slug
    from linkwell.kernel.errors import LinkwellError
    from linkwell.referrals.actions.batches import outcomes

    try:
        scope = _scope(code, email)
        found = outcomes(scope, team_by_slug(slug), _opened(file), send=send)
        good, bad = _write(found, report, sent=send)
    except LinkwellError as error:
        refuse(as_json, error)
        return
    done = "sent" if send else "ready"
    words = f"{good + bad:,} rows = {good:,} {done} + {bad:,} not {done}."
    say(as_json, {"rows_in": good + bad, done: good, f"not_{done}": bad}, words)
    if bad and not report and not as_json:
        click.echo("Give --report FILE to see what is wrong with each row.", err=True)


def _scope(code: str, email: str) -> Scope:
    from linkwell.accounts.queries import organisation_by_code
    from linkwell.accounts.queries.sign_in import user_with_email
    from linkwell.kernel.errors import NotFound
    from linkwell.referrals.sender_scope import sender_scope

    organisation, user_id = organisation_by_code(code), user_with_email(email)
    scope = sender_scope(organisation.id, user_id) if user_id else None
    if scope is None:
        raise NotFound("Nobody with this e-mail address may refer for that organisation.")
    return scope


def _opened(file: Path) -> Iterator[TextIO]:
    while True:
        yield file.open(encoding="utf-8-sig", newline="")


def _write(found: Iterator[Outcome], report: Path | None, *, sent: bool) -> tuple[int, int]:
    from linkwell.kernel import csv_safe

    good = bad = 0
    target = report.open("w", encoding="utf-8", newline="") if report else nullcontext(io.StringIO())
    with target as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(["Row", "What became of it", "Reference", "What is wrong"])
        for each in found:
            good, bad = (good + 1, bad) if each.ready else (good, bad + 1)
            became = ("Sent" if sent else "Ready to be sent") if each.ready else "Not sent"
            cells = [str(each.number), became, each.reference, " ".join(each.problems)]
            if report:
                writer.writerow([csv_safe.safe(cell) for cell in cells])
            if sys.stderr.isatty() and (good + bad) % 1000 == 0:
                click.echo(f"{good + bad:,} rows", err=True)
    return good, bad
