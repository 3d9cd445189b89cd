"""One person's record, for those who run Linkwell: take it out for them, or erase it."""

import os
from pathlib import Path
from uuid import UUID

import click

from linkwell.accounts.queries import organisation_by_code
from linkwell.accounts.queries.leads import lead_scope
from linkwell.core.scope import system_scope
from linkwell.journey.bundle import bundle
from linkwell.journey.handlers import let_go
from linkwell.journey.queries.retention import keeping, would_go
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.people.actions import agree_disposal, propose_disposal
from linkwell.people.queries import resolved_ids

CODE = click.option("--organisation", "code", required=True, help="Code of the organisation that holds the record.")


@click.group()
def person() -> None:
    """One person's record: a copy for them, or erasing it."""


@person.command()
@CODE
@click.argument("person_id", type=click.UUID)
@click.argument("target", type=click.Path(path_type=Path))
def export(code: str, person_id: UUID, target: Path) -> None:
    """Write the copy a person may have of their record to TARGET, a new zip file.

    What others told us is in it only where somebody decided so on the page "Everything for the person". Safeguarding
    concerns, getting into the home and where a restricted person lives never are. It is not encrypted.
    """
    if target.exists():
        raise Invalid({"target": f"{target} exists already. Name a new file."})
    whole = bundle(system_scope(organisation_by_code(code).id, "copy of the record for the person"), person_id)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(whole)
    click.echo(f"Wrote {target}.")


@person.command()
@CODE
@click.option("--lead", required=True, help="E-mail address of the lead who decided it.")
@click.option("--second", required=True, help="E-mail address of the second lead, who agrees.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@click.argument("person_id", type=click.UUID)
def erase(code: str, lead: str, second: str, yes: bool, person_id: UUID) -> None:
    """Erase everything this organisation holds about a person, in every table, for good.

    Shows first what would go. Stops where the record is held for a reason or support is open. The trail of who looked
    and who changed what stays: it holds ids, never words or names.
    """
    organisation_id = organisation_by_code(code).id
    proposing, agreeing = lead_scope(organisation_id, lead), lead_scope(organisation_id, second)
    if keeping(proposing, person_id).due_on is None:
        raise Invalid({"": "They are being supported. End that first."})
    records = resolved_ids(proposing, person_id)
    for what, number in would_go(proposing, "asked", records):
        click.echo(f"{number:>8,}  {what}")
    if not yes:
        click.confirm("Erase all of this for good?", abort=True)
    made = propose_disposal(scope=proposing, kind="asked", records=records, due_on=clock.today())
    agree_disposal(scope=agreeing, disposal_id=made, expected_version=1)
    let_go(system_scope(organisation_id, "erasing"), made)
    click.echo("Erased.")
