"""Who is told when somebody is not back. Called inside an action."""

from uuid import UUID

from linkwell.accounts.models import Membership
from linkwell.accounts.queries import TeamRow
from linkwell.core.permissions import LEADS
from linkwell.core.scope import Scope
from linkwell.tasks.models import Task
from linkwell.workforce.alarm import who_is_told
from linkwell.workforce.models import Visit


def who_rings(scope: Scope, row: Visit, team: TeamRow) -> tuple[UUID, ...]:
    """Who is to be told next of this visit."""
    return who_is_told(
        row.told,
        buddy=row.buddy_id,
        duty=(team.duty_user_id, team.second_duty_user_id),
        leads=leads_of(scope, team.id).keys(),
        worker=row.worker_id,
    )


def leads_of(scope: Scope, team_id: UUID) -> dict[UUID, str]:
    """The leads of a team and where they read their e-mail."""
    rows = Membership.objects.filter(
        organisation_id=scope.organisation_id,
        team_id=team_id,
        role__in=LEADS,
        ended_at=None,
        user__is_active=True,
    )
    return dict(rows.values_list("user_id", "user__email"))


def told_so_far(scope: Scope, visit_id: UUID) -> tuple[str, ...]:
    """The kinds of the open tasks about a visit: one for each colleague who was told."""
    rows = Task.objects.filter(organisation_id=scope.organisation_id, about_id=visit_id, state="open")
    return tuple(rows.order_by("pk").values_list("kind", flat=True))
