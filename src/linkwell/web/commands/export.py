from pathlib import Path

import click

from linkwell.core.transfer import export_everything
from linkwell.web.commands.progress import shown


@click.group()
def export() -> None:
    """Take what is yours and go."""


@export.command()
@click.argument("target", type=click.Path(path_type=Path))
def everything(target: Path) -> None:
    """Write everything every organisation here holds to TARGET, a new zip file of JSON lines.

    It can be loaded into an empty Linkwell with `linkwell import everything`. It is not encrypted and holds personal
    data: keep it as you would keep the database.
    """
    done = export_everything(target, shown)
    click.echo(f"Wrote {sum(done.rows.values()):,} rows of {len(done.rows)} tables to {done.path}.")
