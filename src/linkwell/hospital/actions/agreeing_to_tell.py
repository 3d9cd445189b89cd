"""Somebody agreed that the hospitals of the network let those who support them know when they come.

A hospital keeps the NHS number, the date of birth and whom to tell: nothing of why anybody is supported.
"""

from collections.abc import Sequence
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework import queries as casework
from linkwell.casework.rows import CaseRow
from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.database import handed_over
from linkwell.core.scope import Scope, system_scope
from linkwell.hospital.models import AgreedToTell, Arrival, NumberStatus, Patient
from linkwell.hospital.permissions import RECEIVE
from linkwell.people import queries as people
from linkwell.people.models import Agreement, AgreementSubject, Person

SUBJECT = AgreementSubject.HOSPITAL_TELLS


@action(RECEIVE)
def keep_agreement(*, scope: Scope, agreement_id: UUID) -> None:
    """Called when somebody agreed to anything, or changed their mind: what hospitals keep of it is made to agree."""
    audit.record(scope, "looked at", "agreement", agreement_id)
    said = Agreement.objects.filter(organisation_id=scope.organisation_id, pk=agreement_id).first()
    if said is None or said.subject != SUBJECT:
        return
    person = Person.objects.get(organisation_id=scope.organisation_id, pk=said.person_id)
    newest = people.agreement(scope, person.pk, SUBJECT)
    stands = newest is not None and newest.agreed and bool(person.nhs_number) and person.date_of_birth is not None
    if not stands:
        Arrival.objects.filter(organisation_id=scope.organisation_id, person_id=person.pk).delete()
    for trust_id in accounts.trusts_in_networks_with(scope.organisation_id):
        with handed_over(system_scope(trust_id, "who agreed that an arrival is told")) as there:
            _keep(there.scope, person, said if stands else None)


def _keep(there: Scope, person: Person, said: Agreement | None) -> None:
    mine = {"organisation_id": there.organisation_id, "their_person_id": person.pk}
    AgreedToTell.objects.filter(**mine).delete()
    if said is not None and person.date_of_birth is not None:
        AgreedToTell.objects.create(
            **mine,
            nhs_number=person.nhs_number,
            born_on=person.date_of_birth,
            supported_by=person.organisation_id,
            agreed_at=said.created_at,
        )
    audit.record(there, "kept" if said else "removed", "agreed_to_tell", None)
    # What a shared referral still lets them know comes back, what the agreement now lets them know is told.
    known = Patient.objects.filter(organisation_id=there.organisation_id, nhs_number=person.nhs_number or None)
    for patient_id in known.values_list("pk", flat=True):
        outbox.emit(there, "hospital.stay_changed", object_id=patient_id)


def agreed_to_tell(scope: Scope, patient: Patient) -> Sequence[AgreedToTell]:
    """Who is to hear of this patient. Nobody where the hospital is not sure whose number it is."""
    sure = patient.number_status in (NumberStatus.GIVEN, NumberStatus.VERIFIED)
    if not sure or not patient.nhs_number or patient.born_on is None:
        return ()
    rows = AgreedToTell.objects.filter(
        organisation_id=scope.organisation_id, nhs_number=patient.nhs_number, born_on=patient.born_on
    )
    return tuple(rows.order_by("pk"))


def case_of_agreed(there: Scope, agreed: AgreedToTell, patient: Patient, *, ended_too: bool = False) -> CaseRow | None:
    """The support going on with them now; None where a name is another, or the agreement no longer stands.

    `ended_too`: also the support that ended last.
    """
    person = Person.objects.filter(organisation_id=there.organisation_id, pk=agreed.their_person_id).first()
    said = people.agreement(there, agreed.their_person_id, SUBJECT)
    if person is None or said is None or not said.agreed or not _same_name(person, patient):
        return None
    return casework.any_case_of(there, (person.pk,)) if ended_too else casework.open_case_of(there, person.pk)


def _same_name(person: Person, patient: Patient) -> bool:
    """The number and the date of birth agree already: one name that agrees too is enough."""
    names = ((person.family_name, patient.family_name), (person.given_name, patient.given_name))
    return any(one and one.casefold() == other.casefold() for one, other in names)
