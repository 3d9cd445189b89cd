"""Of whom the rules are asked, and what goes on with them now."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from linkwell.accounts.models import Organisation
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import (
    Candidate,
    Objection,
    Patient,
    PatientIdentifier,
    ReadyPeriod,
    RuleUse,
    Stay,
    StayClass,
)
from linkwell.hospital.permissions import FIND_CANDIDATES
from linkwell.hospital.queries.candidates import TREATED_FOR
from linkwell.hospital.queries.joined import records_of
from linkwell.hospital.queries.listable import listable_patients
from linkwell.kernel import clock

# How far back a rule reads what the hospital's own messages told; older news comes from activity files.
REMEMBERED = dt.timedelta(days=3 * 365)
# A hospital may call a specialty by a name of its own: the rules know the national codes.
_SPECIALTY = re.compile(r"\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class LookedAt:
    """`everyone` is whose place on the list is settled, `people` leads from the names in files to those treated now.

    `live` are rows by table, as `cohorts` reads them; `not_asked` are rules the hospital has turned off, `own` the
    texts of those in use that it wrote itself.
    """

    everyone: frozenset[UUID]
    people: dict[str, UUID]
    live: dict[str, list[dict[str, Any]]]
    not_asked: frozenset[str]
    own: tuple[str, ...]


@query(FIND_CANDIDATES)
def looked_at(scope: Scope, patient_ids: Collection[UUID] | None = None) -> LookedAt:
    """Everybody treated here now or on the list; with `patient_ids` only these and whom they were joined to."""
    listed = Candidate.objects.filter(organisation_id=scope.organisation_id).exclude(state="gone")
    treated = _treated(scope)
    if patient_ids is not None:
        same = _same(scope, patient_ids)
        listed, treated = listed.filter(patient_id__in=same), treated.filter(pk__in=same)
    patients = list(treated)
    records = records_of(patients)
    decided = list(RuleUse.objects.filter(organisation_id=scope.organisation_id).order_by("rule"))
    return LookedAt(
        everyone=frozenset([*records, *listed.values_list("patient_id", flat=True)]),
        people=_called(scope, patients, records.items()),
        live=_live(scope, records.items()),
        not_asked=frozenset(row.rule for row in decided if not row.asked),
        own=tuple(row.own for row in decided if row.asked and row.own),
    )


@query(FIND_CANDIDATES)
def next_looked_at(scope: Scope, after: UUID, most: int) -> list[UUID]:
    """Of everybody treated here now or on the list, the first so many whose id comes after this one."""
    listed = Candidate.objects.filter(organisation_id=scope.organisation_id).exclude(state="gone")
    treated = _treated(scope).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:most]
    others = listed.filter(patient_id__gt=after).order_by("patient_id").values_list("patient_id", flat=True)[:most]
    return sorted({*treated, *others})[:most]


@query(FIND_CANDIDATES)
def objecting(scope: Scope) -> frozenset[UUID]:
    """Of those treated here now, who asked us not to offer, under any record joined to theirs."""
    said = set(
        Objection.objects.filter(organisation_id=scope.organisation_id, ended_at=None).values_list(
            "patient_id", flat=True
        )
    )
    return frozenset(each for each, own in records_of(list(_treated(scope))).items() if said.intersection(own))


def _treated(scope: Scope) -> QuerySet[Patient]:
    """The same people as the list may name: here now or lately, alive, their own record, not restricted."""
    lately = Q(discharged_at=None) | Q(discharged_at__gte=clock.now() - TREATED_FOR)
    stays = Stay.objects.filter(lately, organisation_id=scope.organisation_id, no_stay="", admitted_at__isnull=False)
    here = stays.exclude(stay_class=StayClass.OUTPATIENT).values("patient_id")
    return listable_patients(scope).filter(pk__in=here)


def _same(scope: Scope, patient_ids: Collection[UUID]) -> list[UUID]:
    clusters = Patient.objects.filter(organisation_id=scope.organisation_id, pk__in=patient_ids).values("cluster")
    mine = Patient.objects.filter(organisation_id=scope.organisation_id, cluster__in=clusters)
    return list(mine.values_list("pk", flat=True))


def _called(
    scope: Scope, patients: Collection[Patient], records: Iterable[tuple[UUID, tuple[UUID, ...]]]
) -> dict[str, UUID]:
    """Every name a file may give these people: NHS number, hospital numbers, and our own id."""
    owner = {record: patient for patient, own in records for record in own}
    numbers = PatientIdentifier.objects.filter(organisation_id=scope.organisation_id, patient_id__in=owner)
    called = {value: owner[patient] for value, patient in numbers.values_list("value", "patient_id")}
    called |= {str(each.pk): each.pk for each in patients}
    return called | {each.nhs_number: each.pk for each in patients if each.nhs_number and not _disputed(each)}


def _disputed(patient: Patient) -> bool:
    return patient.number_status == "disputed"


def _live(scope: Scope, records: Iterable[tuple[UUID, tuple[UUID, ...]]]) -> dict[str, list[dict[str, Any]]]:
    owner = {record: patient for patient, own in records for record in own}
    since = clock.now() - REMEMBERED
    stays = Stay.objects.filter(
        organisation_id=scope.organisation_id, patient_id__in=owner, no_stay="", admitted_at__gte=since
    )
    found: dict[str, list[dict[str, Any]]] = {"attendances": [], "spells": [], "delays": []}
    provider = Organisation.objects.get(pk=scope.organisation_id).code
    for stay in stays.filter(
        Q(stay_class__in=[StayClass.EMERGENCY, StayClass.INPATIENT]) | Q(ae_left_at__isnull=False)
    ):
        who = {"person_id": str(owner[stay.patient_id]), "provider": provider, "icd10": _icd10(stay)}
        found["attendances"] += [who | each for each in _attendance(stay)]
        found["spells"] += [who | each for each in _spell(stay)]
    ready = ReadyPeriod.objects.filter(stay__in=stays, stay__stay_class=StayClass.INPATIENT)
    for period in ready:
        times = {"ready_at": _civil(period.ready_at), "not_ready_at": _civil(period.not_ready_at)}
        reasons: list[str | None] = [*period.reasons] or [None]
        for reason in reasons:
            found["delays"].append({"spell_id": str(period.stay_id), "reason": reason, **times})
    return found


def _attendance(stay: Stay) -> Iterator[dict[str, Any]]:
    """A visit to A&E: the whole of it, or its beginning where the person was then admitted under the same number."""
    times = stay.admitted_at, stay.discharged_at
    if stay.stay_class != StayClass.EMERGENCY:
        times = stay.ae_arrived_at, stay.ae_left_at
    if times[0] is not None:
        yield {"attendance_id": str(stay.pk), "arrived_at": _civil(times[0]), "departed_at": _civil(times[1])}


def _spell(stay: Stay) -> Iterator[dict[str, Any]]:
    if stay.stay_class != StayClass.INPATIENT:
        return
    yield {
        "spell_id": str(stay.pk),
        "admitted_at": _civil(stay.admitted_at),
        "discharged_at": _civil(stay.discharged_at),
        "admission_method": stay.admission_method or None,
        "admission_source": stay.admission_source or None,
        "patient_class": "1",
        "main_specialty": stay.specialty if _SPECIALTY.fullmatch(stay.specialty) else None,
        "discharge_method": stay.discharge_method or None,
        "discharge_destination": stay.discharge_destination or None,
    }


def _icd10(stay: Stay) -> list[str]:
    return [each["code"].replace(".", "") for each in stay.diagnoses if each.get("system") == "ICD10"]


def _civil(moment: dt.datetime | None) -> dt.datetime | None:
    """By the clock on a UK wall, without a zone, as files have it."""
    return clock.london(moment).replace(tzinfo=None) if moment else None
