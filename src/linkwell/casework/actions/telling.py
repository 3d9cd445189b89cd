"""Telling those who referred somebody that we are in touch, or that support has ended. Called only inside actions."""

from uuid import UUID

from linkwell.casework.models import Case, JoinedReferral
from linkwell.core.scope import Scope
from linkwell.people import queries as people
from linkwell.referrals import actions as referrals
from linkwell.referrals.actions.telling import NEEDS_AGREEMENT
from linkwell.referrals.models import Referral, ReferralAnswerKind


def tell_referrers(scope: Scope, case: Case, kind: str) -> None:
    """Tell the referrer of a case, and of each referral that joined it, what the person agreed that they hear.

    What was agreed about one referrer says nothing of another who came later: that one hears only when the person
    was asked since, or when both are of one organisation.
    """
    if kind == ReferralAnswerKind.IN_TOUCH and case.first_spoken_at is None:
        return
    for referral_id in _may_hear(scope, case, kind):
        referrals.tell_referrer(scope=scope, referral_id=referral_id, kind=kind)


def _may_hear(scope: Scope, case: Case, kind: str) -> list[UUID]:
    if case.referral_id is None:
        return []
    found = [case.referral_id]
    said = people.agreement(scope, case.person_id, NEEDS_AGREEMENT[ReferralAnswerKind(kind)])
    if said is None:
        return found
    first = Referral.objects.filter(pk=case.referral_id).values_list("sender_organisation_id", flat=True).first()
    for joined in JoinedReferral.objects.select_related("referral").filter(
        organisation_id=scope.organisation_id, case=case
    ):
        sender = joined.referral.sender_organisation_id
        if (sender is not None and sender == first) or said.recorded_at >= joined.created_at:
            found.append(joined.referral_id)
    return found
