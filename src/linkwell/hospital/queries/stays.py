"""Stays, and who is in now."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import Move, Patient, PatientIdentifier, ReadyPeriod, Stay
from linkwell.hospital.permissions import LOOK_AFTER_FEEDS, SEE_PATIENTS
from linkwell.hospital.queries.joined import survivor_of
from linkwell.hospital.queries.listable import restricted_patients
from linkwell.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class PatientRow:
    """A hospital patient. `hospital_number` is of `authority`; `merged_from` are the numbers joined into it.

    `nhs_number` is empty where there is none, and where it is disputed: then it names nobody.
    """

    id: UUID
    hospital_number: str
    authority: str
    nhs_number: str
    number_status: str
    merged_from: tuple[str, ...]
    family_name: str
    given_name: str
    born_on: dt.date | None
    sex: str
    address: str
    postcode: str
    phone: str
    practice_code: str
    language: str
    restricted: bool
    test: bool
    died: bool
    died_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """Ready to go home from `ready_at` until `not_ready_at`, None while it lasts or when the person left."""

    ready_at: dt.datetime
    not_ready_at: dt.datetime | None
    reasons: tuple[str, ...]
    pathway: str


@dataclass(frozen=True, slots=True)
class StayRow:
    """One stay. `ready` are all periods in order; `ready_at` is that of the one that lasts, in a stay that lasts."""

    id: UUID
    patient: PatientRow
    visit_number: str
    stay_class: str
    admitted_at: dt.datetime | None
    discharged_at: dt.datetime | None
    expected_discharge_at: dt.datetime | None
    site: str
    ward: str
    bay: str
    bed: str
    discharge_method: str
    discharge_destination: str
    diagnoses: tuple[tuple[str, str], ...]
    left_list: bool
    version: int
    moves: tuple[tuple[str, dt.datetime | None, dt.datetime | None], ...]
    ready: tuple[ReadyRow, ...]

    @property
    def ready_at(self) -> dt.datetime | None:
        last = self.ready[-1] if self.ready else None
        return last.ready_at if last and last.not_ready_at is None and self.discharged_at is None else None


@query(SEE_PATIENTS)
def stays_now(scope: Scope, ward: str | None = None) -> tuple[StayRow, ...]:
    """Everybody in the hospital now, by ward and bed; of one ward if it is named.

    Nobody restricted, nobody who died, no made-up patient: this is the shared list.
    """
    rows = _standing(scope).filter(discharged_at=None, patient__died=False, patient__test=False)
    rows = rows.exclude(patient__in=restricted_patients(scope))
    if ward is not None:
        rows = rows.filter(ward=ward)
    return _rows(scope, rows.order_by("ward", "bay", "bed", "id"))


@query(SEE_PATIENTS, opening=True)
def patient(scope: Scope, patient_id: UUID) -> tuple[PatientRow, tuple[StayRow, ...]]:
    """One patient, whoever they were joined to, with all stays, the newest first. Raises NotFound.

    Restricted patients too: a clinician who knows them may refer them; the opening is in the audit trail.
    """
    known = Patient.objects.filter(organisation_id=scope.organisation_id, pk=patient_id).first()
    if known is None:
        raise NotFound
    found = survivor_of(known)
    audit.record_opening(scope, "hospital_patient", found.pk)
    rows = _rows(scope, _standing(scope).filter(patient=found).order_by("-admitted_at", "-id"))
    return patients_by_id(scope, [found])[found.pk], rows


@query(LOOK_AFTER_FEEDS)
def all_stays(scope: Scope, number: str | None = None) -> tuple[StayRow, ...]:
    """Every stay that stands, oldest first; of the patient with this hospital or NHS number, joined or not."""
    rows = _standing(scope).filter(patient__test=False)
    if number is not None:
        named = Q(identifiers__value=number) | Q(nhs_number=number)
        found = Patient.objects.filter(named, organisation_id=scope.organisation_id)
        rows = rows.filter(patient_id__in=[survivor_of(each).pk for each in found])
    return _rows(scope, rows.order_by("admitted_at", "id"))


def _standing(scope: Scope) -> QuerySet[Stay]:
    return Stay.objects.filter(organisation_id=scope.organisation_id, no_stay="")


def _rows(scope: Scope, stays: QuerySet[Stay]) -> tuple[StayRow, ...]:
    mine = {"organisation_id": scope.organisation_id}
    found = list(
        stays.select_related("patient").prefetch_related(
            Prefetch("moves", Move.objects.filter(**mine).order_by("id")),
            Prefetch("ready_periods", ReadyPeriod.objects.filter(**mine).order_by("id")),
        )
    )
    patients = patients_by_id(scope, {stay.patient_id: stay.patient for stay in found}.values())
    return tuple(_row(stay, patients[stay.patient_id]) for stay in found)


def _row(stay: Stay, patient_row: PatientRow) -> StayRow:
    same: dict[str, Any] = {name: getattr(stay, name) for name in _SAME}
    return StayRow(
        patient=patient_row,
        diagnoses=tuple((each["system"], each["code"]) for each in stay.diagnoses),
        moves=tuple((each.location, each.from_at, each.to_at) for each in stay.moves.all()),
        ready=tuple(
            ReadyRow(each.ready_at, each.not_ready_at, tuple(each.reasons), each.pathway)
            for each in stay.ready_periods.all()
        ),
        **same,
    )


_SAME = (
    *("id", "visit_number", "stay_class", "admitted_at", "discharged_at", "expected_discharge_at", "site", "ward"),
    *("bay", "bed", "discharge_method", "discharge_destination", "left_list", "version"),
)
_OF_PATIENT = (
    *("id", "number_status", "family_name", "given_name", "born_on", "sex", "address", "postcode", "phone"),
    *("practice_code", "language", "restricted", "test", "died", "died_at"),
)


def patients_by_id(scope: Scope, patients: Collection[Patient]) -> dict[UUID, PatientRow]:
    """These patients with their numbers, and the numbers that were joined into theirs."""
    mine = {"organisation_id": scope.organisation_id}
    clusters = {each.cluster for each in patients}
    into = dict(
        Patient.objects.filter(**mine, cluster__in=clusters, merged_into__isnull=False).values_list(
            "pk", "merged_into_id"
        )
    )
    own: dict[UUID, tuple[str, str]] = {}
    joined: dict[UUID, list[str]] = defaultdict(list)
    identifiers = PatientIdentifier.objects.filter(**mine, patient__cluster__in=clusters).order_by("value")
    for patient_id, authority, value in identifiers.values_list("patient_id", "authority", "value"):
        survivor = patient_id
        while survivor in into:
            survivor = into[survivor]
        if survivor == patient_id:
            own[patient_id] = (value, authority)
        else:
            joined[survivor].append(value)
    return {each.pk: _patient_row(each, *own[each.pk], tuple(joined[each.pk])) for each in patients}


def _patient_row(row: Patient, number: str, authority: str, joined: tuple[str, ...]) -> PatientRow:
    same: dict[str, Any] = {name: getattr(row, name) for name in _OF_PATIENT}
    nhs_number = "" if row.number_status == "disputed" else row.nhs_number
    return PatientRow(hospital_number=number, authority=authority, nhs_number=nhs_number, merged_from=joined, **same)
