"""More of a team than made-up lives bring: for lists that are to be long."""

import datetime as dt
from uuid import UUID

from linkwell.accounts.actions.leave import add_leave
from linkwell.accounts.queries import my_team
from linkwell.casework import actions as casework
from linkwell.casework.models import Case
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.demo.place import DemoPlace
from linkwell.kernel import clock
from linkwell.workforce import actions
from tests.place import make_member


def more_colleagues(place: DemoPlace, number: int) -> None:
    """So many colleagues in the lead's team, each on a visit, away later, supervised, with a case to talk about."""
    lead, today = place.lead, clock.today()
    team, listener = my_team(lead), place.workers[0].user_id
    assert team is not None
    assert listener is not None
    with scoped(lead):
        cases = list(Case.objects.filter(state="active").values_list("pk", flat=True)[:number])
    for each in range(number):
        member = make_member(f"Colleague {each}", Role.LINK_WORKER, lead.organisation_id, team.id)
        later = today + dt.timedelta(days=60 + each)
        add_leave(scope=member.scope, user_id=member.user_id, starts_on=later, ends_on=later)
        casework.arrange_cover(
            scope=lead, worker_id=member.user_id, covered_by_id=listener, starts_on=later, ends_on=later
        )
        actions.start_visit(scope=member.scope, minutes=60)
        actions.ask_to_talk(scope=member.scope, case_id=cases[each % len(cases)])
        held_on = today - dt.timedelta(days=100)
        actions.record_supervision(
            scope=member.scope, worker_id=member.user_id, with_whom_id=listener, held_on=held_on, topics="Made up"
        )
    for case_id in cases[:5]:
        _move(place, case_id)


def _move(place: DemoPlace, case_id: UUID) -> None:
    with scoped(place.lead):
        case = Case.objects.get(pk=case_id)
    other = next(each.user_id for each in place.workers if each.user_id != case.worker_id)
    assert case.worker_id is not None
    assert other is not None
    actions.move_caseload(scope=place.lead, worker_id=case.worker_id, given={case.pk: other})
