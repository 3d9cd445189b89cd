from datetime import datetime
from pathlib import Path

import click

from linkwell.core import postgres
from linkwell.web.commands.backup import passphrase
from linkwell.web.commands.progress import shown


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--to", "moment", type=click.DateTime(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"]), help="A second in London time."
)
@click.option("--replace", is_flag=True, help="Move what is there aside first.")
def restore(source: Path, moment: datetime | None, replace: bool) -> None:
    """Restore a backup into this home, to its end or to a chosen second. Nothing pending is sent until released."""
    from linkwell.kernel import clock

    to = clock.at(moment.date(), moment.time()) if moment else None
    report = postgres.restore(
        postgres.linkwell_home(), source, passphrase(twice=False), to, replace=replace, progress=shown
    )
    click.echo(f"Restored to {report.restored_to:%d %B %Y %H:%M:%S} UTC.")
    if report.moved_aside:
        click.echo(f"What was there before is in {report.moved_aside}.")
    click.echo("Work from before waits: see `linkwell outbox list`, then `linkwell outbox release`.")
