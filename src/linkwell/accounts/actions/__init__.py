"""Every write to organisations, teams, staff and shares."""

from linkwell.accounts.actions.invitations import accept_invitation
from linkwell.accounts.actions.organisations import (
    add_network,
    add_organisation,
    add_team,
    add_to_network,
    change_organisation,
    change_team,
    leave_network,
)
from linkwell.accounts.actions.rules import end_targets, set_rules, set_targets
from linkwell.accounts.actions.shares import end_share, end_shares_about, share
from linkwell.accounts.actions.staff import (
    Invited,
    StillBusy,
    change_role,
    close_user,
    end_role,
    invite,
    invite_again,
    record_home_postcode,
    reset_sign_in,
)

__all__ = [
    "Invited",
    "StillBusy",
    "accept_invitation",
    "add_network",
    "add_organisation",
    "add_team",
    "add_to_network",
    "change_organisation",
    "change_role",
    "change_team",
    "close_user",
    "end_role",
    "end_share",
    "end_shares_about",
    "end_targets",
    "invite",
    "invite_again",
    "leave_network",
    "record_home_postcode",
    "reset_sign_in",
    "set_rules",
    "set_targets",
    "share",
]
