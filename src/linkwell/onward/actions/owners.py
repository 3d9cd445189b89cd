"""Who follows an onward referral."""

from collections.abc import Collection
from uuid import UUID

from linkwell.casework.models import Case
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.onward.models import OnwardReferral
from linkwell.onward.permissions import REFER_ONWARD

ENDED = ("declined", "withdrawn", "ended")


@action(REFER_ONWARD)
def follow_case(*, scope: Scope, case_id: UUID) -> None:
    """Open onward referrals of a case are followed by the case's own worker. Safe to run again."""
    case = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id).exclude(worker=None).first()
    theirs = () if case is None else OnwardReferral.objects.filter(case=case).exclude(worker_id=case.worker_id)
    open_now = [row.pk for row in theirs if row.state not in ENDED]
    if case is not None and case.worker_id is not None and open_now:
        give_to(scope, open_now, case.worker_id)
    else:
        audit.record(scope, "nothing to give", "onward_referral", None)


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
