"""Which records are one patient. Reads follow where a record was joined to; nothing is moved."""

from collections.abc import Collection
from uuid import UUID

from linkwell.hospital.models import Objection, Patient


def records_of(patients: Collection[Patient]) -> dict[UUID, tuple[UUID, ...]]:
    """For each of these patients, joined to nobody else, their own record and all that were joined into it."""
    clusters = {each.cluster for each in patients}
    joined = Patient.objects.filter(cluster__in=clusters, merged_into__isnull=False)
    into = dict(joined.values_list("pk", "merged_into_id"))
    found = {each.pk: [each.pk] for each in patients}
    for record in into:
        survivor = record
        while survivor in into:
            survivor = into[survivor]
        if survivor in found:
            found[survivor].append(record)
    return {patient: tuple(records) for patient, records in found.items()}


def survivor_of(row: Patient) -> Patient:
    """The record that this one was joined to, however often since; itself where it was joined to none."""
    while row.merged_into_id is not None:
        row = Patient.objects.get(organisation_id=row.organisation_id, pk=row.merged_into_id)
    return row


def asked_not(patient: Patient) -> bool:
    """Whether they asked us not to offer support, under whichever of their records. Called inside a query."""
    return Objection.objects.filter(patient_id__in=records_of([patient])[patient.pk], ended_at=None).exists()
