"""`linkwell hospital`: lists that a hospital gives as files, and the rules asked now."""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

import click

from linkwell.accounts.cli import as_json, refuse, say
from linkwell.accounts.queries import organisation_by_code
from linkwell.core.scope import Scope, system_scope
from linkwell.hospital.cli.candidates import look_now
from linkwell.kernel.errors import Invalid, LinkwellError

DONE, NOT_LOADED = "loaded", "not-loaded"
organisation = click.option("--organisation", "code", required=True, metavar="CODE", help="Whose hospital it is.")
authority = click.option(
    "--authority", default="", metavar="NAME", help="Whose hospital numbers these are, as PID-3 of the messages says."
)


@click.group()
def hospital() -> None:
    """Lists that a hospital gives as files, and whom the rules find."""


hospital.add_command(look_now)


def _scope(code: str) -> Scope:
    return system_scope(organisation_by_code(code).id, "taking in a hospital's list")


@hospital.command("list")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@organisation
@authority
@click.option(
    "--as-at",
    type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    default=None,
    help="When the hospital wrote it, by the UK clock; when the file was last changed, if not given.",
)
@click.option("--accept-smaller", is_flag=True, help="Load a list that has lost more than half of its rows.")
@as_json
def list_(
    file: Path, code: str, authority: str, as_at: dt.datetime | None, accept_smaller: bool, as_json: bool
) -> None:
    """Load a ward list or a ready-to-go-home list (CSV).

    What changed since the list before is taken for what happened: admitted, moved, ready, not ready, gone. Every row
    is loaded or listed with the reason; the same list again changes nothing.
    """
    from linkwell.hospital import actions
    from linkwell.kernel import clock

    scope = _scope(code)
    moment = clock.at(as_at.date(), as_at.time()) if as_at else _changed_at(file)
    try:
        with file.open("rb") as stream:
            result = actions.load_list(
                scope=scope,
                file=stream,
                file_name=file.name,
                as_at=moment,
                authority=authority,
                accept_smaller=accept_smaller,
            )
    except LinkwellError as wrong:
        refuse(as_json, wrong)
        return
    actions.process_all(scope)
    events = ", ".join(f"{number:,} {word.replace('_', ' ')}" for word, number in result.events.items()) or "no change"
    words = [f"{result.read:,} rows = {result.loaded:,} loaded + {len(result.rejected):,} not loaded: {events}."]
    words += [f"  {each.where}: {each.message}" for each in (*result.rejected, *result.findings)]
    say(as_json, result.as_json(), result.held or "\n".join(words))
    if result.held:
        sys.exit(1)


def _changed_at(file: Path) -> dt.datetime:
    return dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)


@hospital.command("watch")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@organisation
@authority
@click.option("--every", type=click.IntRange(1), default=30, show_default=True, help="Seconds between two looks.")
@click.option("--once", is_flag=True, help="Look once, then end.")
def watch(folder: Path, code: str, authority: str, every: int, once: bool) -> None:
    """Load each list that appears in a folder, the oldest first.

    A file that was loaded is moved to “loaded” beneath it, one that was not to “not-loaded”, with the reason beside it.
    """
    scope = _scope(code)
    for name in (DONE, NOT_LOADED):
        (folder / name).mkdir(exist_ok=True)
    while True:
        for file in sorted(folder.glob("*.csv"), key=lambda each: each.stat().st_mtime):
            # Still being written: the next look takes it.
            if once or time.time() - file.stat().st_mtime > every:
                _take(scope, file, authority)
        if once:
            return
        time.sleep(every)


def _take(scope: Scope, file: Path, authority: str) -> None:
    from linkwell.hospital import actions

    why = ""
    try:
        with file.open("rb") as stream:
            moment = _changed_at(file)
            result = actions.load_list(scope=scope, file=stream, file_name=file.name, as_at=moment, authority=authority)
        actions.process_all(scope)
        why = result.held
    except Invalid as wrong:
        why = "\n".join(f"{each.where}: {each.message}" for each in wrong.findings)
    target = file.parent / (NOT_LOADED if why else DONE) / f"{moment:%Y%m%d-%H%M%S}-{file.name}"
    file.rename(target)
    if why:
        target.with_suffix(".txt").write_text(f"{why}\n", encoding="utf-8")
    click.echo(f"{file.name}: {why or 'loaded'}")
