"""Which records are worked out together: every identity that a join or a moved visit ever tied to another."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from linkwell.core import many_rows
from linkwell.core.scope import Scope
from linkwell.hospital.models import Patient, PatientIdentifier
from linkwell.hospital.queries.waiting import Bearer, bearers
from linkwell.interop.hospital_events import HospitalEvent, Identifier
from linkwell.kernel.ids import new_id

_FORGET = """
DELETE FROM hospital_event e USING hospital_patient p
WHERE p.id = e.patient_id AND e.organisation_id = %s AND e.inbound_id = ANY(%s) RETURNING p.cluster
"""


class Clusters:
    """The patients named by a batch, each with the cluster it belongs to. New ones are made."""

    def __init__(self, scope: Scope) -> None:
        self._organisation_id = scope.organisation_id
        self._bearers: dict[Identifier, Bearer] = {}
        self._into: dict[UUID, UUID] = {}

    def forget(self, inbound_ids: Sequence[UUID]) -> set[UUID]:
        """Drop what was read before from things that are tried again; the clusters that lost an event."""
        if not inbound_ids:
            return set()
        with connection.cursor() as cursor:
            cursor.execute(_FORGET, [self._organisation_id, list(inbound_ids)])
            return {cluster for (cluster,) in cursor.fetchall()}

    def find(self, events: Sequence[HospitalEvent]) -> None:
        """Look up everybody named, make those nobody knows, and tie together what these events tie."""
        named = {name for event in events for name in (event.subject, event.other) if name is not None}
        self._bearers = bearers(self._organisation_id, named) if named else {}
        self._make(sorted(named - self._bearers.keys()))
        for event in events:
            if event.other is not None:
                self._tie(self._bearers[event.subject].cluster, self._bearers[event.other].cluster)
        for old, new in self._into.items():
            patients = Patient.objects.filter(organisation_id=self._organisation_id, cluster=old)
            patients.update(cluster=self._root(new))

    def patient(self, identifier: Identifier) -> UUID:
        return self._bearers[identifier].patient_id

    def cluster(self, identifier: Identifier) -> UUID:
        return self._root(self._bearers[identifier].cluster)

    def _make(self, unknown: Sequence[Identifier]) -> None:
        mine = {"organisation_id": self._organisation_id}
        patients, identifiers = [], []
        for each in unknown:
            bearer = self._bearers[each] = Bearer(new_id(), new_id())
            patients.append(many_rows.new(Patient, **mine, id=bearer.patient_id, cluster=bearer.cluster))
            named = {"patient_id": bearer.patient_id, "authority": each.authority, "value": each.value}
            identifiers.append(many_rows.new(PatientIdentifier, **mine, **named))
        many_rows.insert(Patient, patients)
        many_rows.insert(PatientIdentifier, identifiers)

    def _root(self, cluster: UUID) -> UUID:
        while cluster in self._into:
            cluster = self._into[cluster]
        return cluster

    def _tie(self, one: UUID, two: UUID) -> None:
        first, second = self._root(one), self._root(two)
        if first != second:
            self._into[second] = first
