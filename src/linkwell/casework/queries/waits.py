"""How long people wait for a first conversation, and who has waited so long that they should hear from us."""

import datetime as dt
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.accounts.rules import Rules
from linkwell.casework.case_tasks import STILL_WAITING_TASK
from linkwell.casework.models import Case
from linkwell.casework.permissions import SEE_CASES
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock, waits
from linkwell.kernel.waits import Waits
from linkwell.people import queries as people
from linkwell.referrals.models import Referral
from linkwell.tasks.models import Task


@query(SEE_CASES)
def waits_of_team(scope: Scope, team_id: UUID) -> Waits:
    """Days from a referral to the first conversation, over the referrals of the last weeks (a rule of the team).

    Whoever waits still has waited at least until today; whoever left the queue (declined, taken back, support ended
    unspoken) at least until then, except that somebody declined was never in it.
    """
    since = clock.now() - dt.timedelta(weeks=accounts.rules(team_id).wait_weeks)
    rows = Referral.objects.filter(
        organisation_id=scope.organisation_id, team_id=team_id, received_at__gte=since
    ).exclude(state__in=["declined", "withdrawn", "joined"])
    reached: list[int] = []
    waiting: list[int] = []
    columns = ("received_at", "case__first_spoken_at", "case__closed_at")
    for received_at, spoken_at, closed_at in rows.values_list(*columns):
        until = spoken_at or closed_at or clock.now()
        days = max((clock.london(until).date() - clock.london(received_at).date()).days, 0)
        (reached if spoken_at else waiting).append(days)
    return waits.of(reached, waiting)


@query(SEE_CASES)
def to_call_still_waiting(scope: Scope) -> tuple[tuple[UUID, UUID, UUID], ...]:
    """Waiting people (case, person, team) nobody has talked with for so many weeks, a rule of each team.

    Asked once in that time whether or not somebody answered. Nobody rings a person of whom we were told that they died.
    """
    calls = Task.objects.filter(organisation_id=scope.organisation_id, kind=STILL_WAITING_TASK)
    asked = dict(calls.order_by("created_at").values_list("about_id", "created_at"))
    found = []
    rules: dict[UUID, Rules] = {}
    rows = Case.objects.filter(organisation_id=scope.organisation_id, state="waiting").order_by("opened_at")
    for case in rows:
        if case.team_id not in rules:
            rules[case.team_id] = accounts.rules(case.team_id)
        last = max(each for each in (case.opened_at, case.last_contact_at, asked.get(case.pk)) if each)
        if clock.now() - last >= dt.timedelta(weeks=rules[case.team_id].still_waiting_weeks):
            found.append((case.pk, case.person_id, case.team_id))
    died = people.who_died(scope, [person_id for _, person_id, _ in found])
    return tuple(each for each in found if each[1] not in died)
