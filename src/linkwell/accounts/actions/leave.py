"""Days somebody is away, and the hours they work."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from linkwell.accounts.models import Leave, Membership
from linkwell.accounts.permissions import NOTE_AWAY, SET_HOURS
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound

LONGEST_DAYS = 2 * 366
MOST_HOURS = 60


@action(NOTE_AWAY)
def add_leave(*, scope: Scope, user_id: UUID, starts_on: dt.date, ends_on: dt.date) -> UUID:
    """Note days away, both included: one's own, or as a lead anybody's here. Raises Invalid, or NotFound elsewhere."""
    if user_id != scope.user_id:
        scope.require(SET_HOURS)
    here = Membership.objects.filter(organisation_id=scope.organisation_id, user_id=user_id, ended_at=None)
    if not here.exists():
        raise NotFound("We could not find that person.")
    if ends_on < starts_on:
        raise Invalid({"ends_on": "The last day away cannot be before the first."})
    if (ends_on - starts_on).days > LONGEST_DAYS:
        raise Invalid({"ends_on": "Check the year of the last day."})
    same = Leave.objects.filter(
        organisation_id=scope.organisation_id,
        user_id=user_id,
        cancelled_at=None,
        starts_on__lte=ends_on,
        ends_on__gte=starts_on,
    )
    if same.exists():
        raise Invalid({"starts_on": "Some of these days are noted already. Take the earlier days out first."})
    row = Leave.objects.create(
        organisation_id=scope.organisation_id, user_id=user_id, starts_on=starts_on, ends_on=ends_on
    )
    audit.record(scope, "added", "leave", row.pk, fields=("starts_on", "ends_on"))
    return row.pk


@action(NOTE_AWAY)
def cancel_leave(*, scope: Scope, leave_id: UUID) -> None:
    """They will be here after all. Raises NotFound for days taken out already."""
    row = (
        Leave.objects.select_for_update()
        .filter(organisation_id=scope.organisation_id, pk=leave_id, cancelled_at=None)
        .first()
    )
    if row is None:
        raise NotFound
    if row.user_id != scope.user_id:
        scope.require(SET_HOURS)
    row.cancelled_at = clock.now()
    row.save(update_fields=["cancelled_at"])
    audit.record(scope, "cancelled", "leave", row.pk, fields=("cancelled_at",))


@action(SET_HOURS)
def set_hours(
    *,
    scope: Scope,
    membership_id: UUID,
    hours_a_week: Decimal | None,
    induction_until: dt.date | None,
    working_days: tuple[int, ...],
) -> None:
    """What a caseload is scaled by: hours (none means full time), induction until, and the days they work."""
    if hours_a_week is not None and not 0 < hours_a_week <= MOST_HOURS:
        raise Invalid({"hours_a_week": f"Enter hours a week, up to {MOST_HOURS}. Leave it empty for full time."})
    row = (
        Membership.objects.select_for_update()
        .filter(pk=membership_id, organisation_id=scope.organisation_id, ended_at=None)
        .first()
    )
    if row is None:
        raise NotFound("We could not find that person.")
    row.hours_a_week, row.induction_until = hours_a_week, induction_until
    row.working_days = sorted(set(working_days))
    row.save(update_fields=["hours_a_week", "induction_until", "working_days"])
    fields = ("hours_a_week", "induction_until", "working_days")
    audit.record(scope, "changed", "membership", row.pk, fields=fields)
