"""Those who support somebody hear that they are at a hospital: the site only.

Through a referral the two share, or because the person agreed to it (`agreeing_to_tell`).
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db.models import Q

from linkwell.accounts import queries as accounts
from linkwell.casework import queries as casework
from linkwell.casework.rows import CaseRow
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.database import handed_over
from linkwell.core.scope import Scope, system_scope
from linkwell.hospital.actions.agreeing_to_tell import agreed_to_tell, case_of_agreed
from linkwell.hospital.models import Arrival, Offer, Patient, Stay, StayClass, StayReferral
from linkwell.hospital.permissions import RECEIVE
from linkwell.kernel.working_days import Nation, OpeningHours, add_working_hours
from linkwell.people import queries as people
from linkwell.referrals.models import SentReferral

HERE = (StayClass.INPATIENT, StayClass.EMERGENCY)


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which those who support somebody may hear: since when, and how their support is found there."""

    organisation_id: UUID
    since: dt.datetime
    case_of: Callable[[Scope], CaseRow | None]


@action(RECEIVE)
def tell_of_arrivals(*, scope: Scope, patient_id: UUID) -> None:
    """Called when anything about a patient's stays changed: what those who support them see is made to agree.

    Nothing at all where neither a referral nor an agreement joins the two, where support has ended, and for anybody
    restricted.
    """
    audit.record(scope, "looked at", "hospital_patient", patient_id)
    mine = {"organisation_id": scope.organisation_id}
    patient = Patient.objects.filter(**mine, pk=patient_id).first()
    if patient is None or patient.test:
        return
    site = accounts.organisation(scope.organisation_id).name
    stays = list(Stay.objects.filter(**mine, patient=patient, stay_class__in=HERE).order_by("pk"))
    by_organisation: dict[UUID, list[Way]] = {}
    for way in (*_by_referral(scope, patient), *_by_agreement(scope, patient)):
        by_organisation.setdefault(way.organisation_id, []).append(way)
    by_organisation.pop(scope.organisation_id, None)
    for organisation_id, ways in by_organisation.items():
        with handed_over(system_scope(organisation_id, "an arrival at a hospital")) as there:
            audit.record(there.scope, "looked at", "hospital_arrival", None)
            hidden = patient.restricted or patient.died
            told = set() if hidden else {each for way in ways for each in _tell(there.scope, way, stays, site)}
            _untell(there.scope, [stay.pk for stay in stays if stay.pk not in told])


def _by_referral(scope: Scope, patient: Patient) -> Iterator[Way]:
    """The referrals by which the hospital and a team know of each other's part."""
    mine = {"organisation_id": scope.organisation_id}
    from_stays = StayReferral.objects.filter(**mine, stay__patient=patient).values("sent__referral_id")
    from_offers = Offer.objects.filter(**mine, candidate__patient=patient).values("referral_id")
    theirs = Q(referral_id__in=from_stays) | Q(referral_id__in=from_offers)
    for sent in SentReferral.objects.filter(theirs, **mine).order_by("pk"):
        case_of = partial(casework.open_case_of_referral, referral_id=sent.referral_id)
        yield Way(accounts.team(sent.team_id).organisation_id, sent.sent_at, case_of)


def _by_agreement(scope: Scope, patient: Patient) -> Iterator[Way]:
    for agreed in agreed_to_tell(scope, patient):
        case_of = partial(case_of_agreed, agreed=agreed, patient=patient)
        yield Way(agreed.supported_by, agreed.agreed_at, case_of)


def _tell(there: Scope, way: Way, stays: Sequence[Stay], site: str) -> Iterator[UUID]:
    """The stays that are told this way, each told."""
    case = way.case_of(there)
    if case is None or people.kept_apart(there, case.person_id):
        return
    team = accounts.team(case.team_id)
    opening = OpeningHours(team.opens_at, team.closes_at)
    for stay in stays:
        if stay.admitted_at is None or stay.admitted_at <= way.since or stay.no_stay:
            continue
        Arrival.objects.update_or_create(
            organisation_id=there.organisation_id,
            stay_id=stay.pk,
            defaults={
                "person_id": case.person_id,
                "site": site[:200],
                "arrived_at": stay.admitted_at,
                "left_at": stay.discharged_at,
                "shown_from": add_working_hours(stay.admitted_at, 0, Nation(team.nation), opening),
            },
        )
        yield stay.pk


def _untell(there: Scope, stay_ids: Sequence[UUID]) -> None:
    Arrival.objects.filter(organisation_id=there.organisation_id, stay_id__in=stay_ids).delete()
