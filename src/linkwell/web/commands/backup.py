import os
from pathlib import Path

import click

from linkwell.core import postgres
from linkwell.web.commands.progress import shown


def passphrase(*, twice: bool) -> str:
    """From LINKWELL_BACKUP_PASSPHRASE, else asked for. Never from the command line, where others see it."""
    given = os.environ.get("LINKWELL_BACKUP_PASSPHRASE")
    if given:
        return given
    asked: str = click.prompt("Passphrase of the backup", hide_input=True, confirmation_prompt=twice)
    return asked


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Write an encrypted backup of everything to TARGET, a new file or a folder.

    It holds the database, the files, the audit heads and the keys. Without the passphrase nobody can read it.
    """
    report = postgres.backup(postgres.linkwell_home(), target, passphrase(twice=True), shown)
    click.echo(f"Wrote {report.path} ({report.size:,} bytes).")
    click.echo(f"Any second from {report.earliest:%d %B %Y %H:%M:%S} to {report.latest:%H:%M:%S} UTC can be restored.")
