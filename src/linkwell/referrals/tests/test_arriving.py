from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from linkwell.accounts.queries import team
from linkwell.accounts.scopes import public_scope
from linkwell.core.database import scoped
from linkwell.core.models import OutboxEvent
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotAllowed, NotFound
from linkwell.referrals import actions, queries
from linkwell.referrals.models import Referral, SentReferral
from linkwell.referrals.periodic import alarm_on_age
from linkwell.referrals.queries import Filters
from linkwell.referrals.tests.helpers import ask_for_help, details, refer
from linkwell.tasks.queries import my_tasks, open_about
from tests.place import Place


def test_a_referral_arrives_with_an_owner_a_state_and_a_next_date(place: Place) -> None:
    sent = refer(place)

    with scoped(place.system):
        row = Referral.objects.get(pk=sent.referral_id)
    assert (row.state, row.owner_id, row.team_id) == ("received", place.lead.user_id, place.team_id)
    assert row.next_date >= clock.today()
    assert row.reference == sent.reference


def test_the_sender_keeps_a_row_of_their_own_and_hears_that_it_was_received(place: Place) -> None:
    sent = refer(place)

    own = queries.sent_referral(place.referrer.scope, sent.referral_id)

    assert own.person_name == "Joan Pickering"
    assert [answer.kind for answer in own.answers] == ["received"]


@pytest.mark.fault("F1")
def test_the_same_form_sent_twice_makes_one_referral(place: Place) -> None:
    key = uuid4()

    first = refer(place, key)
    second = refer(place, key)

    assert first.reference == second.reference
    assert queries.by_state(place.lead.scope) == {"received": 1}
    with scoped(place.referrer.scope):
        assert SentReferral.objects.count() == 1


@pytest.mark.fault("F1")
def test_the_public_form_sent_twice_makes_one_referral(place: Place) -> None:
    key = uuid4()

    assert ask_for_help(place, key).reference == ask_for_help(place, key).reference
    assert queries.by_state(place.lead.scope) == {"received": 1}


@pytest.mark.fault("F14")
def test_another_organisation_finds_nothing_of_a_referral_it_did_not_send_or_receive(place: Place) -> None:
    sent = refer(place)

    with pytest.raises(NotFound):
        queries.referral(place.stranger_lead.scope, sent.referral_id)
    with pytest.raises(NotFound):
        queries.sent_referral(place.stranger.scope, sent.referral_id)
    assert not queries.triage(place.stranger_lead.scope, Filters()).rows
    assert queries.by_state(place.stranger_lead.scope) == {}


@pytest.mark.fault("F14")
def test_the_sender_cannot_open_the_teams_own_record_of_the_referral(place: Place) -> None:
    sent = refer(place)

    with pytest.raises(NotAllowed):
        queries.referral(place.referrer.scope, sent.referral_id)
    with scoped(place.referrer.scope):
        assert not Referral.objects.filter(pk=sent.referral_id).exists()


@pytest.mark.fault("F39")
def test_the_sender_gets_the_same_answer_whether_or_not_the_team_knows_the_person(place: Place) -> None:
    first = refer(place, nhs_number="9434765919", date_of_birth=date(1950, 1, 2))
    again = refer(place, nhs_number="9434765919", date_of_birth=date(1950, 1, 2))

    own, other = (queries.sent_referral(place.referrer.scope, each.referral_id) for each in (first, again))
    assert [answer.text for answer in own.answers] == [answer.text for answer in other.answers]
    assert first.read_by == again.read_by


def test_words_of_danger_never_block_and_top_the_list(place: Place) -> None:
    calm = refer(place)
    urgent = refer(place, given_name="Ken", why="He says he wants to kill himself.")

    rows = queries.triage(place.lead.scope, Filters()).rows

    assert [row.id for row in rows] == [urgent.referral_id, calm.referral_id]
    assert rows[0].dangers == ("suicide",)


def test_a_team_that_takes_no_requests_from_the_public_gets_none(place: Place) -> None:
    there = team(place.team_id)
    with pytest.raises(Invalid):
        actions.receive_from_public(
            scope=public_scope(there),
            team=replace(there, takes_self_referrals=False),
            submission_key=uuid4(),
            details=details(source="self"),
        )


