"""Asking what got in the way of coming, before the next time is agreed."""

from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.actions.parts import acting_user, lock_open_case
from linkwell.casework.details import GotInTheWayDetails
from linkwell.casework.models import Barrier, Case, GotInTheWay
from linkwell.casework.permissions import WRITE_CASES
from linkwell.casework.queries.attendance import missed_since_asked
from linkwell.core import audit, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import words
from linkwell.kernel.errors import Invalid


@action(WRITE_CASES)
def record_what_got_in_the_way(*, scope: Scope, case_id: UUID, details: GotInTheWayDetails) -> UUID:
    """What the person says got in the way, and what could help. Raises Invalid when nothing was said."""
    if set(details.barriers) - set(Barrier.values):
        raise Invalid({"barriers": "Choose from the answers on the page."})
    if not details.barriers and not details.words.strip():
        raise Invalid({"barriers": "Choose what got in the way, or write it down."})
    case = lock_open_case(scope, case_id)
    row = GotInTheWay.objects.create(
        organisation_id=scope.organisation_id,
        case=case,
        barriers=list(details.barriers),
        words=details.words.strip(),
        what_could_help=details.what_could_help.strip(),
        recorded_by_id=acting_user(scope),
    )
    audit.record(scope, "asked", "got_in_the_way", row.pk, person_id=case.person_id, fields=("barriers", "words"))
    line = timeline.Line(case.person_id, "conversation", "Asked what got in the way of coming.")
    timeline.record(scope, line, object_kind="case", object_id=case.pk)
    return row.pk


def refuse_until_asked(case: Case) -> None:
    """After some missed appointments the next is not booked before somebody asked why. Raises Invalid."""
    missed = missed_since_asked(case)
    if missed >= accounts.rules(case.team_id).missed_before_asking:
        times = words.counted(missed, "appointment")
        raise Invalid({"": f"{times[0].upper()}{times[1:]} were missed. Ask first what got in the way."})
