from pathlib import Path

import click

from linkwell.web import reference


@click.command()
@click.option("--folder", default="docs/reference", show_default=True, help="Where the pages are.")
def docs(folder: str) -> None:
    """Write the reference pages anew from the program: settings, permissions, addresses, commands, states, tables."""
    written = reference.write(Path(folder))
    click.echo(f"Wrote {len(written)}." if written else "Every page is up to date.")
