"""Every read of organisations, teams and staff."""

from linkwell.accounts.queries.rules import TargetBook, TargetsRow, commissioner_targets, rules, target_book
from linkwell.accounts.queries.teams import (
    OrganisationRow,
    TeamRow,
    WorkerRow,
    addresses_of_role,
    my_team,
    organisation,
    organisation_by_code,
    organisations,
    team,
    team_by_slug,
    team_workers,
    teams_in_networks_with,
    teams_taking_referrals,
    user_email,
    user_names,
)

__all__ = [
    "OrganisationRow",
    "TargetBook",
    "TargetsRow",
    "TeamRow",
    "WorkerRow",
    "addresses_of_role",
    "commissioner_targets",
    "my_team",
    "organisation",
    "organisation_by_code",
    "organisations",
    "rules",
    "target_book",
    "team",
    "team_by_slug",
    "team_workers",
    "teams_in_networks_with",
    "teams_taking_referrals",
    "user_email",
    "user_names",
]
