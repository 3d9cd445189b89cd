"""What waits to be processed, and what it is about: read inside the processing action."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Count

from linkwell.accounts.models import Organisation
from linkwell.hospital.models import Inbound, Patient, PatientIdentifier
from linkwell.hospital.pipeline import Told
from linkwell.interop.hospital_events import Identifier, from_json

_EVENTS = """
SELECT e.id, e.inbound_id, e.body, i.confirmed, e.aside, p.cluster
FROM hospital_event e JOIN hospital_patient p ON p.id = e.patient_id JOIN hospital_inbound i ON i.id = e.inbound_id
WHERE e.organisation_id = %s AND p.organisation_id = %s AND p.cluster = ANY(%s)
"""
# One by one: joined as a whole, in a new database of which nothing is counted yet, it grew by the square.
_IDENTIFIERS = """
SELECT asked.authority, asked.value, found.patient_id, found.cluster
FROM unnest(%s::text[], %s::text[]) AS asked (authority, value)
CROSS JOIN LATERAL (
  SELECT n.patient_id, p.cluster FROM hospital_patientidentifier n JOIN hospital_patient p ON p.id = n.patient_id
  WHERE n.organisation_id = %s AND n.authority = asked.authority AND n.value = asked.value LIMIT 1
) AS found
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """`tried_before`: it needed attention, and somebody asked for it to be worked out again."""

    id: UUID
    raw: bytes
    is_message: bool
    confirmed: bool
    tried_before: bool


@dataclass(frozen=True, slots=True)
class Bearer:
    """Which patient an identifier names, and the cluster it is worked out with."""

    patient_id: UUID
    cluster: UUID


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as it was kept: what it came in, what it says, and why it was left out before, if it was."""

    told: Told
    inbound_id: UUID
    aside: str
    cluster: UUID


def waiting(organisation_id: UUID, most: int) -> list[Waiting]:
    """The oldest that wait, in the order in which they came."""
    rows = Inbound.objects.filter(organisation_id=organisation_id, state="received").order_by("id")
    found = rows.values_list("id", "raw", "feed__kind", "confirmed", "why")[:most]
    return [Waiting(each, bytes(raw), kind == "adt", confirmed, bool(why)) for each, raw, kind, confirmed, why in found]


def bearers(organisation_id: UUID, identifiers: Collection[Identifier]) -> dict[Identifier, Bearer]:
    """The patients who are known by these."""
    with connection.cursor() as cursor:
        names = [each.authority for each in identifiers], [each.value for each in identifiers]
        cursor.execute(_IDENTIFIERS, [*names, organisation_id])
        return {Identifier(authority, value): Bearer(*rest) for authority, value, *rest in cursor.fetchall()}


def stored_events(organisation_id: UUID, clusters: Collection[UUID]) -> list[StoredEvent]:
    """Every event of these clusters."""
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [organisation_id, organisation_id, list(clusters)])
        found = cursor.fetchall()
    return [
        StoredEvent(Told(each, from_json(body), confirmed), inbound_id, aside, cluster)
        for each, inbound_id, body, confirmed, aside, cluster in found
    ]


def identifiers_of(organisation_id: UUID, patient_ids: Iterable[UUID]) -> dict[Identifier, UUID]:
    """Whose each identifier of these patients is."""
    rows = PatientIdentifier.objects.filter(organisation_id=organisation_id, patient_id__in=list(patient_ids))
    found = rows.values_list("authority", "value", "patient_id")
    return {Identifier(authority, value): patient_id for authority, value, patient_id in found}


def with_nhs_number(organisation_id: UUID, numbers: Collection[str]) -> list[Patient]:
    """Patients who stand for themselves and have one of these numbers."""
    rows = Patient.objects.filter(organisation_id=organisation_id, nhs_number__in=list(numbers), merged_into=None)
    return list(rows)


def known_authorities(organisation_id: UUID, numbers: Collection[str]) -> dict[str, str]:
    """Whose number each of these is, where one authority only gave it out."""
    rows = PatientIdentifier.objects.filter(organisation_id=organisation_id, value__in=list(numbers))
    found: dict[str, list[str]] = {}
    for authority, value in rows.values_list("authority", "value"):
        found.setdefault(value, []).append(authority)
    return {value: authorities[0] for value, authorities in found.items() if len(authorities) == 1}


def authority_of(organisation_id: UUID) -> str:
    """Whose numbers this hospital's patients mostly have; its own code where none is known yet."""
    rows = PatientIdentifier.objects.filter(organisation_id=organisation_id).exclude(authority="NHS")
    usual = rows.values("authority").annotate(number=Count("pk")).order_by("-number").first()
    return str(usual["authority"]) if usual else Organisation.objects.get(pk=organisation_id).code
