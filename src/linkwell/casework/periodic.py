"""What casework looks at by the clock."""

import datetime as dt
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework import actions, queries, reminders
from linkwell.casework.case_tasks import PAST_DATE_TASK, STILL_WAITING_TASK, task_about
from linkwell.core import periodic
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.referrals import actions as referrals
from linkwell.tasks import actions as tasks

BATCH = 500


@periodic.one_by_one
def say_what_comes_next(scope: Scope, case_id: UUID) -> None:
    case, title = queries.case_row(scope, case_id), "Somebody's next date has gone: say what comes next"
    task_about(scope, case, owner_id=case.worker_id, kind=PAST_DATE_TASK, title=title, due_on=clock.today())


@periodic.every("15 6 * * *")
def cases_past_their_date(scope: Scope) -> None:
    """Nobody is forgotten: a case whose next date has gone becomes its worker's task, or the team's."""
    today, start = clock.today(), 0
    while batch := queries.past_next_date(scope, today, BATCH, start):
        start += BATCH
        say_what_comes_next.over(scope, (case.id for case in batch))


@periodic.one_by_one
def chase_interpreter(scope: Scope, appointment_id: UUID) -> None:
    actions.chase_interpreter(scope=scope, appointment_id=appointment_id)


@periodic.every("10 6 * * *")
def interpreters_missing(scope: Scope) -> None:
    """The working day before, a time for which nobody interprets becomes its worker's task."""
    chase_interpreter.over(scope, queries.appointments_without_interpreter(scope))


@periodic.one_by_one
def start_again(scope: Scope, case_id: UUID) -> None:
    actions.start_again_by_itself(scope=scope, case_id=case_id)


@periodic.every("0 6 * * *")
def pauses_that_are_over(scope: Scope) -> None:
    """Nobody rests unseen: on the day that was set support goes on, and its worker is told."""
    start_again.over(scope, queries.pauses_over(scope, clock.today()))


@periodic.every("30 5 * * *")
def count_waits(scope: Scope) -> None:
    """What the public form says about the wait is counted each night."""
    for team in accounts.teams_taking_referrals():
        if team.organisation_id == scope.organisation_id:
            waits = queries.waits_of_team(scope, team.id)
            referrals.keep_expected_wait(scope=scope, team_id=team.id, waits=waits)


@periodic.one_by_one
def ask_to_call(scope: Scope, case_id: UUID) -> None:
    case = queries.case_row(scope, case_id)
    tasks.open_task(
        scope=scope,
        team_id=case.team_id,
        owner_id=None,
        kind=STILL_WAITING_TASK,
        title="Still waiting: call to say when it may be, and ask whether anything has changed",
        about_kind="case",
        about_id=case_id,
        due_on=clock.today(),
        person_id=case.person_id,
    )


@periodic.every("20 6 * * *")
def call_those_who_wait(scope: Scope) -> None:
    """Somebody who has waited for weeks hears from the team: they are not forgotten, and is help still wanted?"""
    ask_to_call.over(scope, (case_id for case_id, _, _ in queries.to_call_still_waiting(scope)))


@periodic.one_by_one
def raise_silent(scope: Scope, hand_over_id: UUID) -> None:
    actions.raise_silent_hand_over(scope=scope, hand_over_id=hand_over_id)


@periodic.every("25 6 * * *")
def hand_overs_without_an_answer(scope: Scope) -> None:
    """An offer to another organisation that nobody answers comes back to the one who made it."""
    raise_silent.over(scope, queries.silent_hand_overs(scope))


@periodic.one_by_one
def remind(scope: Scope, appointment_id: UUID) -> None:
    reminders.remind(scope, appointment_id)


@periodic.every("0 9 * * *")
def remind_of_tomorrow(scope: Scope) -> None:
    """The day before, by the clock on the wall: once, and only where writing to them is safe."""
    remind.over(scope, queries.to_remind(scope, clock.today() + dt.timedelta(days=1)))
