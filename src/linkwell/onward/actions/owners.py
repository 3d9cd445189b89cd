"""Who follows an onward referral."""

from collections.abc import Collection
from uuid import UUID

from linkwell.core import audit
from linkwell.core.scope import Scope
from linkwell.onward.models import OnwardReferral

ENDED = ("declined", "withdrawn", "ended")


def open_of(scope: Scope, user_id: UUID) -> tuple[tuple[UUID, UUID], ...]:
    """Id and case of each onward referral somebody still follows. Called inside an action."""
    rows = OnwardReferral.objects.filter(organisation_id=scope.organisation_id, worker_id=user_id)
    return tuple(rows.exclude(state__in=ENDED).order_by("pk").values_list("pk", "case_id"))


def give_to(scope: Scope, onward_ids: Collection[UUID], to_user_id: UUID) -> None:
    """A colleague follows these from now on; answers to them show on the colleague's Today. Called inside an action."""
    rows = OnwardReferral.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, pk__in=onward_ids
    )
    for row in rows.order_by("pk"):
        row.worker_id = to_user_id
        row.version += 1
        row.save(update_fields=["worker", "version"])
        audit.record(scope, "given", "onward_referral", row.pk, person_id=row.person_id, fields=("worker",))
