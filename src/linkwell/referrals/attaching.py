"""Files of a referral belong to whoever sent it and whoever received it."""

from uuid import UUID

from linkwell.attachments.belonging import Record, belonging
from linkwell.core.scope import Scope
from linkwell.referrals.queries.files import record_of_referral


@belonging("referral")
def files_of_a_referral(scope: Scope, about_id: UUID) -> Record:
    return record_of_referral(scope, about_id)
