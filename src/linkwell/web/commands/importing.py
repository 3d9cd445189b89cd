from pathlib import Path

import click

from linkwell.core.transfer import import_everything
from linkwell.web.commands.progress import shown


@click.group(name="import")
def import_() -> None:
    """Load an export into an empty system."""


@import_.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True))
def everything(source: Path) -> None:
    """Load what `linkwell export everything` wrote, all or nothing. Staff set new passwords and second steps."""
    done = import_everything(source, shown)
    click.echo(f"Loaded {sum(done.rows.values()):,} rows of {len(done.rows)} tables.")
