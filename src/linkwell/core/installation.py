"""Facts about this database as a whole."""

from functools import cache

from linkwell.core.models import Installation


@cache
def epoch() -> int:
    """The life of this database: a restore begins a new one. Every program is started anew after a restore."""
    row = Installation.objects.values_list("epoch").first()
    return row[0] if row else 1


def is_fictional() -> bool:
    """Whether every person in this database is made up. Only such a database can have demo sign-in."""
    return Installation.objects.filter(fictional=True).exists()


def mark_fictional() -> None:
    """Mark an installation as fictional, for good."""
    Installation.objects.update_or_create(only=True, defaults={"fictional": True})
