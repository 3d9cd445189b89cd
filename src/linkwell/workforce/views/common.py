"""What the views of this app share."""

from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.accounts.queries import TeamRow, staff
from linkwell.core.routes import ScopedRequest
from linkwell.kernel.errors import NotFound


def my_team(request: ScopedRequest) -> TeamRow:
    """Raises NotFound for somebody who works in no team."""
    team = accounts.my_team(request.scope)
    if team is None:
        raise NotFound
    return team


def colleagues(request: ScopedRequest) -> list[tuple[str, str]]:
    """Everybody else who works here, as choices."""
    return [(str(each), name) for each, name in staff.colleagues(request.scope) if each != request.scope.user_id]


def workers(request: ScopedRequest, team_id: UUID) -> list[tuple[str, str]]:
    return [(str(each.user_id), each.name) for each in accounts.team_workers(request.scope, team_id)]
