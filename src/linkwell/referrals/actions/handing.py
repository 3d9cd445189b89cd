from linkwell.accounts.queries import TeamRow
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope


def as_sender(scope: Scope, team: TeamRow) -> Scope:
    """A sender's authority inside the team's organisation: to leave a referral there, or an answer about one.

    The trail names the same user, under the organisation that holds the referral.
    """
    return Scope(
        actor_kind=scope.actor_kind,
        actor_id=scope.actor_id,
        organisation_id=team.organisation_id,
        role=Role.REFERRER,
        purpose="referring to this team",
        actor_name=scope.actor_name,
    )
