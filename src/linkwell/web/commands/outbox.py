import click

from linkwell.core import worker
from linkwell.core.installation import epoch
from linkwell.core.models import OutboxEvent


@click.group()
def outbox() -> None:
    """Work that waits to be done."""


@outbox.command("list")
def list_() -> None:
    """Count what waits, what is held since a restore, and what needs attention."""
    waiting = OutboxEvent.objects.filter(done_at=None, failed_at=None)
    click.echo(f"Waiting          {waiting.filter(epoch__gte=epoch()).count():,}")
    click.echo(f"Held by restore  {waiting.filter(epoch__lt=epoch()).count():,}")
    click.echo(f"Needs attention  {OutboxEvent.objects.exclude(failed_at=None).count():,}")


@outbox.command()
@click.confirmation_option(prompt="Messages written before the restore may have been sent already. Release them?")
def release() -> None:
    """Let work from before a restore go after all."""
    click.echo(f"Released {worker.release_held():,}.")
