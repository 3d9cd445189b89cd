"""If these fail, somebody's answers are given or read by whoever holds their phone, or are lost on the way."""

import datetime as dt
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from linkwell.casework import queries as casework
from linkwell.casework.tests.helpers import supported
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.messaging.models import Message
from linkwell.outcomes import actions, queries
from linkwell.outcomes.models import OwnLink
from linkwell.outcomes.queries.own import opened_own
from linkwell.outcomes.tests.helpers import CALM, name_clinician
from linkwell.outcomes.tests.test_crisis import tasks_for_help
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from linkwell.people.details import SafeAnswers
from linkwell.tasks.models import Task
from tests.place import Place, sign_in

pytestmark = pytest.mark.fault("F21")


def person_of(place: Place, case_id: UUID) -> UUID:
    return casework.case_row(place.worker.scope, case_id).person_id


def says_safe(place: Place, person_id: UUID, *, text: bool) -> None:
    answers = SafeAnswers(phone=True, voicemail=False, text=text, asked_alone=True, told_by="person")
    people.record_safe_contact(scope=place.worker.scope, person_id=person_id, answers=answers)


def reachable(place: Place) -> UUID:
    """A case whose person said, asked alone, that texts are safe."""
    case_id = supported(place)
    person_id = person_of(place, case_id)
    people.add_contact_point(
        scope=place.worker.scope, person_id=person_id, kind="mobile", value="07700 900123", told_by="person"
    )
    says_safe(place, person_id, text=True)
    return case_id


def sent(place: Place, case_id: UUID, pack: str = "ons4") -> str:
    """The address in the message."""
    actions.send_questionnaire(scope=place.worker.scope, case_id=case_id, pack=pack, occasion="start")
    with scoped(place.worker.scope):
        body = Message.objects.filter(about_kind="sent_questionnaire").latest("created_at").body
    return f"/page/{body.split('/page/')[1].split('/')[0]}/"


TAPS = {"q_satisfied": "7", "q_happy": "none"}


def test_answered_once_from_the_phone_and_then_shown_in_words(place: Place, client: Client) -> None:
    case_id = reachable(place)
    where = sent(place, case_id)
    assert client.get(where).status_code == 200
    assert client.get(where).status_code == 200
    done = client.post(where, TAPS, follow=True).content.decode()
    assert "7 (high) on" in done
    assert "Not answered" in done
    (row,) = queries.responses_of(place.worker.scope, [person_of(place, case_id)])
    assert (row.how, row.by, dict(row.answers)["satisfied"]) == ("alone", "", 7)
    again = client.post(where, TAPS | {"q_satisfied": "1"})
    assert again.status_code == 200
    assert len(queries.responses_of(place.worker.scope, [person_of(place, case_id)])) == 1
    with time_machine.travel(clock.now() + dt.timedelta(minutes=31)):
        assert client.get(where).status_code == 404


def test_nothing_on_the_way_tells_who_or_what(place: Place, client: Client) -> None:
    where = sent(place, reachable(place))
    page = client.get(where)
    with scoped(place.worker.scope):
        body = Message.objects.latest("created_at").body
    for told in ("Joan", "ONS4", "Wexcombe", "link worker"):
        assert told not in body.replace(where, "")
        assert told not in page.content.decode()
    assert "Leave this page now" in page.content.decode()


def test_only_where_they_said_that_writing_is_safe(place: Place) -> None:
    case_id = supported(place)
    with pytest.raises(Invalid, match="Nothing was sent"):
        sent(place, case_id)
    with scoped(place.worker.scope):
        assert not Message.objects.filter(about_kind="sent_questionnaire").exists()
    assert not OwnLink.objects.exists()
    page = sign_in(place.worker).get(reverse("outcomes:choose", args=[case_id])).content.decode()
    assert "A link goes only where they said" in page


def test_a_link_shows_nothing_once_it_is_not_safe_any_more(place: Place, client: Client) -> None:
    case_id = reachable(place)
    where = sent(place, case_id)
    says_safe(place, person_of(place, case_id), text=False)
    assert client.get(where).status_code == 404
    assert client.post(where, TAPS).status_code == 404


def test_a_link_shows_nothing_after_a_death_or_a_no(place: Place, client: Client) -> None:
    case_id = reachable(place)
    where, person_id = sent(place, case_id), person_of(place, case_id)
    no = {"person_id": person_id, "subject": "support", "answer": "withdrawn", "how": "spoken"}
    people.record_agreement(scope=place.worker.scope, **no)  # type: ignore[arg-type]
    assert client.get(where).status_code == 404
    people.record_agreement(scope=place.worker.scope, **no | {"answer": "agreed"})  # type: ignore[arg-type]
    assert client.get(where).status_code == 200
    people.record_death(scope=place.worker.scope, person_id=person_id, details=DeathDetails(confirmed=True))
    assert client.get(where).status_code == 404


def test_links_end_are_made_up_in_vain_and_are_kept_as_hashes(place: Place, client: Client) -> None:
    case_id = reachable(place)
    first = sent(place, case_id)
    second = sent(place, case_id)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert client.get(second[:-2] + ("A/" if second[-2] != "A" else "B/")).status_code == 404
    assert not OwnLink.objects.filter(token_hash__contains=second.strip("/").split("/")[-1]).exists()
    with time_machine.travel(clock.now() + dt.timedelta(days=15)):
        assert opened_own(second.strip("/").split("/")[-1]) is None
        assert client.get(second).status_code == 404


def test_low_mood_goes_by_link_only_where_the_organisation_said_so(place: Place, client: Client) -> None:
    case_id = reachable(place)
    name_clinician(place)
    with pytest.raises(Invalid, match="not answered alone"):
        sent(place, case_id, "phq9")
    name_clinician(place, clinical_by_link=True)
    where = sent(place, case_id, "phq9")
    done = client.post(where, {f"q_{code}": str(value) for code, value in (CALM | {"phq9": 2}).items()}, follow=True)
    assert "116 123" in done.content.decode()
    (task,) = tasks_for_help(place)
    assert task.owner_id == place.safeguarding_lead.user_id


def test_in_welsh_the_words_around_the_questions_are_welsh(place: Place, client: Client) -> None:
    where = sent(place, reachable(place))
    page = client.get(f"{where}?lang=cy")
    assert page.headers["Content-Language"] == "cy"
    assert "Send my answers" not in page.content.decode()


def test_nothing_answered_is_said_so(place: Place, client: Client) -> None:
    answer = client.post(sent(place, reachable(place)), {})
    assert answer.status_code == 422
    assert "Nothing is answered yet" in answer.content.decode()


def test_a_stranger_sends_nothing(place: Place) -> None:
    case_id = reachable(place)
    with pytest.raises(NotFound):
        actions.send_questionnaire(scope=place.stranger.scope, case_id=case_id, pack="ons4", occasion="start")
    answer = sign_in(place.stranger).post(reverse("outcomes:send", args=[case_id, "ons4"]))
    assert answer.status_code == 404
    with scoped(place.worker.scope):
        assert not Task.objects.filter(kind__startswith="ask_").exists()
