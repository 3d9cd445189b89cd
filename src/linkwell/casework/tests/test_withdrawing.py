"""If these fail, a practice reads on after the person changed their mind, or gets the same note twice."""

from collections.abc import Callable
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from linkwell.casework import actions, queries
from linkwell.casework.actions.withdrawing import ask_to_end_support, close_sent_summaries
from linkwell.casework.details import ClosingDetails, ToldAgreements
from linkwell.casework.models import SeparateNote
from linkwell.casework.tests.helpers import supported
from linkwell.core.database import scoped
from linkwell.people import actions as people
from linkwell.people import queries as person_queries
from linkwell.tasks import queries as tasks
from tests.place import Member, Place

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


def sent(place: Place) -> tuple[UUID, UUID]:
    """A summary a practice was sent: the person and the summary."""
    scope, case_id = place.worker.scope, supported(place)
    person_id = queries.case(scope, case_id).person_id
    people.record_risk(scope=scope, person_id=person_id, none_known=True)
    told = ToldAgreements(asked_alone=True, gp_summary=True)
    actions.record_who_may_hear(scope=scope, case_id=case_id, answers=told)
    made = actions.prepare_message_back(scope=scope, case_id=case_id, recipient_organisation_id=place.practice_id)
    actions.send_message_back(scope=scope, summary_id=made)
    return person_id, made


@pytest.mark.fault("F19")
def test_changing_their_mind_closes_the_summary_that_was_sent(place: Place, client_for: SignIn) -> None:
    person_id, made = sent(place)
    practice, address = client_for(place.referrer), reverse("casework:received_summary", args=[made])
    assert practice.get(address).status_code == 200
    (row,) = [each for each in person_queries.agreements(place.worker.scope, person_id) if each.subject == "tell_gp"]
    page = client_for(place.worker).get(reverse("people:withdraw", args=[person_id, row.id])).content.decode()
    assert "can no longer be opened in Linkwell" in page
    assert "What they copied into their own record stays there" in page
    said = people.record_agreement(
        scope=place.worker.scope, person_id=person_id, subject="tell_gp", answer="withdrawn", how="spoken"
    )
    for _ in range(2):
        close_sent_summaries(scope=place.system, agreement_id=said)
    assert practice.get(address).status_code == 404
    assert str(made) not in practice.get(reverse("casework:received")).content.decode()
    assert queries.summary_made(place.worker.scope, made).sent_at is not None


@pytest.mark.fault("F19")
def test_changing_their_mind_about_something_else_closes_nothing(place: Place, client_for: SignIn) -> None:
    person_id, made = sent(place)
    said = people.record_agreement(
        scope=place.worker.scope, person_id=person_id, subject="research", answer="withdrawn", how="spoken"
    )
    close_sent_summaries(scope=place.system, agreement_id=said)
    assert client_for(place.referrer).get(reverse("casework:received_summary", args=[made])).status_code == 200


@pytest.mark.fault("F39")
def test_a_separate_note_sent_twice_from_one_page_is_one_note(place: Place, client_for: SignIn) -> None:
    case_id = supported(place)
    client, address = client_for(place.worker), reverse("casework:separate_note", args=[case_id])
    key = BeautifulSoup(client.get(address).content, "html.parser").find("input", {"name": "submission_key"})
    assert key is not None
    typed = {
        "submission_key": str(key["value"]),
        "recipient": str(place.practice_id),
        "text": "Her son came to the door",
        "reason": "To keep her safe",
    }
    for _ in range(2):
        assert client.post(address, typed).status_code == 302
    with scoped(place.worker.scope):
        assert SeparateNote.objects.filter(case_id=case_id).count() == 1


@pytest.mark.fault("F19")
def test_whoever_no_longer_agrees_to_support_is_not_simply_gone_on_with(place: Place) -> None:
    case_id = supported(place)
    person_id = queries.case(place.worker.scope, case_id).person_id

    def say(answer: str) -> UUID:
        return people.record_agreement(
            scope=place.colleague.scope, person_id=person_id, subject="support", answer=answer, how="spoken"
        )

    no = say("withdrawn")
    for _ in range(2):
        ask_to_end_support(scope=place.system, agreement_id=no)
    [task] = tasks.open_about(place.worker.scope, case_id)
    assert (task.owner_id, task.kind) == (place.worker.user_id, "end_with_them")
    closing = ClosingDetails("no_longer", "She would rather go on alone")
    version = queries.case(place.worker.scope, case_id).version
    actions.close(scope=place.worker.scope, case_id=case_id, expected_version=version, closing=closing)
    assert tasks.open_about(place.worker.scope, case_id) == ()


def test_somebody_who_agrees_again_is_not_asked_to_end(place: Place) -> None:
    case_id = supported(place)
    person_id = queries.case(place.worker.scope, case_id).person_id
    said = [
        people.record_agreement(
            scope=place.worker.scope, person_id=person_id, subject="support", answer=answer, how="spoken"
        )
        for answer in ("withdrawn", "agreed")
    ]
    ask_to_end_support(scope=place.system, agreement_id=said[0])
    assert tasks.open_about(place.worker.scope, case_id) == ()
