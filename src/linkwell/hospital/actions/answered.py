"""How long what somebody said to an offer holds: a no for this stay, a yes while something may come of it.

Only "asked us not to offer" lasts until they say otherwise. Called inside actions.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Max

from linkwell.core.scope import Scope
from linkwell.hospital.models import Candidate, Offer, OfferAnswer, Stay, StayClass
from linkwell.referrals.models import ReferralAnswerKind
from linkwell.referrals.queries.one import answers_to

# Many never let a hospital hear that support has ended: after so long it is asked again who comes back.
MAY_GO_ON = dt.timedelta(days=184)
CAME = (StayClass.INPATIENT, StayClass.EMERGENCY)


def answers_that_hold(scope: Scope, rows: Collection[Candidate]) -> Mapping[UUID, str]:
    """By candidate the state that their last answer still gives them; whoever is to be offered again is left out."""
    answered = Offer.objects.filter(
        candidate_id__in=[row.pk for row in rows], answer__in=(OfferAnswer.ACCEPTED, OfferAnswer.CHOSE_NOT)
    )
    last = {each.candidate_id: each for each in answered.order_by("answered_at", "pk")}
    patients = {row.pk: row.patient_id for row in rows if row.pk in last}
    stays = Stay.objects.filter(organisation_id=scope.organisation_id, no_stay="", stay_class__in=CAME)
    came = stays.filter(patient_id__in=patients.values()).values("patient_id").annotate(newest=Max("admitted_at"))
    newest = dict(came.values_list("patient_id", "newest"))
    told = answers_to([each.referral_id for each in last.values() if each.referral_id])
    kinds = {referral: answers[-1].kind for referral, answers in told.items()}
    return {
        pk: offer.answer
        for pk, offer in last.items()
        if _holds(offer, newest.get(patients[pk]), kinds.get(offer.referral_id) if offer.referral_id else None)
    }


def _holds(offer: Offer, newest: dt.datetime | None, told: str | None) -> bool:
    """`newest`: when they came last. `told`: the last thing the hospital was told of the referral."""
    said_yes = offer.answer == OfferAnswer.ACCEPTED
    if said_yes and offer.referral_id is None:
        return True
    if told == ReferralAnswerKind.DECLINED:
        return False
    if newest is None or offer.answered_at is None or newest <= offer.answered_at:
        return True
    return said_yes and told != ReferralAnswerKind.CLOSED and newest < offer.answered_at + MAY_GO_ON
