"""The authority of somebody who refers from a file, where they are not at the screen: a command, or a job."""

from uuid import UUID

from linkwell.accounts.queries.sign_in import roles_held, user_by_id
from linkwell.accounts.scopes import staff_scope
from linkwell.core.scope import Scope
from linkwell.referrals.permissions import REFER


def sender_scope(organisation_id: UUID, user_id: UUID) -> Scope | None:
    """None for somebody who may not refer for this organisation, or not any more."""
    held = (each.role for each in roles_held(user_id) if each.organisation_id == organisation_id)
    role = next((each for each in held if each in REFER.roles), "")
    if not role:
        return None
    name = user_by_id(user_id).name
    return staff_scope(user_id=user_id, name=name, organisation_id=organisation_id, role=role)