def test_a_question_and_its_answer_bring_the_referral_back(place: Place) -> None:
    sent = refer(place)
    row = queries.referral(place.lead.scope, sent.referral_id)

    actions.ask_referrer(
        scope=place.lead.scope, referral_id=row.id, expected_version=row.version, question="Does she use a phone?"
    )
    asked = queries.sent_referral(place.referrer.scope, sent.referral_id)
    assert asked.newest is not None
    assert (asked.newest.kind, asked.newest.text) == ("question", "Does she use a phone?")

    actions.answer_question(scope=place.referrer.scope, referral_id=row.id, text="Only in the morning.")
    back = queries.referral(place.lead.scope, row.id)
    assert back.state == "received"
    assert [answer.text for answer in back.answers][-1] == "Only in the morning."


def test_a_stranger_cannot_answer_for_the_sender(place: Place) -> None:
    sent = refer(place)

    with pytest.raises(NotFound):
        actions.answer_question(scope=place.stranger.scope, referral_id=sent.referral_id, text="Hello")


def test_an_answer_after_the_decision_reaches_the_team_and_tells_the_sender_nothing(place: Place) -> None:
    sent = refer(place)
    row = queries.referral(place.lead.scope, sent.referral_id)
    actions.decline(
        scope=place.lead.scope, referral_id=row.id, expected_version=row.version, reason="no_room", advice="Try Mind."
    )

    actions.answer_question(scope=place.referrer.scope, referral_id=row.id, text="She moved yesterday.")

    assert [task.kind for task in open_about(place.lead.scope, row.id)] == ["referrer_wrote"]


def test_a_declined_referral_says_why_and_can_be_taken_up_again(place: Place) -> None:
    sent = refer(place)
    row = queries.referral(place.lead.scope, sent.referral_id)

    actions.decline(
        scope=place.lead.scope,
        referral_id=row.id,
        expected_version=row.version,
        reason="already_here",
        advice="Please phone the practice nurse.",
    )
    told = queries.sent_referral(place.referrer.scope, row.id).newest
    assert told is not None
    assert told.text == "We could not take this referral this time. Please phone the practice nurse."
    with pytest.raises(InvalidMove):
        actions.decline(
            scope=place.lead.scope, referral_id=row.id, expected_version=2, reason="no_room", advice="Again"
        )

    actions.reopen_declined(scope=place.lead.scope, referral_id=row.id, expected_version=2, reason="A place came free")
    assert queries.referral(place.lead.scope, row.id).state == "received"


@pytest.mark.fault("F37")
def test_every_referral_that_arrived_is_in_exactly_one_state(place: Place) -> None:
    sent = [refer(place) for _ in range(4)] + [ask_for_help(place)]
    lead = place.lead.scope
    actions.decline(scope=lead, referral_id=sent[0].referral_id, expected_version=1, reason="other", advice="See 111")
    actions.ask_referrer(scope=lead, referral_id=sent[1].referral_id, expected_version=1, question="When?")

    counted = queries.by_state(lead)

    assert counted == {"received": 3, "asked": 1, "declined": 1}
    assert sum(counted.values()) == len(sent)
    summary = queries.triage_summary(lead)
    assert summary.waiting + summary.asked == len(queries.triage(lead, Filters()).rows)


@pytest.mark.fault("F37")
def test_a_referral_nobody_looked_at_becomes_somebodys_task_once(place: Place) -> None:
    sent = refer(place)
    with scoped(place.system):
        Referral.objects.filter(pk=sent.referral_id).update(next_date=date(2026, 1, 5))

    alarm_on_age(place.system)
    alarm_on_age(place.system)

    assert [task.kind for task in my_tasks(place.lead.scope)] == ["referral_overdue"]
    assert queries.triage_summary(place.lead.scope).overdue == 1


def test_a_link_worker_takes_a_referral_by_phone_for_their_own_team(place: Place) -> None:
    sent = actions.send_referral(
        scope=place.worker.scope, team=team(place.team_id), submission_key=uuid4(), details=details()
    )

    assert [answer.kind for answer in queries.sent_referral(place.worker.scope, sent.referral_id).answers] == [
        "received"
    ]
    assert queries.by_state(place.lead.scope) == {"received": 1}


def test_events_hold_ids_only(place: Place) -> None:
    refer(place, why="He wants to kill himself.")

    rows = list(OutboxEvent.objects.values_list("event", "last_error"))
    assert all("Joan" not in str(row) for row in rows)
