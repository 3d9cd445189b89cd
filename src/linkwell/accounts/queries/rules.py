"""The numbers a team works by."""

from dataclasses import fields
from uuid import UUID

from linkwell.accounts.models import TeamRules
from linkwell.accounts.rules import Rules


def rules(team_id: UUID) -> Rules:
    """The team's own numbers, or the defaults. Public facts, so no scope is asked."""
    row = TeamRules.objects.filter(pk=team_id).values(*(field.name for field in fields(Rules))).first()
    return Rules(**row) if row else Rules()
