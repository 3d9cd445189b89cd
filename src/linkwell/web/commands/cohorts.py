"""`linkwell cohorts`: who would gain, asked of activity files. No database is started but for `--engine postgres`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
import duckdb
import psycopg

from linkwell.cohorts import engines, profiling, rules, running, saved_mapping, settings
from linkwell.cohorts.engines.server import Server
from linkwell.cohorts.engines.spark import Spark, session
from linkwell.cohorts.rules import own
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.web.commands.progress import shown
from linkwell.web.commands.setting_up import open_database

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def cohorts() -> None:
    """Who would gain: rules over activity files. They find people; people decide."""


@cohorts.command("rules")
def list_rules() -> None:
    """Say which rules there are, whom each finds, on what legal basis, and what may be set."""
    for rule in rules.known():
        click.echo(f"{rule.name}: {rule.finds}\n  The score counts {rule.counts}.\n  {rule.legal_basis}")
        for name, setting in rule.settings.items():
            click.echo(f"  {name} = {str(setting.default).lower()}  {setting.words}")


@cohorts.command("run")
@click.option("--engine", type=click.Choice(engines.NAMES), default="duckdb", show_default=True)
@click.option("--attendances", type=FILE, multiple=True, help="Visits to A&E, CSV or Parquet. May be given again.")
@click.option("--spells", type=FILE, multiple=True, help="Stays in hospital, CSV or Parquet. May be given again.")
@click.option("--delays", type=FILE, multiple=True, help="Periods of being ready to go home, CSV or Parquet.")
@click.option("--objections", type=FILE, multiple=True, help="People who asked not to be found: person_id, rule.")
@click.option("--mapping", type=FILE, help="TOML: our column = your heading, under [attendances], [spells] and so on.")
@click.option("--snomed-map", type=FILE, help="The trust's own map, CSV with snomed and icd10.")
@click.option("--live", metavar="CODE", help="Ask of this hospital's own: what it took in, and who is there now.")
@click.option("--as-of", type=DAY, help="The last day that counts, as 2026-03-31. With --live it is today.")
@click.option("--settings", "settings_file", type=FILE, help="Settings of the rules, TOML.")
@click.option("--own-rule", "own_rules", type=FILE, multiple=True, help="A rule of your own, TOML. May be given again.")
@click.option("--out", type=FOLDER, required=True, help="Where the answers go: one Parquet file a rule, summary.json.")
def run(
    engine: str, attendances: tuple[Path, ...], spells: tuple[Path, ...], delays: tuple[Path, ...],
    objections: tuple[Path, ...], mapping: Path | None, snomed_map: Path | None, live: str | None,
    as_of: dt.datetime | None, settings_file: Path | None, own_rules: tuple[Path, ...], out: Path,
) -> None:  # fmt: skip
    """Ask every rule. Each is the same on DuckDB, PostgreSQL and Spark, and may answer "no one"."""
    files = {"attendances": attendances, "spells": spells, "delays": delays, "objections": objections}
    asked = running.Asked(
        files,
        _last_day(files, live, as_of, mapping, snomed_map),
        out,
        settings.read(settings_file) if settings_file else {},
        (*rules.known(), *own.read_all(own_rules, [rule.name for rule in rules.known()])),
        snomed_map,
        _mapped(mapping, files),
    )
    answers = running.run(asked, _ENGINES[engine], engine, _hospitals_own(live) if live else None)
    for answer in answers:
        click.echo(f"{answer.rule.name}: {answer.words}")
    click.echo(f"Written to {out}. Nothing here decides: a person reads each line and decides.")


def _mapped(mapping: Path | None, files: Mapping[str, tuple[Path, ...]]) -> dict[str, dict[str, str]]:
    return saved_mapping.read(mapping, [name for name, paths in files.items() if paths]) if mapping else {}


def _last_day(
    files: Mapping[str, tuple[Path, ...]], live: str | None, as_of: dt.datetime | None, *of_files: Path | None
) -> dt.date:
    """`of_files`: what says how files are read. Raises Invalid for what cannot be asked together."""
    if live:
        if any(files.values()) or as_of or any(of_files):
            raise Invalid(
                {"": "--live asks of the hospital's own, today: give no files, no map and no --as-of with it."}
            )
        return clock.today()
    if not files["attendances"] and not files["spells"]:
        raise Invalid({"": "Give --attendances or --spells: there is nothing to ask."})
    if as_of is None:
        raise Invalid({"": "Give --as-of, the last day that counts, as 2026-03-31."})
    return as_of.date()


def _hospitals_own(code: str) -> running.TablesOf:
    """What the hospital took in and what goes on there now, read under its own scope."""
    open_database()
    from linkwell.accounts.queries import organisation_by_code
    from linkwell.core.scope import system_scope
    from linkwell.hospital.asking_rules import own_tables

    return own_tables(system_scope(organisation_by_code(code).id, "asking the rules of what is here"))


@cohorts.command("profile")
@click.option("--attendances", type=FILE, multiple=True, help="Visits to A&E, CSV or Parquet.")
@click.option("--spells", type=FILE, multiple=True, help="Stays in hospital, CSV or Parquet.")
@click.option("--delays", type=FILE, multiple=True, help="Periods of being ready to go home, CSV or Parquet.")
@click.option("--mapping", type=FILE, help="TOML: our column = your heading, under [attendances], [spells] and so on.")
@click.option("--snomed-map", type=FILE, help="The trust's own map, CSV with snomed and icd10.")
@click.option("--as-of", type=DAY, required=True, help="The last day that counts, as 2026-03-31.")
@click.option("--out", type=FOLDER, help="Write profile.html, .md and .json here; without it the page is printed.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for a machine, and nothing else.")
def profile(
    attendances: tuple[Path, ...], spells: tuple[Path, ...], delays: tuple[Path, ...],
    mapping: Path | None, snomed_map: Path | None, as_of: dt.datetime, out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Look at the four problems of a trust month by month against its own past, and say plainly which are absent."""
    files = {"attendances": attendances, "spells": spells, "delays": delays}
    asked = running.Asked(files, as_of.date(), out or Path(), snomed=snomed_map, mapping=_mapped(mapping, files))
    found = profiling.profile(asked)
    if out:
        from linkwell.cohorts import profile_report

        profile_report.write(found, out)
    if as_json:
        click.echo(profiling.as_json(found))
    else:
        click.echo(f"Written to {out}." if out else profiling.page(found))


@contextmanager
def _postgres(con: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[engines.Engine]:
    from linkwell.core.postgres import database_urls, ensure_database, linkwell_home

    ensure_database(linkwell_home(), shown)
    with psycopg.connect(database_urls(linkwell_home()).app) as connection, connection.cursor() as cursor:
        yield Server(cursor, con, folder)
        connection.rollback()


@contextmanager
def _spark(con: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[engines.Engine]:
    with session() as spark:
        yield Spark(spark, con, folder)


_ENGINES: Mapping[str, running.EngineOf] = {
    "duckdb": running.in_this_process,
    "postgres": _postgres,
    "spark": _spark,
}
