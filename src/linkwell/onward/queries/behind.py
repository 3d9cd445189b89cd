"""Whose onward referral it is, and which agreement it rests on: for the gate, inside whatever transaction is open."""

from uuid import UUID

from linkwell.core.scope import Scope
from linkwell.onward.models import OnwardReferral


def behind(scope: Scope, onward_id: UUID) -> tuple[UUID, UUID] | None:
    rows = OnwardReferral.objects.filter(organisation_id=scope.organisation_id, pk=onward_id)
    return rows.values_list("person_id", "agreement_id").first()
