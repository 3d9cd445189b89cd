"""An evaluation of the test world that was worked out, and one that is being written."""

import datetime as dt
from dataclasses import asdict
from uuid import UUID, uuid4

from linkwell.core.scope import Scope
from linkwell.demo.place import DemoPlace
from linkwell.evaluation.report import Report, Section, TableOf, charts
from linkwell.evaluations import actions
from linkwell.evaluations.details import Comparison, Left, Outcome, Population, Question, Step
from linkwell.kernel import clock

STEPS: tuple[Step, ...] = (
    Population("all", "", "Everybody first spoken with in the window"),
    Comparison("paired", "The same people at the start"),
    Outcome("score", "ons4:happy"),
)


def evaluated(place: DemoPlace) -> None:
    """Worked out, with a report in which there is one of everything."""
    _written(place.lead)
    made = _written(place.lead)
    actions.fix(scope=place.lead, evaluation_id=made, expected_version=4)
    actions.run(scope=place.lead, evaluation_id=made, expected_version=5)
    bars = charts.bars("People", "Two bars.", (("before", 3.0), ("after", 4.0)), first="When", second="People")
    table = TableOf("People", ("When", "People"), (("before", "3"), ("after", "4")))
    sections = (Section("How many", ("Made up for the test.",), (bars, table), warning=True),)
    report = Report("Does it help?", "No change can be seen.", ("Made up.",), sections)
    left = Left(people=12, objected=1, not_agreed=0, opted_out=None, list_as_at=None)
    actions.finish(scope=place.system, evaluation_id=made, report=asdict(report), numbers={"n": 11}, left=left)


def _written(scope: Scope) -> UUID:
    today = clock.today()
    asked = Question(
        "Does it help?", today - dt.timedelta(days=90), today - dt.timedelta(days=1), 10, "service", "The board", today
    )
    made = actions.begin(scope=scope, submission_key=uuid4(), question=asked)
    for version, step in enumerate(STEPS, start=1):
        actions.write(scope=scope, evaluation_id=made, expected_version=version, step=step)
    return made
