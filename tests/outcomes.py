"""How people are in the test world: answers, one that cannot wait, what changed, and a link to answer alone."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from linkwell.casework.models import Case
from linkwell.casework.queries import ways_to_write
from linkwell.core.database import scoped
from linkwell.core.scope import Scope
from linkwell.demo.place import DemoPlace
from linkwell.kernel import clock
from linkwell.outcomes import actions
from linkwell.outcomes.actions.sending import new_own_link
from linkwell.outcomes.details import Answered, MilestoneDetails, StoryWords, UseDetails
from linkwell.outcomes.models import SentQuestionnaire

WELL = {"satisfied": 4, "worthwhile": 5, "happy": 4, "anxious": 7}
LOW = {f"phq{number}": 1 for number in range(1, 10)}


def how_people_are(place: DemoPlace) -> None:
    """Answers over time of one person, some of which cannot wait, and what changed."""
    actions.set_asking(
        scope=place.administrator,
        clinician_id=place.lead.user_id,
        clinical_by_link=False,
        asked=["ons4"],
        occasions=["start", "end"],
    )
    case_id, today = _active(place), clock.today()
    ask = {"scope": place.workers[0], "case_id": case_id}
    for given in (
        Answered("ons4", "start", "asked", dict(WELL), today - dt.timedelta(days=60)),
        Answered("ons4", "review", "read", WELL | {"happy": 7}, today),
        Answered("phq9", "start", "asked", dict(LOW), today),
    ):
        actions.record_answers(**ask, submission_key=uuid4(), given=given)  # type: ignore[arg-type]
    began = MilestoneDetails("volunteering", today, "person", note="Made up for the test")
    actions.record_milestone(**ask, submission_key=uuid4(), given=began)  # type: ignore[arg-type]
    a_story(place.workers[0], case_id, "Made up for the test")
    use = UseDetails("the board", "A made-up report", today, today - dt.timedelta(days=90), today)
    actions.record_use(scope=place.lead, use=use)


def a_story(scope: Scope, case_id: UUID, words: str) -> UUID:
    """One that waits for a second person, agreed to for print."""
    written = StoryWords(words, words, words, ("volunteering",))
    story_id = actions.write_story(scope=scope, case_id=case_id, submission_key=uuid4(), story=written)
    actions.record_story_consent(scope=scope, story_id=story_id, answers={"print": True}, how="spoken")
    actions.ask_for_check(scope=scope, story_id=story_id, expected_version=1)
    return story_id


def _active(place: DemoPlace) -> UUID:
    with scoped(place.workers[0]):
        return Case.objects.filter(state="active").order_by("pk").values_list("pk", flat=True)[0]


def plant_in_answers(scope: Scope, reader: Scope, case_id: UUID, words: str) -> dict[str, str]:
    """Words in what changed, in stories and in why answers were put right. Returns the ids pages are found by."""
    ask: dict[str, Any] = {"scope": scope, "case_id": case_id}
    given = Answered("ons4", "end", "asked", dict(WELL), clock.today())
    first = actions.record_answers(**ask, submission_key=uuid4(), given=given)
    response_id = actions.correct_answers(scope=scope, response_id=first, given=given, reason=words)
    milestones = [
        actions.record_milestone(
            **ask, submission_key=uuid4(), given=MilestoneDetails(kind, clock.today(), "person", note=words)
        )
        for kind in ("housing", "training")
    ]
    actions.take_back_milestone(scope=scope, milestone_id=milestones[0], reason=words)
    sent_back = a_story(scope, case_id, words)
    actions.check_story(scope=reader, story_id=sent_back, expected_version=2, note=words)
    out = a_story(scope, case_id, words)
    actions.check_story(scope=reader, story_id=out, expected_version=2)
    actions.record_copy(scope=scope, story_id=out, use="print", on=clock.today(), place=words)
    return {"response_id": str(response_id), "milestone_id": str(milestones[1]), "story_id": str(out)}


def own_token(place: DemoPlace) -> str:
    """A questionnaire somebody may answer alone, made where a text is safe to send."""
    scope = place.workers[0]
    assert scope.user_id is not None
    with scoped(scope):
        rows = list(Case.objects.filter(state="active").order_by("pk"))
    row = next(each for each in rows if "text" in ways_to_write(scope, each.person_id))
    with scoped(scope):
        sent = SentQuestionnaire.objects.create(
            organisation_id=row.organisation_id,
            case=row,
            person_id=row.person_id,
            pack="ons4",
            pack_version=1,
            occasion="start",
            sent_by_id=scope.user_id,
        )
        return new_own_link(sent).rstrip("/").rsplit("/", 1)[-1]
