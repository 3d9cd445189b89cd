"""Somebody who is supported and answers a questionnaire."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from linkwell.kernel import clock
from linkwell.outcomes import actions
from linkwell.outcomes.details import Answered
from tests.place import Place

CALM = dict.fromkeys((f"phq{number}" for number in range(1, 10)), 0)
WELL = {"satisfied": 7, "worthwhile": 8, "happy": 6, "anxious": 2}


def given(pack: str = "ons4", answers: Mapping[str, int | None] | None = None, **more: Any) -> Answered:
    words: dict[str, Any] = {"occasion": "start", "how": "asked", "answered_on": clock.today()} | more
    return Answered(pack=pack, answers=dict(WELL) if answers is None else answers, **words)


def answered(place: Place, case_id: UUID, pack: str = "ons4", **more: Any) -> UUID:
    return actions.record_answers(
        scope=place.worker.scope, case_id=case_id, submission_key=uuid4(), given=given(pack, **more)
    )


def name_clinician(place: Place, **more: Any) -> None:
    """Grace Obi is told of worrying answers."""
    words: dict[str, Any] = {"clinical_by_link": False, "asked": (), "occasions": ()} | more
    actions.set_asking(scope=place.administrator.scope, clinician_id=place.safeguarding_lead.scope.user_id, **words)
