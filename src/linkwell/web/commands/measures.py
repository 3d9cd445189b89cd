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
    from linkwell.accounts.queries import organisation_by_code
    from linkwell.core.scope import system_scope
    from linkwell.outcomes.actions import load_pack

    organisation = organisation_by_code(code)
    scope = system_scope(organisation.id, "loading wording under licence")
    try:
        pack = load_pack(scope=scope, content=file.read_bytes(), file_name=file.name)
    except Invalid as refused:
        raise click.ClickException("\n".join(f"{each.where}: {each.message}" for each in refused.findings)) from None
    click.echo(f"{pack.title} (version {pack.version}) can be asked at {organisation.name} now, and nowhere else.")
