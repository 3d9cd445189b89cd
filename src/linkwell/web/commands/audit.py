import json
import sys
from dataclasses import asdict
from uuid import UUID

import click

from linkwell.accounts.queries import organisation_by_code, organisations
from linkwell.core import audit_check


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
@click.option("--organisation", "code", help="Code of one organisation; all of them without it.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def verify(code: str | None, as_json: bool) -> None:
    """Find edits, deletions, insertions, reordering, a missing tail, and rows left unsealed."""
    verdicts = {name: audit_check.verify(organisation_id) for organisation_id, name in _chosen(code).items()}
    if as_json:
        click.echo(json.dumps({code: asdict(verdict) for code, verdict in verdicts.items()}, default=str))
    else:
        for name, verdict in verdicts.items():
            click.echo(f"{name}: {verdict.checked:,} rows checked, {'sound' if verdict.sound else 'NOT SOUND'}")
            for trouble in verdict.troubles:
                click.echo(f"  {trouble.kind}: {trouble.where}")
    if not all(verdict.sound for verdict in verdicts.values()):
        sys.exit(1)


def _chosen(code: str | None) -> dict[UUID, str]:
    """One organisation, or every trail there is: closed organisations too, and sign-ins that belong to none."""
    if code:
        one = organisation_by_code(code)
        return {one.id: one.code}
    named = {each.id: each.code for each in organisations()}
    return named | {each: str(each) for each in audit_check.trails_outside() if each not in named}
