"""Finding somebody who is treated here, whether or not a rule has found them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, Subquery

from linkwell.core import audit
from linkwell.core.paging import lines
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import Objection, Patient, PatientIdentifier, Stay, StayClass
from linkwell.hospital.permissions import SEE_CANDIDATES
from linkwell.hospital.queries.candidates import Where, treated_now, where_of
from linkwell.hospital.queries.joined import records_of, survivor_of
from linkwell.hospital.queries.listable import listable_patients
from linkwell.hospital.queries.shown import planned_patient
from linkwell.hospital.queries.trusts import only_trusts
from linkwell.kernel import nhs_number
from linkwell.kernel.pages import Page

SIZE = 25
FEWEST_LETTERS = 2
"""A shorter word would be a way to leaf through everybody."""


@dataclass(frozen=True, slots=True)
class HereRow:
    """Somebody treated here. `stay_id` is their ward stay, None in A&E; `state` is empty for whom no rule has found."""

    patient_id: UUID
    given_name: str
    family_name: str
    born_on: dt.date | None
    where: Where | None
    stay_id: UUID | None
    state: str
    asked_not: bool

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or "Name not known"


@query(SEE_CANDIDATES)
def people_here(scope: Scope, words: str, page: int = 1) -> Page[HereRow]:
    """Who is here now or left lately, by a part of a name or a whole hospital or NHS number, by name.

    Nobody without words of two letters; nobody restricted, and nobody who died.
    """
    only_trusts(scope)
    size = lines(SIZE)
    start = (page - 1) * size
    rows = _treated(scope).filter(_meant(scope, words)).order_by("family_name", "given_name", "pk")
    return Page.of(_rows(list(rows[start : start + size + 1])), number=page, size=size)


@query(SEE_CANDIDATES, opening=True)
def person_here(scope: Scope, patient_id: UUID) -> HereRow:
    """One person, wherever they are or were last. Raises NotFound, and InvalidMove for somebody who has died."""
    only_trusts(scope)
    found = planned_patient(scope, patient_id)
    audit.record_opening(scope, "hospital_patient", found.pk)
    return _rows(list(_with_stay(Patient.objects.filter(pk=found.pk))))[0]


def _treated(scope: Scope) -> Any:
    return _with_stay(listable_patients(scope)).filter(stay_now__isnull=False)


def _with_stay(patients: Any) -> Any:
    return patients.annotate(stay_now=Subquery(treated_now("pk").values("pk")[:1]), listed_as=F("candidate__state"))


def _meant(scope: Scope, words: str) -> Q:
    by_name = Q()
    for word in words.split():
        by_name &= Q(family_name__icontains=word) | Q(given_name__icontains=word)
    if not by_name or all(len(word) < FEWEST_LETTERS for word in words.split()):
        by_name = Q(pk=None)
    return by_name | Q(pk__in=_numbered(scope, words.strip()))


def _numbered(scope: Scope, number: str) -> list[UUID]:
    """Who has exactly this hospital or NHS number, under the record that theirs was joined to."""
    mine = Patient.objects.filter(organisation_id=scope.organisation_id)
    named = Q(pk__in=PatientIdentifier.objects.filter(value=number).values("patient_id"))
    if not nhs_number.problem(number):
        named |= Q(nhs_number=nhs_number.parse(number).digits) & ~Q(number_status="disputed")
    return [survivor_of(row).pk for row in mine.filter(named)] if number else []


def _rows(found: Collection[Any]) -> list[HereRow]:
    stays = Stay.objects.in_bulk([row.stay_now for row in found if row.stay_now])
    objecting = _objecting(found)
    return [_row(row, stays.get(row.stay_now), asked_not=row.pk in objecting) for row in found]


def _row(row: Any, stay: Stay | None, *, asked_not: bool) -> HereRow:
    return HereRow(
        patient_id=row.pk,
        given_name=row.given_name,
        family_name=row.family_name,
        born_on=row.born_on,
        where=where_of(stay),
        stay_id=stay.pk if stay is not None and stay.stay_class == StayClass.INPATIENT else None,
        state="" if row.listed_as in (None, "gone") else row.listed_as,
        asked_not=asked_not,
    )


def _objecting(found: Collection[Patient]) -> frozenset[UUID]:
    """Who of them asked us not to offer, under whichever of their records."""
    owner = {record: patient for patient, records in records_of(found).items() for record in records}
    said = Objection.objects.filter(patient_id__in=owner, ended_at=None)
    return frozenset(owner[patient_id] for patient_id in said.values_list("patient_id", flat=True))
