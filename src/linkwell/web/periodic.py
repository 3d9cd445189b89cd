"""Upkeep of the installation itself."""

from linkwell.core import periodic
from linkwell.core.postgres import keep_window, linkwell_home
from linkwell.core.scope import Scope


@periodic.every("40 2 * * *", once_for_all=True)
def keep_backups_in_hand(scope: Scope) -> None:
    """Each night: a fresh base copy, and no write-ahead log older than it is needed for."""
    keep_window(linkwell_home())
