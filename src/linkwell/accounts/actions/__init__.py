"""Every write to organisations, teams, staff and shares."""

from linkwell.accounts.actions.shares import end_share, share

__all__ = ["end_share", "share"]
