"""`linkwell directory`: reading feeds of community services."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from linkwell.accounts.queries import organisation_by_code
from linkwell.core.scope import system_scope
from linkwell.directory import actions
from linkwell.directory.actions import ImportResult
from linkwell.directory.searching_cli import search
from linkwell.interop.openreferral import Reading, read, read_url

FEW = 20


@click.group()
def directory() -> None:
    """Read feeds of community services."""


directory.add_command(search)


@directory.command("import")
@click.argument("feed", metavar="PATH_OR_URL")
@click.option("--organisation", "code", required=True, metavar="CODE", help="Whose directory it becomes.")
@click.option(
    "--source", metavar="NAME", default="", help="What to call this feed; its file name or address if not given."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result for a machine.")
@click.option("--accept-smaller", is_flag=True, help="Load a feed that has lost more than half of its services.")
@click.option("--local-network", is_flag=True, help="Allow an address inside your own network.")
def import_feed(feed: str, code: str, source: str, as_json: bool, accept_smaller: bool, local_network: bool) -> None:
    """Load Open Referral UK JSON from a file or a web address.

    Every record is either loaded or listed with the reason. Loading the same feed again changes nothing.
    """
    organisation = organisation_by_code(code)
    with ExitStack() as open_things:
        progress = open_things.enter_context(_progress(hidden=as_json))
        task = progress.add_task("Fetching the feed" if _is_address(feed) else "Reading the feed", total=None)
        reading = _reading(feed, local_network, open_things)
        result = actions.import_feed(
            scope=system_scope(organisation.id, "loading the directory"),
            reading=reading,
            source_name=source or (feed if _is_address(feed) else Path(feed).name),
            location=feed,
            accept_smaller=accept_smaller,
            progress=lambda count: progress.update(task, description=f"Read {count:,} services"),
        )
    if as_json:
        click.echo(json.dumps(result.as_json()))
    else:
        _tell(result)
    if result.held or not result.complete:
        raise SystemExit(1)


def _is_address(feed: str) -> bool:
    return "://" in feed


def _reading(feed: str, local_network: bool, open_things: ExitStack) -> Reading:
    if _is_address(feed):
        return read_url(feed, allow_private_addresses=local_network)
    path = Path(feed)
    if not path.is_file():
        raise click.ClickException(f"There is no file {feed}.")
    return read(open_things.enter_context(path.open("rb")))


def _progress(*, hidden: bool) -> Progress:
    console = Console(stderr=True)
    return Progress(SpinnerColumn(), TextColumn("{task.description}"), console=console, transient=True, disable=hidden)


def _tell(result: ImportResult) -> None:
    if result.held:
        click.echo(result.held)
        return
    click.echo(
        f"Read {result.read:,}: {result.added:,} added, {result.updated:,} updated, {result.unchanged:,} unchanged, "
        f"{result.rejected_count:,} not loaded. {result.withdrawn:,} no longer in the feed."
    )
    if result.notes:
        click.echo(f"{result.notes:,} details could not be used and were left out of services that were loaded.")
    for each in result.rejected[:FEW]:
        where = f" ({each.field})" if each.field else ""
        click.echo(f"  Not loaded: {each.id}{where}: {each.reason}")
    if len(result.rejected) > FEW:
        click.echo(f"  ... and {len(result.rejected) - FEW:,} more; use --json to see them all.")
    if not result.complete:
        click.echo("The feed broke off, so nothing was withdrawn. Load it again when it is whole.")
