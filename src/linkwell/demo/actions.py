"""The one write the demo needs of its own: members of staff who may be signed in as with one click."""

from uuid import UUID

from linkwell.accounts.models import User


def mark_as_demo(user_id: UUID) -> None:
    """Only ever called while a database is being made that is then marked as fictional, by `demo.place`."""
    User.objects.filter(pk=user_id).update(demo=True)
