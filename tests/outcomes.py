"""How people are in the test world: answers, one that cannot wait, what changed, and a link to answer alone."""

import datetime as dt
from uuid import UUID, uuid4

from linkwell.casework.models import Case
from linkwell.casework.queries import ways_to_write
from linkwell.core.database import scoped
from linkwell.demo.place import DemoPlace
from linkwell.kernel import clock
from linkwell.outcomes import actions
from linkwell.outcomes.actions.sending import new_own_link
from linkwell.outcomes.details import Answered, MilestoneDetails
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


def _active(place: DemoPlace) -> UUID:
    with scoped(place.workers[0]):
        return Case.objects.filter(state="active").order_by("pk").values_list("pk", flat=True)[0]


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
