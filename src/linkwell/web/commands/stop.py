import click

from linkwell.core import postgres
from linkwell.web.commands.progress import shown


@click.command()
def stop() -> None:
    """Stop the embedded database of this home."""
    stopped = postgres.stop(postgres.linkwell_home(), shown)
    click.echo("The database is stopped." if stopped else "The database was not running.")
