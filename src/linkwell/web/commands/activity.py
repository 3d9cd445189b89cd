"""`linkwell activity`: what a trust knows of visits and stays. Only `import` needs the database."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from linkwell.cohorts import code_lists, columns, saved_mapping
from linkwell.cohorts.generating import generate as made_up
from linkwell.kernel.errors import Invalid
from linkwell.web.commands.setting_up import open_database

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def activity() -> None:
    """Activity files: visits to A&E, stays, periods of being ready to go home, contacts with the GP."""


@activity.command("describe")
@click.option("--reasons", is_flag=True, help="The reasons for waiting, and the words they are known by.")
def describe(reasons: bool) -> None:
    """Print the columns an activity file may have. Names of HES and ECDS are understood too."""
    if not reasons:
        click.echo(columns.described())
        return
    for each in code_lists.reasons().values():
        until = f" to {each.until}" if each.until else ""
        click.echo(f"{each.code}: {each.words} (from {each.since}{until})")
        for written in code_lists.written_as(each.code):
            click.echo(f"  also written: {written}")


@activity.command("generate")
@click.option("--people", type=click.IntRange(1, 100_000_000), required=True, help="How many people.")
@click.option("--years", type=click.IntRange(1, 20), required=True, help="How many years of history.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same histories.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("activity"), show_default=True)
def generate(people: int, years: int, seed: int, out: Path) -> None:
    """Make up histories of people who are not, shaped like England's, with the truth of who should be found beside."""
    made = made_up(out, people=people, years=years, seed=seed)
    for name, rows in made.rows.items():
        click.echo(f"{out / name}.parquet: {rows:,} rows")
    for rule, found in made.planted.items():
        click.echo(f"{rule} should find {found:,} people")
    click.echo(f"The last day is {made.as_of}: give --as-of {made.as_of} to linkwell cohorts run.")


@activity.command("import")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--organisation", "code", required=True, metavar="CODE", help="Whose hospital it is.")
@click.option("--kind", type=click.Choice(list(columns.TABLES)), required=True, help="What the rows are.")
@click.option("--mapping", type=FILE, help="TOML: our column = your heading, or some joined with +.")
@click.option("--snomed-map", type=FILE, help="The trust's own map, CSV with snomed and icd10.")
def import_(files: tuple[Path, ...], code: str, kind: str, mapping: Path | None, snomed_map: Path | None) -> None:
    """Take activity files (CSV or Parquet) into the organisation's own store.

    Every row is loaded or listed with the reason. A visit or stay told again takes the place of its earlier telling.
    """
    headings = saved_mapping.read(mapping, [kind]).get(kind) if mapping else None
    open_database()
    from linkwell.accounts.queries import organisation_by_code
    from linkwell.core.scope import system_scope
    from linkwell.hospital.activity.actions import import_files

    scope = system_scope(organisation_by_code(code).id, "taking in activity files")
    reading = import_files(scope=scope, kind=kind, paths=files, mapping=headings, snomed=snomed_map)
    click.echo(reading.words)
    for finding in reading.findings:
        click.echo(f"  {finding.where}: {finding.message}" if finding.where else f"  {finding.message}")


@activity.command("leave-out")
@click.argument("names", type=click.File())
@click.option("--organisation", "code", required=True, metavar="CODE", help="Whose hospital it is.")
def leave_out_(names: TextIO, code: str) -> None:
    """Take people out of the activity files for good. NAMES holds what files call them, one a line; - reads the input.

    Whoever is left out is let in by no later file. Erasing somebody's record does this by itself.
    """
    called = [line.strip() for line in names if line.strip()]
    if not called:
        raise Invalid({"names": "There is nobody in it."})
    open_database()
    from linkwell.accounts.queries import organisation_by_code
    from linkwell.core.scope import system_scope
    from linkwell.hospital.activity.actions import leave_out

    gone = leave_out(scope=system_scope(organisation_by_code(code).id, "leaving people out"), called=called)
    click.echo(f"{gone:,} rows went.")
