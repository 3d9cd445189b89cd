from linkwell.core import periodic
from linkwell.core.scope import Scope
from linkwell.onward import actions
from linkwell.onward.actions import listing_team


@periodic.every("15 7 * * *")
def look_for_silence(scope: Scope) -> None:
    """Each morning: onward referrals nobody has answered."""
    actions.mark_overdue(scope=scope)


@periodic.every("30 7 * * *")
def ask_whether_they_came(scope: Scope) -> None:
    """Each morning: a week after a group's date, ask whether the person came."""
    actions.ask_who_came(scope=scope)


@periodic.every("0 8 * * 1-5")
def ask_groups_whether_still_right(scope: Scope) -> None:
    """Each working morning: groups whose details nobody called right for some months."""
    listing_team.ask_whether_right(scope=scope)
