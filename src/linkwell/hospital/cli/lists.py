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
# So far ahead the clock of another machine may be, in seconds.
MOMENTS = 300
NO_LIST = "Its name does not end in .csv, so it was not read. Save the list as CSV and put it into the folder again."
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
@click.option("--accept-smaller", is_flag=True, help="Load a list that has lost more than half of its rows, or all.")
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
    events = ", ".join(f"{number:,} {word.replace('_', ' ')}" for word, number in result.events.items())
    words = [f"{result.words} Changes: {events}." if events else f"{result.words} Nothing changed."]
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
    So is a file that is no CSV. A list that was held is also on the page of feeds, for somebody to decide.
    """
    scope = _scope(code)
    for name in (DONE, NOT_LOADED):
        (folder / name).mkdir(exist_ok=True)
    while True:
        for file in _files(folder):
            if once or _is_whole(file, every):
                _take(scope, file, authority)
        if once:
            return
        time.sleep(every)


def _files(folder: Path) -> list[Path]:
    """What lies in the folder, the oldest first. Names that begin with a dot are of programs, and of no hospital."""
    there = [each for each in folder.iterdir() if each.is_file() and not each.name.startswith(".")]
    return sorted(there, key=lambda each: (each.stat().st_mtime, each.name))


def _is_whole(file: Path, seconds: int) -> bool:
    """Whether nobody writes it any more. One from days to come is, or it would lie there until they are past."""
    return not -MOMENTS <= time.time() - file.stat().st_mtime <= seconds


def _take(scope: Scope, file: Path, authority: str) -> None:
    moment = _changed_at(file)
    why = _load(scope, file, moment, authority) if file.suffix.casefold() == ".csv" else NO_LIST
    target = file.parent / (NOT_LOADED if why else DONE) / f"{moment:%Y%m%d-%H%M%S}-{file.name}"
    file.rename(target)
    if why:
        # Beside the file, and never in its place: the file may itself be a text.
        target.with_name(f"{target.name}.txt").write_text(f"{why}\n", encoding="utf-8")
    click.echo(f"{file.name}: {why or 'loaded'}")


def _load(scope: Scope, file: Path, moment: dt.datetime, authority: str) -> str:
    """Load it; why it was not loaded, "" where it was."""
    from linkwell.hospital import actions

    try:
        with file.open("rb") as stream:
            result = actions.load_list(scope=scope, file=stream, file_name=file.name, as_at=moment, authority=authority)
    except Invalid as wrong:
        return "\n".join(f"{each.where}: {each.message}" for each in wrong.findings)
    actions.process_all(scope)
    return result.held
