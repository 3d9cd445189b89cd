"""Protocols for tests."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from linkwell.core.scope import Scope
from linkwell.evaluations import actions
from linkwell.evaluations.details import Comparison, Outcome, Population, Question, Step
from linkwell.evaluations.handlers import work_out
from linkwell.kernel import clock
from tests.place import Place


def question(**more: Any) -> Question:
    today = clock.today()
    given: dict[str, Any] = {
        "question": "Are people more satisfied after support?",
        "starts_on": today - dt.timedelta(days=200),
        "ends_on": today - dt.timedelta(days=1),
        "minimum_n": 5,
        "basis": "service",
        "approved_by": "Information governance lead",
        "approved_on": today - dt.timedelta(days=3),
    }
    return Question(**(given | more))


def team_steps(place: Place) -> tuple[Step, ...]:
    """Satisfaction of the people of the team."""
    return (
        Population("team", str(place.team_id), "Everybody the team first spoke with"),
        Comparison("paired", "The same people at the start"),
        Outcome("score", "ons4:satisfied"),
    )


def written(scope: Scope, steps: Sequence[Step], **more: Any) -> UUID:
    made = actions.begin(scope=scope, submission_key=uuid4(), question=question(**more))
    for version, step in enumerate(steps, start=1):
        actions.write(scope=scope, evaluation_id=made, expected_version=version, step=step)
    return made


def fixed(place: Place, steps: Sequence[Step], **more: Any) -> UUID:
    """A protocol of the team's lead; its version is 5."""
    made = written(place.lead.scope, steps, **more)
    actions.fix(scope=place.lead.scope, evaluation_id=made, expected_version=4)
    return made


def run(place: Place, evaluation_id: UUID) -> None:
    actions.run(scope=place.lead.scope, evaluation_id=evaluation_id, expected_version=5)
    work_out(place.system, evaluation_id)
