"""The ways in which a hospital's news of somebody may reach those who support them.

A referral the two share, or the person's own agreement (`agreeing_to_tell`). Called inside actions.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db.models import Q

from linkwell.accounts import queries as accounts
from linkwell.casework import queries as casework
from linkwell.casework.rows import CaseRow
from linkwell.core.scope import Scope
from linkwell.hospital.actions.agreeing_to_tell import agreed_to_tell, case_of_agreed
from linkwell.hospital.models import Offer, Patient, StayReferral
from linkwell.referrals.models import SentReferral

CaseOf = Callable[[Scope], CaseRow | None]


@dataclass(frozen=True, slots=True)
class Way:
    """One way: since when, and how the support is found there. `any_case_of` finds it also once it has ended."""

    organisation_id: UUID
    since: dt.datetime
    case_of: CaseOf
    any_case_of: CaseOf
    referral_id: UUID | None = None


def ways_to_tell(scope: Scope, patient: Patient) -> dict[UUID, list[Way]]:
    """By organisation, never this hospital itself."""
    found: dict[UUID, list[Way]] = {}
    for way in (*_by_referral(scope, patient), *_by_agreement(scope, patient)):
        if way.organisation_id != scope.organisation_id:
            found.setdefault(way.organisation_id, []).append(way)
    return found


def _by_referral(scope: Scope, patient: Patient) -> Iterator[Way]:
    """The referrals by which the hospital and a team know of each other's part."""
    mine = {"organisation_id": scope.organisation_id}
    from_stays = StayReferral.objects.filter(**mine, stay__patient=patient).values("sent__referral_id")
    from_offers = Offer.objects.filter(**mine, candidate__patient=patient).values("referral_id")
    theirs = Q(referral_id__in=from_stays) | Q(referral_id__in=from_offers)
    for sent in SentReferral.objects.filter(theirs, **mine).order_by("pk"):
        yield Way(
            accounts.team(sent.team_id).organisation_id,
            sent.sent_at,
            partial(casework.open_case_of_referral, referral_id=sent.referral_id),
            partial(casework.any_case_of_referral, referral_id=sent.referral_id),
            sent.referral_id,
        )


def _by_agreement(scope: Scope, patient: Patient) -> Iterator[Way]:
    for agreed in agreed_to_tell(scope, patient):
        now = partial(case_of_agreed, agreed=agreed, patient=patient)
        ever = partial(case_of_agreed, agreed=agreed, patient=patient, ended_too=True)
        yield Way(agreed.supported_by, agreed.agreed_at, now, ever)


def patients_of_referral(scope: Scope, referral_id: UUID) -> set[UUID]:
    """The patients of this hospital whom a referral of its own is about."""
    mine = {"organisation_id": scope.organisation_id}
    by_stay = StayReferral.objects.filter(**mine, sent__referral_id=referral_id)
    by_offer = Offer.objects.filter(**mine, referral_id=referral_id)
    return {
        *by_stay.values_list("stay__patient_id", flat=True),
        *by_offer.values_list("candidate__patient_id", flat=True),
    }
