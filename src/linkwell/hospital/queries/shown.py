"""Which stays and patients a shared list may show. Called inside queries and actions."""

from uuid import UUID

from django.db.models import QuerySet

from linkwell.core.scope import Scope
from linkwell.hospital.models import Patient, Stay, StayClass
from linkwell.hospital.queries.listable import counted_patients
from linkwell.kernel.errors import InvalidMove, NotFound

HAVE_DIED = "They have died, so nothing more is planned for them."


def shown_stays(scope: Scope) -> QuerySet[Stay]:
    """Ward stays of the hospital, also of people who died, without restricted patients and made-up ones."""
    return Stay.objects.filter(
        organisation_id=scope.organisation_id,
        no_stay="",
        stay_class=StayClass.INPATIENT,
        patient__restricted=False,
        patient__test=False,
        patient__merged_into=None,
    )


def shown_stay(scope: Scope, stay_id: UUID) -> Stay:
    """One of them, with its patient. Raises NotFound."""
    found = shown_stays(scope).select_related("patient").filter(pk=stay_id).first()
    if found is None:
        raise NotFound("We could not find that stay.")
    return found


def planned_stay(scope: Scope, stay_id: UUID) -> Stay:
    """One for which something can still be planned. Raises NotFound, and InvalidMove for somebody who has died."""
    found = shown_stay(scope, stay_id)
    if found.patient.died:
        raise InvalidMove(HAVE_DIED)
    return found


def planned_patient(scope: Scope, patient_id: UUID) -> Patient:
    """A patient of whom something can still be noted. Raises NotFound, and InvalidMove for somebody who has died."""
    found = counted_patients(scope).filter(pk=patient_id).first()
    if found is None:
        raise NotFound("We could not find that person.")
    if found.died:
        raise InvalidMove(HAVE_DIED)
    return found
