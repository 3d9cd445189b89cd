import click

from linkwell.web.commands.setting_up import bring_up_to_date


@click.command()
def migrate() -> None:
    """Bring tables, row security and static files to what this version expects."""
    bring_up_to_date()
    click.echo("The database is up to date.")
