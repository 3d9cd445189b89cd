"""A hospital with a clinician, a ward clerk and people in it, for the tests of who is offered support."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.accounts.models import Organisation
from linkwell.cohorts.rule import Hit
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope, system_scope
from linkwell.hospital.actions.finding import Asked, Found, reconcile
from linkwell.hospital.models import Patient, PatientIdentifier, Stay
from linkwell.kernel import clock
from tests.place import Member, make_member

RULE = "repeat_attendance"


@dataclass(frozen=True)
class Hospital:
    organisation_id: UUID
    clinician: Member
    clerk: Member
    administrator: Member
    system: Scope


def a_hospital() -> Hospital:
    trust = Organisation.objects.create(code="RZW01", name="Marl Valley Hospitals", kind="trust")
    return Hospital(
        trust.pk,
        make_member("Carys Ward", Role.CLINICIAN, trust.pk),
        make_member("Owen Price", Role.REFERRER, trust.pk),
        make_member("Ida Moss", Role.ADMINISTRATOR, trust.pk),
        system_scope(trust.pk, "test"),
    )


def a_patient(hospital: Hospital, name: str = "Joan Pickering", *, here: bool = True, **facts: object) -> Patient:
    """Somebody on Maple ward since yesterday; not `here` is somebody who left two months ago."""
    given, family = name.split()
    now = clock.now()
    with scoped(hospital.system):
        patient = Patient.objects.create(
            organisation_id=hospital.organisation_id, given_name=given, family_name=family,
            born_on=dt.date(1950, 3, 27), phone="07700 900123", **facts,
        )  # fmt: skip
        PatientIdentifier.objects.create(
            organisation_id=hospital.organisation_id, patient=patient, authority="RZW", value=f"H{patient.pk.hex[-8:]}"
        )
        Stay.objects.create(
            organisation_id=hospital.organisation_id, patient=patient, visit="1", visit_number="V1",
            stay_class="inpatient", ward="Maple", bed="4", admitted_at=now - dt.timedelta(days=1 if here else 70),
            discharged_at=None if here else now - dt.timedelta(days=60),
        )  # fmt: skip
    return patient


def hit(rule: str = RULE, **seen: str) -> Hit:
    evidence = {"visits": "6", "days": "365", "first": "2026-01-04", "last": "2026-11-20", "left": "0", **seen}
    return Hit("", rule, dt.date(2026, 11, 20), 6, evidence)


def found(hospital: Hospital, *patients: Patient, hits: tuple[Hit, ...] = (hit(),)) -> Found:
    asked = Asked([each.pk for each in patients], {each.pk: hits for each in patients})
    return reconcile(scope=hospital.system, asked=asked)
