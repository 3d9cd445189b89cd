"""The one door to a hospital's activity files, and what they call somebody."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from linkwell.cohorts.columns import TABLES
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.activity import store
from linkwell.hospital.models import Patient, PatientIdentifier
from linkwell.hospital.permissions import FIND_CANDIDATES
from linkwell.hospital.queries.joined import records_of


@query(FIND_CANDIDATES)
def files(scope: Scope) -> Mapping[str, tuple[Path, ...]]:
    """The files of the scope's own organisation by table, to ask rules of; an empty tuple where there are none."""
    return {name: store.parts(scope.organisation_id, name) for name in TABLES}


@query(FIND_CANDIDATES)
def names_of(scope: Scope, nhs_numbers: Collection[str]) -> list[str]:
    """All that files may call these people: NHS numbers, and the numbers of the hospital's records that bear these."""
    bearing = Patient.objects.filter(organisation_id=scope.organisation_id, nhs_number__in=nhs_numbers)
    records = {each for row in bearing for each in (row.pk, *records_of([row])[row.pk])}
    numbers = PatientIdentifier.objects.filter(organisation_id=scope.organisation_id, patient_id__in=records)
    return sorted({*nhs_numbers, *map(str, records), *numbers.values_list("value", flat=True)})
