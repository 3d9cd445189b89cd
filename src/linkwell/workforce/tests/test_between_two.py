"""If these fail, what a worker tells their lead in confidence is read by others, or a decision is lost."""

import datetime as dt
from uuid import UUID

import pytest
import time_machine
from django.db import connection

from linkwell.accounts.models import Team
from linkwell.casework.tests.helpers import supported
from linkwell.core import timeline, worker
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotAllowed, NotFound
from linkwell.messaging.models import Message
from linkwell.workforce import actions, queries
from linkwell.workforce.models import SupervisionNotes, TalkRequest
from linkwell.workforce.tests.helpers import person_of
from tests.place import Member, Place, make_member

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
SECRET = "I am not sleeping over this one"


def asked(place: Place, case_id: UUID) -> UUID:
    return actions.ask_to_talk(scope=place.worker.scope, case_id=case_id, words=SECRET)


def test_a_question_reaches_the_lead_and_the_decision_the_record(place: Place) -> None:
    case_id = supported(place)
    talk_id = asked(place, case_id)
    while worker.work_off():
        pass
    waiting = queries.talks_waiting(place.lead.scope)
    assert [(row.id, row.asked_by) for row in waiting] == [(talk_id, "Sam Okafor")]
    row = queries.talk(place.lead.scope, talk_id)
    assert row.words == SECRET
    decision = "Visit in pairs from now on, and look again in a month."
    actions.answer_talk(scope=place.lead.scope, talk_id=talk_id, expected_version=row.version, decision=decision)
    assert queries.talks_waiting(place.lead.scope).rows == ()
    made = queries.case_decisions(place.colleague.scope, case_id)
    assert [(each.decision, each.decided_by) for each in made] == [(decision, "Lena Hart")]
    person_id = person_of(place, case_id)
    with scoped(place.colleague.scope):
        wanted = timeline.Wanted([person_id], safeguarding=False, kinds=("supervision",))
        lines = [line.summary for line in timeline.told(place.colleague.scope, wanted)]
    assert lines == [f"Decided with the team lead: {decision}"]
    while worker.work_off():
        pass
    with scoped(place.system):
        bodies = [each.body for each in Message.objects.filter(about_kind="talk")]
    assert len(bodies) == 3
    assert not any(SECRET in body or "Pickering" in body for body in bodies)


def test_what_was_said_is_for_the_two_and_not_for_colleagues(place: Place) -> None:
    talk_id = asked(place, supported(place))
    with pytest.raises(NotFound):
        queries.talk(place.colleague.scope, talk_id)
    with pytest.raises(NotFound):
        queries.talk(place.stranger_lead.scope, talk_id)
    with scoped(place.colleague.scope):
        assert not TalkRequest.objects.exists()
    with pytest.raises(NotAllowed):
        queries.talks_waiting(place.colleague.scope)


def test_asking_twice_is_one_question_and_it_can_be_taken_back(place: Place) -> None:
    case_id = supported(place)
    talk_id = asked(place, case_id)
    with pytest.raises(InvalidMove):
        asked(place, case_id)
    version = queries.talk(place.worker.scope, talk_id).version
    with pytest.raises(NotFound):
        actions.withdraw_talk(scope=place.lead.scope, talk_id=talk_id, expected_version=version)
    actions.withdraw_talk(scope=place.worker.scope, talk_id=talk_id, expected_version=version)
    assert queries.talks_waiting(place.lead.scope).rows == ()
    asked(place, case_id)


def test_a_talk_without_a_decision_is_not_over(place: Place) -> None:
    talk_id = asked(place, supported(place))
    with pytest.raises(Invalid):
        actions.answer_talk(scope=place.lead.scope, talk_id=talk_id, expected_version=1, decision="  ")
    with pytest.raises(NotAllowed):
        actions.answer_talk(scope=place.worker.scope, talk_id=talk_id, expected_version=1, decision="Mine")
    assert len(queries.talks_waiting(place.lead.scope)) == 1


def met(place: Place, **given: object) -> UUID:
    details = {"held_on": clock.today(), "topics": SECRET, "steps": "A day off on Friday"} | given
    return actions.record_supervision(
        scope=place.worker.scope,
        worker_id=place.worker.user_id,
        with_whom_id=place.lead.user_id,
        **details,  # type: ignore[arg-type]
    )


def test_notes_of_supervision_are_for_the_two_and_for_nobody_else(place: Place) -> None:
    case_id = supported(place)
    session_id = met(place, cases=[case_id])
    for member in (place.worker, place.lead):
        page = queries.session(member.scope, session_id)
        assert (page.topics, page.cases) == (SECRET, ((case_id, "Joan Pickering"),))
    other_lead = make_member("Olu Other", Role.TEAM_LEAD, place.organisation_id, place.team_id)
    others = (place.colleague, other_lead, place.safeguarding_lead, place.stranger_lead)
    for member in others:
        with pytest.raises(NotFound):
            queries.session(member.scope, session_id)
        assert queries.my_sessions(member.scope).rows == ()
    for member in (*others, place.administrator):
        _sees_no_row(member)
    with scoped(place.system):
        assert not SupervisionNotes.objects.exists()


def _sees_no_row(member: Member) -> None:
    """Through the database itself, whatever the program asks."""
    with scoped(member.scope), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM workforce_supervisionnotes")
        assert cursor.fetchone()[0] == 0


def test_what_was_said_is_unreadable_in_the_database_itself(place: Place) -> None:
    met(place)
    with scoped(place.worker.scope), connection.cursor() as cursor:
        cursor.execute("SELECT topics, steps FROM workforce_supervisionnotes")
        assert SECRET not in str(cursor.fetchone())


def test_leads_see_whose_supervision_is_due_by_the_teams_own_weeks(place: Place) -> None:
    Team.objects.filter(pk=place.team_id).update(name="Wexcombe link workers")
    with time_machine.travel(NOON, tick=False):
        met(place)
        assert [row.name for row in queries.supervision_due(place.lead.scope, place.team_id)] == ["Priya Nair"]
    with time_machine.travel(NOON + dt.timedelta(weeks=6, days=-1), tick=False):
        assert len(queries.supervision_due(place.lead.scope, place.team_id)) == 1
    with time_machine.travel(NOON + dt.timedelta(weeks=6), tick=False):
        due = queries.supervision_due(place.lead.scope, place.team_id)
        assert [(row.name, row.last_on) for row in due] == [("Priya Nair", None), ("Sam Okafor", NOON.date())]


def test_only_one_of_the_two_notes_a_session_and_only_once(place: Place) -> None:
    met(place)
    with pytest.raises(Invalid, match="noted already"):
        met(place)
    with pytest.raises(Invalid):
        met(place, held_on=clock.today() + dt.timedelta(days=1))
    with pytest.raises(Invalid):
        met(place, held_on=clock.today() - dt.timedelta(days=9), next_on=clock.today() - dt.timedelta(days=9))
    with pytest.raises(NotAllowed):
        actions.record_supervision(
            scope=place.colleague.scope,
            worker_id=place.worker.user_id,
            with_whom_id=place.lead.user_id,
            held_on=clock.today(),
            topics="x",
        )
    with pytest.raises(Invalid):
        actions.record_supervision(
            scope=place.worker.scope,
            worker_id=place.worker.user_id,
            with_whom_id=place.stranger.user_id,
            held_on=clock.today(),
            topics="x",
        )
