"""Those who support somebody hear that they are at a hospital: the site only, through a referral the two share."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q

from linkwell.accounts import queries as accounts
from linkwell.accounts.queries import TeamRow
from linkwell.casework import queries as casework
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.database import handed_over
from linkwell.core.scope import Scope, system_scope
from linkwell.hospital.models import Arrival, Offer, Patient, Stay, StayClass, StayReferral
from linkwell.hospital.permissions import RECEIVE
from linkwell.kernel.working_days import Nation, OpeningHours, add_working_hours
from linkwell.people import queries as people
from linkwell.referrals.models import SentReferral

HERE = (StayClass.INPATIENT, StayClass.EMERGENCY)


@action(RECEIVE)
def tell_of_arrivals(*, scope: Scope, patient_id: UUID) -> None:
    """Called when anything about a patient's stays changed: what those who support them see is made to agree.

    Nothing at all where no referral joins the two, where support has ended, and for anybody restricted.
    """
    audit.record(scope, "looked at", "hospital_patient", patient_id)
    mine = {"organisation_id": scope.organisation_id}
    patient = Patient.objects.filter(**mine, pk=patient_id).first()
    if patient is None or patient.test:
        return
    site = accounts.organisation(scope.organisation_id).name
    stays = list(Stay.objects.filter(**mine, patient=patient, stay_class__in=HERE).order_by("pk"))
    for sent in _shared(scope, patient):
        later = [each for each in stays if each.admitted_at is not None and each.admitted_at > sent.sent_at]
        team = accounts.team(sent.team_id)
        if later and team.organisation_id != scope.organisation_id:
            with handed_over(system_scope(team.organisation_id, "an arrival at a hospital")) as there:
                _tell(there.scope, team, sent.referral_id, later, site, hidden=patient.restricted or patient.died)


def _shared(scope: Scope, patient: Patient) -> Iterator[SentReferral]:
    """The referrals by which the hospital and a team know of each other's part."""
    mine = {"organisation_id": scope.organisation_id}
    from_stays = StayReferral.objects.filter(**mine, stay__patient=patient).values("sent__referral_id")
    from_offers = Offer.objects.filter(**mine, candidate__patient=patient).values("referral_id")
    theirs = Q(referral_id__in=from_stays) | Q(referral_id__in=from_offers)
    yield from SentReferral.objects.filter(theirs, **mine).order_by("pk")


def _tell(there: Scope, team: TeamRow, referral_id: UUID, stays: list[Stay], site: str, *, hidden: bool) -> None:
    audit.record(there, "looked at", "referral", referral_id)
    case = casework.open_case_of_referral(there, referral_id)
    apart = hidden or (case is not None and people.kept_apart(there, case.person_id))
    opening = OpeningHours(team.opens_at, team.closes_at)
    for stay in stays:
        if case is None or apart or stay.no_stay or stay.admitted_at is None:
            Arrival.objects.filter(organisation_id=there.organisation_id, stay_id=stay.pk).delete()
        else:
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
