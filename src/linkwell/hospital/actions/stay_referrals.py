"""A referral from the board, to a team in the community."""

from uuid import UUID

from linkwell.accounts.queries import TeamRow
from linkwell.core import audit, submissions
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.models import StayReferral
from linkwell.hospital.permissions import PLAN_GOING_HOME
from linkwell.hospital.queries.shown import planned_stay
from linkwell.referrals import actions as referrals
from linkwell.referrals.details import Reference, ReferralDetails
from linkwell.referrals.models import SentReferral


@submissions.second_sending_finds_the_first
@action(PLAN_GOING_HOME)
def refer_from_stay(
    *, scope: Scope, stay_id: UUID, team: TeamRow, submission_key: UUID, details: ReferralDetails
) -> Reference:
    """Refer somebody with what `details` hold and nothing else of the hospital's record.

    The hospital and the team know of each other's part only through this referral. Raises NotFound, Invalid, and
    InvalidMove for somebody who has died.
    """
    stay = planned_stay(scope, stay_id)
    sent = referrals.send_referral(scope=scope, team=team, submission_key=submission_key, details=details)
    row = SentReferral.objects.get(organisation_id=scope.organisation_id, referral_id=sent.referral_id)
    StayReferral.objects.get_or_create(organisation_id=scope.organisation_id, stay=stay, sent=row)
    audit.record(scope, "referred", "stay", stay_id)
    return sent
