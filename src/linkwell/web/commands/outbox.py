import click

from linkwell.core import worker


@click.group()
def outbox() -> None:
    """Work that waits to be done."""


@outbox.command("list")
def list_() -> None:
    """Count what waits, what is held since a restore, and what needs attention."""
    now = worker.backlog()
    click.echo(f"Waiting          {now.waiting:,}")
    click.echo(f"Held by restore  {now.held:,}")
    click.echo(f"Needs attention  {now.failed:,}")


@outbox.command()
@click.confirmation_option(prompt="Messages written before the restore may have been sent already. Release them?")
def release() -> None:
    """Let work from before a restore go after all."""
    click.echo(f"Released {worker.release_held():,}.")
