"""Counts for the lead's page. Called inside the query of whoever shows it."""

from linkwell.accounts import queries as accounts
from linkwell.core.scope import Scope
from linkwell.workforce.models import TalkRequest
from linkwell.workforce.queries.supervision import supervision_due
from linkwell.workforce.queries.team import gaps


def questions_to_the_lead(scope: Scope) -> int:
    return TalkRequest.objects.filter(organisation_id=scope.organisation_id, state="asked").count()


def supervisions_due(scope: Scope) -> int:
    team = accounts.my_team(scope)
    return len(supervision_due(scope, team.id)) if team else 0


def colleagues_not_covered(scope: Scope) -> int:
    team = accounts.my_team(scope)
    return len({gap.worker_id for gap in gaps(scope, team.id)}) if team else 0
