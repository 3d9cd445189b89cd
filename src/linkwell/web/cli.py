"""The `linkwell` command. Each subcommand is loaded only when it is asked for; help starts nothing."""

import sys
from dataclasses import dataclass
from importlib import import_module

import click
from psycopg.errors import UndefinedFunction, UndefinedTable

from linkwell.core.postgres import DatabaseError
from linkwell.kernel.errors import Invalid, LinkwellError
from linkwell.web.commands.setting_up import open_database


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a subcommand lives, what it is for, and whether it needs the database running first."""

    module: str
    words: str
    database: bool = True


COMMANDS = {
    "demo": Entry("linkwell.web.commands.demo", "Make a fictional place and open it in the browser.", database=False),
    "serve": Entry("linkwell.web.commands.serve", "Run the web server and the job worker.", database=False),
    "worker": Entry("linkwell.web.commands.worker", "Run only the job worker."),
    "stop": Entry("linkwell.web.commands.stop", "Stop the embedded database.", database=False),
    "status": Entry("linkwell.web.commands.status", "Say what is running and what needs attention.", database=False),
    "migrate": Entry("linkwell.web.commands.migrate", "Bring the database up to this version."),
    "organisation": Entry("linkwell.accounts.cli", "Add and list organisations."),
    "user": Entry("linkwell.accounts.cli", "Invite, list and close users."),
    "directory": Entry("linkwell.directory.cli", "Read feeds of community services, and search them."),
    "geography": Entry("linkwell.directory.geography_cli", "Load where postcodes are.", database=False),
    "referrals": Entry("linkwell.referrals.cli", "Refer many people from one file."),
    "adt": Entry("linkwell.hospital.cli.adt", "Take in admissions and discharges of a hospital."),
    "hospital": Entry("linkwell.hospital.cli.lists", "Take in the lists of a hospital."),
    "measures": Entry("linkwell.web.commands.measures", "Score questionnaires, and load wording.", database=False),
    "cohorts": Entry("linkwell.web.commands.cohorts", "Find who would gain in activity files.", database=False),
    "impact": Entry("linkwell.evaluation.cli", "Did it help: designs over files of data.", database=False),
    "activity": Entry("linkwell.web.commands.activity", "Take in, describe or make up activity files.", database=False),
    "audit": Entry("linkwell.web.commands.audit", "Check that the audit trail is whole."),
    "outbox": Entry("linkwell.web.commands.outbox", "See and release work that waits."),
    "backup": Entry("linkwell.web.commands.backup", "Write an encrypted backup.", database=False),
    "restore": Entry("linkwell.web.commands.restore", "Restore a backup.", database=False),
    "person": Entry("linkwell.web.commands.person", "Take out one person's record for them, or erase it."),
    "export": Entry("linkwell.web.commands.export", "Export everything an organisation holds."),
    "import": Entry("linkwell.web.commands.importing", "Load an export into an empty system."),
    "docs": Entry("linkwell.web.commands.docs", "Write the generated reference pages."),
}


NO_TABLES = "The database does not hold the tables of this version yet. Run this first: linkwell migrate"


class OnDemand(click.Group):
    """A group that knows its subcommands' words without importing them."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        entry = COMMANDS.get(name)
        if entry is None:
            return None
        if entry.database and not context.resilient_parsing:
            open_database()
        command = getattr(import_module(entry.module), name.replace("import", "import_"))
        return command if isinstance(command, click.Command) else None

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].words) for name in self.list_commands(context)])


@click.group(cls=OnDemand, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="linkwell")
def cli() -> None:
    """Linkwell: social prescribing, from the first referral to an honest result."""


def main() -> None:
    """Run the command; what we refuse is said without a traceback, each thing with its place."""
    try:
        cli()
    except (LinkwellError, DatabaseError) as refused:
        lines = _lines(refused)
    except Exception as failed:
        # Django gives the driver's error as the cause.
        if not isinstance(failed.__cause__, UndefinedTable | UndefinedFunction):
            raise
        lines = [NO_TABLES]
    else:
        return
    click.echo("\n  ".join([f"linkwell: {lines[0]}", *lines[1:]]), err=True)
    sys.exit(1)


def _lines(refused: Exception) -> list[str]:
    """What was refused in one line, or in one and a line for each thing that is wrong."""
    found = refused.findings if isinstance(refused, Invalid) else ()
    placed = [f"{each.where}: {each.message}" if each.where else each.message for each in found]
    alone = len(found) == 1 and str(refused) == found[0].message
    return placed if alone else [str(refused), *placed]


if __name__ == "__main__":
    main()
