"""If these fail, somebody is supported twice under one roof, or an outsider learns that they are known here."""

import datetime as dt
from uuid import UUID

import pytest
from django.urls import reverse

from linkwell.casework import actions, queries
from linkwell.casework.details import ClosingDetails, ToldAgreements
from linkwell.casework.models import Case
from linkwell.casework.tests.helpers import refer, supported, version
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, InvalidMove, NotFound
from linkwell.referrals import actions as referrals
from linkwell.referrals import queries as referral_queries
from linkwell.referrals.tests.helpers import ClientFor, text_of
from linkwell.tasks.queries import open_about
from tests.place import Place

pytestmark = pytest.mark.django_db


def same_person(place: Place, referral_id: UUID, case_id: UUID) -> UUID:
    person_id = queries.case(place.lead.scope, case_id).person_id
    referrals.decide_duplicate(scope=place.lead.scope, referral_id=referral_id, person_id=person_id, same=True)
    return person_id


def join(place: Place, referral_id: UUID, case_id: UUID) -> UUID:
    return actions.join_referral(scope=place.lead.scope, referral_id=referral_id, expected_version=1, case_id=case_id)


def told(place: Place, referral_id: UUID) -> list[str]:
    return [each.kind for each in referral_queries.sent_referral(place.referrer.scope, referral_id).answers]


def end(place: Place, case_id: UUID, *, days_ago: int = 0) -> None:
    actions.close(
        scope=place.worker.scope,
        case_id=case_id,
        expected_version=version(place.worker.scope, case_id),
        closing=ClosingDetails(reason="goals_met", note="She goes to the lunch club."),
    )
    with scoped(place.system):
        Case.objects.filter(pk=case_id).update(closed_at=clock.now() - dt.timedelta(days=days_ago))


def test_a_second_referral_joins_the_support_there_is_and_the_worker_is_asked_to_read_it(place: Place) -> None:
    case_id = supported(place)
    again = refer(place)
    same_person(place, again, case_id)
    assert [(each.case.id, each.is_open) for each in queries.support_to_join(place.lead.scope, again)] == [
        (case_id, True)
    ]

    assert join(place, again, case_id) == case_id

    with scoped(place.system):
        assert Case.objects.count() == 1
    [row] = queries.joined_to(place.worker.scope, case_id)
    assert row.referral_id == again
    [task] = open_about(place.worker.scope, again)
    assert (task.kind, task.owner_id) == ("referral_joined", place.worker.user_id)
    assert referral_queries.referral(place.lead.scope, again).state == "joined"


@pytest.mark.fault("F39")
def test_whoever_refers_somebody_known_hears_just_what_they_would_hear_about_a_stranger(place: Place) -> None:
    case_id = supported(place)
    again, stranger = refer(place), refer(place, given_name="Nobody", family_name="Known")
    same_person(place, again, case_id)
    join(place, again, case_id)
    actions.accept_referral(scope=place.lead.scope, referral_id=stranger, expected_version=1)
    assert told(place, again) == told(place, stranger) == ["received"]


def test_what_was_agreed_about_one_referrer_reaches_another_only_when_they_were_asked_again(place: Place) -> None:
    case_id = supported(place)
    agreed = ToldAgreements(asked_alone=True, referrer_in_touch=True, referrer_closed=True)
    actions.record_who_may_hear(scope=place.worker.scope, case_id=case_id, answers=agreed)
    again = refer(place)
    same_person(place, again, case_id)
    join(place, again, case_id)
    # Both came from one surgery, so what they agreed about it holds.
    assert told(place, again) == ["received", "in_touch"]


@pytest.mark.fault("F33")
def test_two_leads_add_one_referral_and_the_second_is_told(place: Place) -> None:
    case_id = supported(place)
    again = refer(place)
    same_person(place, again, case_id)
    join(place, again, case_id)
    with pytest.raises(Conflict):
        join(place, again, case_id)


def test_support_that_ended_lately_starts_again_with_the_referral(place: Place) -> None:
    case_id = supported(place)
    end(place, case_id, days_ago=20)
    again = refer(place)
    same_person(place, again, case_id)
    [known] = queries.support_to_join(place.lead.scope, again)
    assert not known.is_open
    join(place, again, case_id)
    assert queries.case(place.worker.scope, case_id).is_open


def test_support_that_ended_long_ago_is_shown_beside_the_new_one(place: Place, client_for: ClientFor) -> None:
    case_id = supported(place)
    end(place, case_id, days_ago=40)
    again = refer(place)
    person_id = same_person(place, again, case_id)
    assert queries.support_to_join(place.lead.scope, again) == ()
    with pytest.raises(InvalidMove):
        join(place, again, case_id)
    new = actions.accept_referral(
        scope=place.lead.scope,
        referral_id=again,
        expected_version=1,
        same_as_person_id=person_id,
        worker_id=place.worker.user_id,
    )
    assert [row.id for row in queries.earlier_support(place.worker.scope, new)] == [case_id]
    page = text_of(client_for(place.worker).get(reverse("casework:case", args=[new])))
    assert "Supported before" in page
    assert "First conversation By" in page


@pytest.mark.fault("F39")
def test_a_referral_cannot_be_added_to_support_elsewhere(place: Place) -> None:
    case_id = supported(place)
    with pytest.raises(NotFound):
        actions.join_referral(
            scope=place.stranger_lead.scope, referral_id=refer(place), expected_version=1, case_id=case_id
        )


def test_adding_is_found_from_accepting(place: Place, client_for: ClientFor) -> None:
    case_id = supported(place)
    again = refer(place)
    same_person(place, again, case_id)
    client = client_for(place.lead)
    accept = client.get(reverse("casework:accept", args=[again]))
    address = reverse("casework:join", args=[again])
    assert address in accept.content.decode()
    assert client.post(address, {"version": "1", "case": ""}).status_code == 422
    done = client.post(address, {"version": "1", "case": str(case_id)}, follow=True)
    assert "Referred again" in text_of(done)
    assert client.get(address).status_code == 409
    assert client.get(reverse("casework:accept", args=[again])).status_code == 409
