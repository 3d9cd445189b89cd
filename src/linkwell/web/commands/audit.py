import json
import sys
from dataclasses import asdict

import click

from linkwell.accounts.models import Organisation
from linkwell.core import audit_check


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
@click.option("--organisation", "code", help="Code of one organisation; all of them without it.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def verify(code: str | None, as_json: bool) -> None:
    """Find edits, deletions, insertions, reordering, a missing tail, and rows left unsealed."""
    chosen = Organisation.objects.filter(code=code) if code else Organisation.objects.order_by("code")
    verdicts = {organisation.code: audit_check.verify(organisation.pk) for organisation in chosen}
    if code and not verdicts:
        raise click.UsageError(f"There is no organisation with the code {code}.")
    if as_json:
        click.echo(json.dumps({code: asdict(verdict) for code, verdict in verdicts.items()}, default=str))
    else:
        for name, verdict in verdicts.items():
            click.echo(f"{name}: {verdict.checked:,} rows checked, {'sound' if verdict.sound else 'NOT SOUND'}")
            for trouble in verdict.troubles:
                click.echo(f"  {trouble.kind}: {trouble.where}")
    if not all(verdict.sound for verdict in verdicts.values()):
        sys.exit(1)
