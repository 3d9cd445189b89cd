"""An answer that speaks of harming oneself: somebody by name is told the same working day, and then the next."""

import datetime as dt

from linkwell.accounts import queries as accounts
from linkwell.casework.models import Case
from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.working_days import Nation, OpeningHours, is_working_day, next_working_day
from linkwell.outcomes.models import Response
from linkwell.outcomes.queries import packs
from linkwell.referrals.times import danger_by
from linkwell.tasks.actions import open_task

HELP_TASK = "answers_need_help"


def call_for_help(scope: Scope, case: Case, response: Response) -> None:
    """An urgent task in the same transaction, so that the answers are never kept without it. Called inside an action.

    To the clinician on duty; to the team's duty person should the clinician have left since it was asked.
    """
    team = accounts.team(case.team_id)
    clinician = packs.asking_of(scope.organisation_id).clinician_id
    line = [
        each for each in (clinician, team.duty_user_id, team.second_duty_user_id, team.safeguarding_user_id) if each
    ]
    line = list(dict.fromkeys(line))
    open_task(
        scope=scope,
        team_id=team.id,
        owner_id=line[0] if line else None,
        kind=HELP_TASK,
        title="Look at somebody’s answers now, today",
        about_kind="response",
        about_id=response.pk,
        due_on=next_working_day(clock.today(), Nation(team.nation)),
        urgent=True,
        person_id=case.person_id,
        escalate_at=_pass_on_at(team, clock.now()),
        escalate_to_id=line[min(1, len(line) - 1)] if line else None,
    )
    outbox.emit(scope, "response.needs_help", object_id=response.pk)


def _pass_on_at(team: accounts.TeamRow, now: dt.datetime) -> dt.datetime:
    """As soon as for words of danger, and never after closing time on the day of the answer."""
    soon, today = danger_by(team, now), clock.london(now).date()
    closes = clock.at(today, team.closes_at)
    opening = OpeningHours(team.opens_at, team.closes_at)
    open_still = is_working_day(today, Nation(team.nation), opening) and now < closes
    return min(soon, closes) if open_still else soon
