"""`linkwell hospital look`: asks the rules now, instead of waiting for the next round."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from linkwell.accounts.queries import organisation_by_code
from linkwell.cohorts.columns import TABLES
from linkwell.core.scope import system_scope
from linkwell.hospital.actions.finding import end_reviews
from linkwell.hospital.actions.looking import look
from linkwell.hospital.activity.queries import files
from linkwell.kernel.errors import Invalid


@click.command("look")
@click.option("--organisation", "code", required=True, metavar="CODE", help="The hospital.")
@click.option(
    "--activity",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Read activity files from this folder instead of the hospital's own store.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def look_now(code: str, folder: Path | None, as_json: bool) -> None:
    """Look for people to offer support to, among those treated in this hospital now.

    Every rule in use is asked; the list of people is made to agree. Nobody is offered anything by it.
    """
    organisation = organisation_by_code(code)
    if organisation.kind != "trust":
        raise Invalid({"organisation": f"{organisation.name} is not a hospital trust."})
    scope = system_scope(organisation.id, "looking for people to offer support to")
    end_reviews(scope=scope)
    found = look(scope, _files_in(folder) if folder else files(scope))
    if as_json:
        click.echo(json.dumps({"new": found.new, "still": found.still, "gone": found.gone}))
    else:
        click.echo(f"{found.new} new on the list, {found.still} still there, {found.gone} no longer.")


def _files_in(folder: Path) -> Mapping[str, Sequence[Path]]:
    """Files by table: `attendances.parquet`, or any number of them in a folder `attendances`."""
    return {name: sorted([*folder.glob(f"{name}*.parquet"), *(folder / name).glob("*.parquet")]) for name in TABLES}
