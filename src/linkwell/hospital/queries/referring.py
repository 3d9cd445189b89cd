"""What a referral takes from a patient of the hospital: of somebody who said yes, or whose record is restricted."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import Patient
from linkwell.hospital.permissions import SAY_NOT_SUITABLE, SEE_CANDIDATES
from linkwell.hospital.queries.candidates import listed
from linkwell.hospital.queries.listable import restricted_patients
from linkwell.hospital.queries.trusts import only_trusts
from linkwell.kernel import nhs_number
from linkwell.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class PatientRow:
    """What a referral needs of a patient, and no more. `asked_not`: they asked us not to offer support."""

    id: UUID
    given_name: str
    family_name: str
    born_on: dt.date | None
    nhs_number: str
    phone: str
    postcode: str
    language: str
    asked_not: bool = False


@query(SEE_CANDIDATES, opening=True)
def to_refer(scope: Scope, candidate_id: UUID) -> PatientRow:
    """What goes into the referral of somebody who said yes. Raises NotFound."""
    only_trusts(scope)
    found = listed(scope).filter(pk=candidate_id, state="accepted").first()
    if found is None:
        raise NotFound
    audit.record_opening(scope, "hospital_patient", found.patient_id)
    return what_a_referral_needs(found.patient)


@query(SAY_NOT_SUITABLE)
def restricted_by_number(scope: Scope, number: str) -> UUID | None:
    """The patient with a restricted record who has exactly this NHS or hospital number; None for anybody else."""
    only_trusts(scope)
    number = number.strip()[:100]
    as_nhs = nhs_number.parse(number).digits if not nhs_number.problem(number) else ""
    by_number = Q(identifiers__value=number) if number else Q(pk=None)
    if as_nhs:
        by_number |= Q(nhs_number=as_nhs) & ~Q(number_status="disputed")
    found = restricted_patients(scope).filter(by_number).distinct()[:2]
    return found[0].pk if len(found) == 1 else None


@query(SAY_NOT_SUITABLE, opening=True)
def restricted_patient(scope: Scope, patient_id: UUID) -> PatientRow:
    """A patient with a restricted record, for the clinician who refers them. Raises NotFound."""
    only_trusts(scope)
    found = restricted_patients(scope).filter(pk=patient_id).first()
    if found is None:
        raise NotFound
    audit.record_opening(scope, "hospital_patient", found.pk)
    return what_a_referral_needs(found)


def what_a_referral_needs(row: Patient) -> PatientRow:
    """Called inside a query."""
    known = row.number_status != "disputed"
    return PatientRow(
        id=row.pk,
        given_name=row.given_name,
        family_name=row.family_name,
        born_on=row.born_on,
        nhs_number=row.nhs_number if known else "",
        phone=row.phone,
        postcode=row.postcode,
        language=row.language,
    )
