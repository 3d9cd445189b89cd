"""What a made-up lead asks: whether people say they are better, fixed, run, and one that was given up before."""

import datetime as dt
from uuid import UUID

from linkwell.core.scope import Scope
from linkwell.demo.place import DemoPlace
from linkwell.evaluations import actions, queries
from linkwell.evaluations.details import Comparison, Outcome, Population, Question, Step
from linkwell.evaluations.handlers import work_out
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id

YEAR = dt.timedelta(days=365)
DAY = dt.timedelta(days=1)


def evaluate(place: DemoPlace) -> None:
    """Once for a place."""
    if queries.evaluations(place.lead).rows:
        return
    given_up = _fixed(place.lead, "Are people less anxious after support than before?", "anxious")
    why = "Made up: the lead chose to ask about satisfaction first."
    actions.end(scope=place.lead, evaluation_id=given_up, expected_version=5, to="abandoned", reason=why)
    made = _fixed(place.lead, "Are people more satisfied after support than before?", "satisfied")
    actions.run(scope=place.lead, evaluation_id=made, expected_version=5)
    work_out(place.system, made)


def _fixed(scope: Scope, question: str, score: str) -> UUID:
    today = clock.today()
    asked = Question(question, today - 2 * YEAR, today - DAY, 10, "service", "Information governance lead", today)
    made = actions.begin(scope=scope, submission_key=new_id(), question=asked)
    steps: tuple[Step, ...] = (
        Population("all", "", "Everybody first spoken with in the window"),
        Comparison("paired", "The same people at their first conversation"),
        Outcome("score", f"ons4:{score}"),
    )
    for version, step in enumerate(steps, start=1):
        actions.write(scope=scope, evaluation_id=made, expected_version=version, step=step)
    actions.fix(scope=scope, evaluation_id=made, expected_version=4)
    return made
