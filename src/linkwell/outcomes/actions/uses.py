"""Noting that results were used: the report that went to a board, the release, the meeting."""

from uuid import UUID

from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel.errors import Invalid
from linkwell.outcomes.details import UseDetails
from linkwell.outcomes.models import ResultUse
from linkwell.outcomes.permissions import SAY_USED

LONGEST_TO, LONGEST_WHAT = 120, 200


@action(SAY_USED)
def record_use(*, scope: Scope, use: UseDetails, team_id: UUID | None = None) -> UUID:
    """Results of a period went to somebody; everybody who recorded scores in it sees so. Raises Invalid.

    `team_id` is None where the results were of the whole organisation. Emits "result_use.recorded".
    """
    to_whom, what = use.to_whom.strip(), use.what.strip()
    if not (to_whom and what) or len(to_whom) > LONGEST_TO or len(what) > LONGEST_WHAT:
        raise Invalid({"to_whom": "Say to whom they went, and what it was, in a few words."})
    if not use.from_on <= use.to_on:
        raise Invalid({"to_on": "The period must end after it begins."})
    row = ResultUse.objects.create(
        organisation_id=scope.organisation_id,
        team_id=team_id,
        to_whom=to_whom,
        what=what,
        used_on=use.used_on,
        from_on=use.from_on,
        to_on=use.to_on,
        recorded_by_id=scope.user_id,
    )
    audit.record(scope, "recorded", "result_use", row.pk, fields=("to_whom", "what", "used_on"))
    outbox.emit(scope, "result_use.recorded", object_id=row.pk)
    return row.pk
