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
from linkwell.directory import actions, queries
from linkwell.directory.actions import ImportResult
from linkwell.directory.searching_cli import search
from linkwell.interop.openreferral import FORMATS, Plan, Reading, column_words, columns_from, read_path, read_url

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
@click.option(
    "--format",
    "layout",
    type=click.Choice(FORMATS),
    default=None,
    help="Only where it cannot be told from the feed itself.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result for a machine.")
@click.option("--accept-smaller", is_flag=True, help="Load a feed that has lost more than half of its services.")
@click.option("--local-network", is_flag=True, help="Allow an address inside your own network.")
def import_feed(
    feed: str, code: str, source: str, layout: str | None, as_json: bool, accept_smaller: bool, local_network: bool
) -> None:
    """Load a feed from a file, a folder of tables or a web address.

    Open Referral UK or HSDS as JSON or as tables, or a table kept by hand (see `linkwell directory mapping`).

    Every record is either loaded or listed with the reason. Loading the same feed again changes nothing.
    """
    organisation = organisation_by_code(code)
    with ExitStack() as open_things:
        progress = open_things.enter_context(_progress(hidden=as_json))
        task = progress.add_task("Fetching the feed" if _is_address(feed) else "Reading the feed", total=None)
        scope = system_scope(organisation.id, "loading the directory")
        name = source or _name_of(feed)
        reading = _reading(feed, local_network, queries.plan_of(scope, name, layout or ""))
        result = actions.import_feed(
            scope=scope,
            reading=reading,
            source_name=name,
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


def _name_of(feed: str) -> str:
    return feed if _is_address(feed) else Path(feed).resolve().name


def _reading(feed: str, local_network: bool, plan: Plan) -> Reading:
    if _is_address(feed):
        return read_url(feed, plan, allow_private_addresses=local_network)
    try:
        return read_path(Path(feed), plan)
    except OSError:
        raise click.ClickException(f"There is no file {feed}.") from None


@directory.command("mapping")
@click.argument("feed", metavar="PATH_OR_URL")
@click.option("--organisation", "code", required=True, metavar="CODE", help="Whose directory it is for.")
@click.option("--source", metavar="NAME", default="", help="What this feed is called.")
@click.option(
    "--set",
    "said",
    metavar="WORD=HEADING",
    multiple=True,
    help='Which column says what: "name=Title", or "places.postcode=Code" for a table of places. May be repeated.',
)
@click.option("--save", is_flag=True, help="Keep it for this feed.")
@click.option("--local-network", is_flag=True, help="Allow an address inside your own network.")
def mapping(feed: str, code: str, source: str, said: tuple[str, ...], save: bool, local_network: bool) -> None:
    """Show which column of a table is taken for what, and put it right.

    Columns are guessed from their headings. What is kept with --save is used at every import of the same --source.
    """
    scope = system_scope(organisation_by_code(code).id, "saying what columns mean")
    name = source or _name_of(feed)
    plan = queries.plan_of(scope, name, "csv")
    reading = _reading(feed, local_network, plan)
    first = next(iter(reading), None)
    columns = plan.columns.as_json() if plan.columns else {}
    for each in said:
        word, _, heading = each.partition("=")
        table, _, role = word.rpartition(".")
        columns.setdefault(table or "services", {})[role] = [
            part.strip() for part in heading.split("+") if part.strip()
        ]
    agreed = columns_from(columns)
    for table, roles in agreed.tables.items():
        click.echo(f"{table.capitalize()}")
        for role, meaning in column_words(table).items():
            click.echo(f"  {role:<16} {' + '.join(roles.get(role, ())) or '-':<40} {meaning}")
    if not plan.headings:
        raise click.ClickException(getattr(first, "reason", "This is no table: its columns need no explaining."))
    click.echo(f"Headings: {', '.join(heading for each in plan.headings.values() for heading in each)}")
    if save:
        actions.set_columns(scope=scope, source_name=name, location=feed, columns=agreed)
        click.echo(f"Kept for {name}.")


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
