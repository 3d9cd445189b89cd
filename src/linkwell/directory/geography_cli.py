"""`linkwell geography`: where postcodes are."""

from __future__ import annotations

from pathlib import Path

import click

from linkwell.directory import geography as known
from linkwell.directory.geography import building
from linkwell.kernel.errors import Invalid


@click.group()
def geography() -> None:
    """Where postcodes are: the table that ships, or a fuller one."""


@geography.command("load")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def load(path: Path) -> None:
    """Take the postcodes of an ONS file (ONSPD or NSPL, CSV), or of all CSV files in a folder.

    The table is used instead of the one that ships, by every process that starts after this. On several servers, run
    it on each. Postcodes that have ended are left out.
    """
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not files:
        raise click.ClickException(f"There is no CSV file in {path}.")
    try:
        arrays = building.compact(building.read_csv(files))
    except Invalid as invalid:
        raise click.ClickException("; ".join(invalid.by_field.values())) from invalid
    building.write(arrays, known.loaded_path())
    known.forget()
    click.echo(f"{len(arrays['units']):,} postcodes in {len(arrays['sectors']):,} sectors.")
    click.echo(known.ATTRIBUTION)
