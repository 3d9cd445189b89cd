"""How the made-up people say they are: at the first conversation and at the last, most of them better and some not."""

import datetime as dt
from uuid import UUID

import time_machine

from linkwell.core.scope import Scope
from linkwell.demo.place import DemoPlace
from linkwell.demo.queries import spoken_with
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from linkwell.outcomes import actions
from linkwell.outcomes.details import Answered, MilestoneDetails

# Days between two conversations from which a second asking makes sense.
APART = 14
START = {"satisfied": 4, "worthwhile": 5, "happy": 4, "anxious": 6}
HOW = ("asked", "asked", "read", "paper")
CHANGED = ("volunteering", "helping", "training", "housing")


def ask_how_they_are(place: DemoPlace) -> None:
    """Everybody who was spoken with and not asked yet."""
    actions.set_asking(
        scope=place.administrator,
        clinician_id=place.safeguarding.user_id,
        clinical_by_link=False,
        asked=["ons4"],
        occasions=["start", "review", "months_3"],
    )
    workers = {scope.user_id: scope for scope in place.workers}
    for number, case in enumerate(spoken_with(place.system)):
        scope = workers.get(case.worker_id, place.lead)
        _answer(scope, case.case_id, number, "start", case.first)
        # Every fifth is not asked a second time, as happens.
        if (case.last - case.first).days >= APART and number % 5:
            _answer(scope, case.case_id, number, "review", case.last)
            if number % 4 == 1:
                _changed(scope, case.case_id, CHANGED[number // 4 % 4], case.last)


def _answer(scope: Scope, case_id: UUID, number: int, occasion: str, moment: dt.datetime) -> None:
    better = 0 if occasion == "start" else (2, 1, 3, 0, -1)[number % 5]
    answers: dict[str, int | None] = {
        code: min(10, max(0, value + number % 3 + (-better if code == "anxious" else better)))
        for code, value in START.items()
    }
    if number % 7 == 3:
        answers["happy"] = None
    with time_machine.travel(moment, tick=True):
        given = Answered("ons4", occasion, HOW[number % 4], answers, clock.today())
        actions.record_answers(scope=scope, case_id=case_id, submission_key=new_id(), given=given)


def _changed(scope: Scope, case_id: UUID, kind: str, moment: dt.datetime) -> None:
    with time_machine.travel(moment, tick=True):
        given = MilestoneDetails(kind, clock.today(), "person")
        actions.record_milestone(scope=scope, case_id=case_id, submission_key=new_id(), given=given)
