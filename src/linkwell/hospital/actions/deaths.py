"""A hospital's word that somebody died reaches those who support them: as a report, which a person there confirms.

Nothing is confirmed by a machine. From then on nothing is sent to the person, until somebody says that it is wrong.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.actions.dying import told_they_live
from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.database import handed_over
from linkwell.core.scope import Scope, system_scope
from linkwell.hospital.actions.ways import Way, patients_of_referral, ways_to_tell
from linkwell.hospital.models import Patient, ToldOfDeath
from linkwell.hospital.permissions import RECEIVE
from linkwell.hospital.queries.trusts import TRUST
from linkwell.kernel import clock
from linkwell.people import actions as people
from linkwell.people import death
from linkwell.people.death import DeathDetails
from linkwell.people.models import DeathSource, Person
from linkwell.people.queries import death_told
from linkwell.referrals.actions import sender_says_died
from linkwell.referrals.models import Referral

PURPOSE = "a death that a hospital told of"
TAKEN_BACK = "The hospital took it back"


@action(RECEIVE)
def tell_of_death(*, scope: Scope, patient_id: UUID) -> None:
    """Called when anything of a patient changed: those who support them hear of a death once, and that it was wrong.

    Also where support has ended, since letters may still go out. Nothing where neither a referral nor an agreement
    joins the two. Safe to run again, in any order.
    """
    audit.record(scope, "looked at", "hospital_patient", patient_id)
    # Held until the end: else a death and its taking back, each worked out at once, could pass each other.
    mine = Patient.objects.select_for_update(of=("self",)).filter(organisation_id=scope.organisation_id)
    patient = mine.filter(pk=patient_id).first()
    if patient is None or patient.test:
        return
    if not patient.died:
        _take_back(scope, patient)
    for organisation_id, ways in ways_to_tell(scope, patient).items():
        for person_id in _who_hears(patient, organisation_id, ways):
            _report(scope, patient, organisation_id, person_id)


def _who_hears(patient: Patient, organisation_id: UUID, ways: Sequence[Way]) -> list[UUID]:
    """The people there whose death is to be told. A referral that still waits is told to its team here already."""
    found = set()
    with handed_over(system_scope(organisation_id, PURPOSE)) as there:
        audit.record(there.scope, "looked_at_death", "death", None)
        for way in ways:
            if way.referral_id is not None:
                sender_says_died(scope=there.scope, referral_id=way.referral_id, died=patient.died)
            case = way.any_case_of(there.scope) if patient.died else None
            if case is not None:
                found.add(case.person_id)
    return sorted(found)


def _report(scope: Scope, patient: Patient, organisation_id: UUID, person_id: UUID) -> None:
    """Once, as long as the hospital says so: whoever found it wrong there is not told it again."""
    mine = {"organisation_id": scope.organisation_id, "their_person_id": person_id, "ended_at": None}
    if ToldOfDeath.objects.filter(**mine).exists():
        return
    with handed_over(system_scope(organisation_id, PURPOSE)) as there:
        person = Person.objects.get(organisation_id=organisation_id, pk=person_id)
        details = _details(patient, _name_of(scope, patient), person)
        death_id = people.record_death(scope=there.scope, person_id=person_id, details=details)
    ToldOfDeath.objects.create(
        **mine, patient=patient, told_organisation=organisation_id, death_id=death_id, told_at=clock.now()
    )
    audit.record(scope, "told", "hospital_patient", patient.pk)


def _name_of(scope: Scope, patient: Patient) -> str:
    """Of a restricted patient nobody learns at which hospital they were."""
    return "" if patient.restricted else accounts.organisation(scope.organisation_id).name[:120]


def _details(patient: Patient, told_by: str, person: Person) -> DeathDetails:
    """With the day, unless it cannot be: then the team hears without one, rather than not at all."""
    told = DeathDetails(source=DeathSource.HOSPITAL, told_by_name=told_by)
    if patient.died_at is None:
        return told
    day = clock.london(patient.died_at).date()
    dated = replace(told, year=day.year, month=day.month, day=day.day)
    return told if death.problems(dated, person.date_of_birth) else dated


def _take_back(scope: Scope, patient: Patient) -> None:
    """The hospital no longer says so: its own report goes, and what a person has confirmed is looked at again."""
    name = _name_of(scope, patient)
    rows = ToldOfDeath.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, patient=patient, ended_at=None
    )
    for row in list(rows.order_by("pk")):
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        with handed_over(system_scope(row.told_organisation, PURPOSE)) as there:
            audit.record(there.scope, "looked_at_death", "death", row.death_id)
            if death_told(there.scope, row.death_id) is None:
                continue
            gone = people.take_back_report(
                scope=there.scope, death_id=row.death_id, told_by_name=name, reason=TAKEN_BACK
            )
            told_they_live(scope=there.scope, person_id=row.their_person_id, taken_back=gone)


@action(RECEIVE)
def look_again_at_referred(*, scope: Scope, referral_id: UUID) -> None:
    """Called when a referral was received or decided: its hospital tells what it knows, and looks at its list."""
    audit.record(scope, "looked at", "referral", referral_id)
    mine = Referral.objects.filter(organisation_id=scope.organisation_id, pk=referral_id)
    sender_id = mine.values_list("sender_organisation_id", flat=True).first()
    if sender_id is None or accounts.organisation(sender_id).kind != TRUST:
        return
    with handed_over(system_scope(sender_id, "a referral of its own was decided")) as there:
        audit.record(there.scope, "looked at", "referral", referral_id)
        for patient_id in sorted(patients_of_referral(there.scope, referral_id)):
            outbox.emit(there.scope, "hospital.stay_changed", object_id=patient_id)
