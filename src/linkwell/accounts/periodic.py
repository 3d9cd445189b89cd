"""What comes round by the clock."""

from linkwell.accounts.actions.browsing import note_unusual_opening
from linkwell.core import periodic
from linkwell.core.scope import Scope


@periodic.every("*/5 * * * *")
def notice_unusual_opening(scope: Scope) -> None:
    note_unusual_opening(scope)
