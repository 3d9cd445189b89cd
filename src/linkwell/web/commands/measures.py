"""`linkwell measures`: what needs no database stands with the packs themselves; loading wording for an organisation."""

from __future__ import annotations

from pathlib import Path

import click

from linkwell.kernel.errors import Invalid
from linkwell.measures.cli import measures
from linkwell.web.commands.setting_up import open_database

__all__ = ["measures"]


@measures.command("load")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", "code", required=True, metavar="CODE", help="Who holds the licence.")
def load(file: Path, code: str) -> None:
    """Load a questionnaire with its wording for one organisation alone. One that breaks a rule is refused, with why."""
    open_database()
    # Tables can be named only once the database is open.
    from linkwell.outcomes.loading import load_wording

    try:
        click.echo(load_wording(file, code))
    except Invalid as refused:
        raise click.ClickException("\n".join(f"{each.where}: {each.message}" for each in refused.findings)) from None
