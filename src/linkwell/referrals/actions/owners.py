"""Whose a waiting referral is."""

from uuid import UUID

from linkwell.core import audit
from linkwell.core.scope import Scope
from linkwell.referrals.models import Referral
from linkwell.referrals.queries.triage import WAITING


def give_referrals_to(scope: Scope, from_user_id: UUID, to_user_id: UUID) -> None:
    """Every referral that waits with one colleague waits with another. Called inside an action."""
    rows = Referral.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, owner_id=from_user_id, state__in=WAITING
    )
    for row in rows.order_by("pk"):
        row.owner_id = to_user_id
        row.version += 1
        row.save(update_fields=["owner", "version"])
        audit.record(scope, "given", "referral", row.pk, fields=("owner",))
