"""What signing in leaves in the audit, and choosing a role."""

from uuid import UUID

from linkwell.accounts.permissions import CHOOSE_ROLE
from linkwell.accounts.queries.sign_in import roles_held, user_with_email
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.database import scoped
from linkwell.core.scope import Scope, system_scope

# Attempts that name nobody we know are kept under this, in a trail that no organisation reads. One row is
# written either way, so an answer takes as long for an unknown address as for a known one.
NOBODY = UUID(int=0)
SIGN_IN = "sign-in"


def note_sign_in(verb: str, user_id: UUID | None) -> None:
    """Leave one audit row in each organisation where this user has a role, in a transaction of its own."""
    organisations = {role.organisation_id for role in roles_held(user_id)} if user_id else set()
    for organisation_id in organisations or {NOBODY}:
        scope = system_scope(organisation_id, SIGN_IN)
        with scoped(scope):
            audit.record(scope, verb, "user", user_id)


def note_sign_in_by_email(verb: str, email: str) -> None:
    """The same, for an attempt that only gave an address."""
    note_sign_in(verb, user_with_email(email))


@action(CHOOSE_ROLE)
def choose_role(*, scope: Scope, membership_id: UUID) -> None:
    """Note that somebody now acts in this role; `scope` is that of the role chosen."""
    audit.record(scope, "role_chosen", "membership", membership_id)
