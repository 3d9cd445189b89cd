"""Those who support somebody hear that they are at a hospital: the site only.

Through a referral the two share, or because the person agreed to it (`ways`).
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.database import handed_over
from linkwell.core.scope import Scope, system_scope
from linkwell.hospital.actions.ways import Way, ways_to_tell
from linkwell.hospital.models import Arrival, Patient, Stay, StayClass
from linkwell.hospital.permissions import RECEIVE
from linkwell.kernel.working_days import Nation, OpeningHours, add_working_hours
from linkwell.people import queries as people

HERE = (StayClass.INPATIENT, StayClass.EMERGENCY)


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
    for organisation_id, ways in ways_to_tell(scope, patient).items():
        with handed_over(system_scope(organisation_id, "an arrival at a hospital")) as there:
            audit.record(there.scope, "looked at", "hospital_arrival", None)
            hidden = patient.restricted or patient.died
            told = set() if hidden else {each for way in ways for each in _tell(there.scope, way, stays, site)}
            _untell(there.scope, [stay.pk for stay in stays if stay.pk not in told])


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
