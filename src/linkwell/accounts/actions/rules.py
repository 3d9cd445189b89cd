"""Changing the numbers a team works by, and the targets its commissioners ask for."""

from dataclasses import asdict, fields
from uuid import UUID

from linkwell.accounts.models import CommissionerTargets, Organisation, Team, TeamRules
from linkwell.accounts.permissions import SET_RULES
from linkwell.accounts.queries.rules import rules as rules_of
from linkwell.accounts.rules import Rules, Targets
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel.errors import Invalid, NotFound


@action(SET_RULES)
def set_rules(*, scope: Scope, team_id: UUID, rules: Rules) -> None:
    """The team works by these numbers from now on. What was measured before is measured again by them."""
    _lock_own_team(scope, team_id)
    if rules.oldest is not None and rules.oldest < rules.youngest:
        raise Invalid({"oldest": "The oldest age must be the youngest age or more"})
    before = rules_of(team_id)
    changed = tuple(field.name for field in fields(Rules) if getattr(before, field.name) != getattr(rules, field.name))
    TeamRules.objects.update_or_create(team_id=team_id, defaults=asdict(rules))
    audit.record(scope, "changed", "team_rules", team_id, fields=changed)


@action(SET_RULES)
def set_targets(*, scope: Scope, team_id: UUID, commissioner_id: UUID, targets: Targets) -> None:
    """What a commissioner asks of a team instead of the team's own targets. Asked again, the newer ones hold."""
    _lock_own_team(scope, team_id)
    if not Organisation.objects.filter(pk=commissioner_id, closed_at=None).exists():
        raise Invalid({"commissioner": "Choose a commissioner"})
    if targets.first_talk < targets.first_try:
        raise Invalid({"first_talk": "The first conversation cannot be due before the first try"})
    row, _ = CommissionerTargets.objects.update_or_create(
        team_id=team_id,
        commissioner_id=commissioner_id,
        defaults={
            "triage_working_days": targets.triage,
            "first_try_working_days": targets.first_try,
            "first_talk_working_days": targets.first_talk,
        },
    )
    audit.record(scope, "set", "commissioner_targets", row.pk)


@action(SET_RULES)
def end_targets(*, scope: Scope, team_id: UUID, commissioner_id: UUID) -> None:
    """The team's own targets hold again for this commissioner. Raises NotFound where there were none."""
    _lock_own_team(scope, team_id)
    row = CommissionerTargets.objects.filter(team_id=team_id, commissioner_id=commissioner_id).first()
    if row is None:
        raise NotFound("We could not find those targets.")
    audit.record(scope, "ended", "commissioner_targets", row.pk)
    row.delete()


def _lock_own_team(scope: Scope, team_id: UUID) -> None:
    if not Team.objects.select_for_update().filter(pk=team_id, organisation_id=scope.organisation_id).exists():
        raise NotFound("We could not find that team.")
