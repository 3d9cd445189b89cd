"""The one write the demo needs of its own: members of staff who may be signed in as with one click."""

from uuid import UUID

from linkwell.accounts.models import User


def mark_as_demo(user_ids: list[UUID]) -> None:
    """Only ever called on a database marked as fictional, by `demo.place`."""
    User.objects.filter(pk__in=user_ids).update(demo=True)
