"""Files sent on belong to the onward referral: the team sees them, and the group after its yes."""

from uuid import UUID

from linkwell.attachments.belonging import Record, belonging
from linkwell.core.scope import Scope
from linkwell.onward.queries.files import record_of_onward


@belonging("onward_referral")
def files_of_an_onward_referral(scope: Scope, about_id: UUID) -> Record:
    return record_of_onward(scope, about_id)
