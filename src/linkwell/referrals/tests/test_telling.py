"""What follows a referral by e-mail and task, as the worker of the outbox does it."""

from datetime import timedelta

import pytest
import time_machine

from linkwell.core import outbox
from linkwell.core.database import scoped
from linkwell.core.models import OutboxEvent
from linkwell.kernel import clock
from linkwell.messaging.models import Message
from linkwell.people.actions import add_person, record_agreement
from linkwell.people.details import PersonDetails
from linkwell.referrals import actions, queries
from linkwell.referrals.tests.helpers import ask_for_help, refer
from linkwell.tasks.actions import acknowledge
from linkwell.tasks.periodic import pass_on_unseen
from linkwell.tasks.queries import my_tasks
from tests.place import Place


def run_outbox(place: Place) -> None:
    """Hand every waiting event of the organisation to its handlers, twice: running again must change nothing."""
    for event in list(OutboxEvent.objects.filter(organisation_id=place.organisation_id, done_at=None)):
        handler = outbox.handler_named(event.event, event.handler)
        if handler is None or handler.external:
            continue
        for _ in range(2):
            with scoped(place.system):
                handler.function(place.system, event.object_id)
        OutboxEvent.objects.filter(pk=event.pk).update(done_at=clock.now())


def sent_messages(place: Place) -> list[tuple[str, str, str]]:
    with scoped(place.system):
        return [(row.template, row.address, row.body) for row in Message.objects.order_by("created_at", "pk")]


def test_the_sender_gets_one_e_mail_that_says_nothing_about_the_person(place: Place) -> None:
    refer(place)

    run_outbox(place)

    [(template, address, body)] = sent_messages(place)
    assert (template, address) == ("referrer_received", place.referrer.email)
    assert not any(word in body for word in ("Joan", "Pickering", "lonely", "husband"))


def test_a_question_reaches_the_sender_with_a_link_and_without_its_words(place: Place) -> None:
    sent = refer(place)
    actions.ask_referrer(
        scope=place.lead.scope, referral_id=sent.referral_id, expected_version=1, question="Does she drink?"
    )

    run_outbox(place)

    templates = {template: body for template, _, body in sent_messages(place)}
    assert f"/referrals/mine/{sent.referral_id}/" in templates["referrer_question"]
    assert "drink" not in templates["referrer_question"]


def test_somebody_who_asked_for_themselves_is_written_to_only_where_they_said_it_is_safe(place: Place) -> None:
    ask_for_help(place, email="maya@example.org")
    run_outbox(place)
    assert sent_messages(place) == []

    ask_for_help(place, email="maya@example.org", safe_email=True, asked_alone=True)
    run_outbox(place)
    assert [(template, address) for template, address, _ in sent_messages(place)] == [
        ("person_received", "maya@example.org")
    ]


def test_a_relative_without_an_account_gets_a_neutral_notice_and_no_later_news(place: Place) -> None:
    sent = ask_for_help(
        place, source="relative", referrer_name="Ola Lind", referrer_email="ola@example.org", family_name="Lind"
    )
    actions.decline(
        scope=place.lead.scope, referral_id=sent.referral_id, expected_version=1, reason="no_room", advice="See 111"
    )

    run_outbox(place)

    [(template, _, body)] = sent_messages(place)
    assert template == "referrer_received_by_phone"
    assert "Lind" not in body


def test_words_of_danger_reach_the_duty_person_and_then_a_second_one(place: Place) -> None:
    refer(place, why="He says he wants to kill himself.")
    run_outbox(place)

    [task] = my_tasks(place.lead.scope).rows
    assert task.urgent
    assert [(template, address) for template, address, _ in sent_messages(place) if template == "staff_danger"] == [
        ("staff_danger", place.lead.email)
    ]

    pass_on_unseen(place.system)
    assert not my_tasks(place.safeguarding_lead.scope).rows, "not before the hours have passed"

    with time_machine.travel(clock.now() + timedelta(days=6)):
        pass_on_unseen(place.system)
        pass_on_unseen(place.system)
        run_outbox(place)

    [passed] = my_tasks(place.safeguarding_lead.scope).rows
    assert passed.escalated
    assert [address for template, address, _ in sent_messages(place) if template == "staff_danger_second"] == [
        place.safeguarding_lead.email
    ]


def test_an_urgent_task_that_was_seen_stays_with_whoever_saw_it(place: Place) -> None:
    refer(place, why="He says he wants to kill himself.")
    run_outbox(place)
    [task] = my_tasks(place.lead.scope).rows
    acknowledge(scope=place.lead.scope, task_id=task.id)

    with time_machine.travel(clock.now() + timedelta(days=6)):
        pass_on_unseen(place.system)

    assert not my_tasks(place.safeguarding_lead.scope).rows


def test_the_alarm_ends_when_the_referral_is_decided(place: Place) -> None:
    sent = refer(place, why="He says he wants to kill himself.")
    run_outbox(place)

    actions.decline(
        scope=place.lead.scope, referral_id=sent.referral_id, expected_version=1, reason="elsewhere", advice="Phone 999"
    )

    assert not my_tasks(place.lead.scope).rows


@pytest.mark.parametrize(
    ("answer", "alone", "told"), [("agreed", True, True), ("agreed", False, False), ("objected", True, False)]
)
def test_the_sender_hears_more_only_if_the_person_asked_alone_agreed(
    place: Place, answer: str, alone: bool, told: bool
) -> None:
    sent = refer(place)
    lead = place.lead.scope
    person_id = add_person(scope=lead, details=PersonDetails(given_name="Joan", family_name="Pickering"))
    actions.mark_accepted(scope=lead, referral_id=sent.referral_id, expected_version=1, person_id=person_id)
    record_agreement(
        scope=lead, person_id=person_id, subject="tell_in_touch", answer=answer, how="spoken", asked_alone=alone
    )

    assert actions.tell_referrer(scope=lead, referral_id=sent.referral_id, kind="in_touch") is told
    assert actions.tell_referrer(scope=lead, referral_id=sent.referral_id, kind="in_touch") is False
    kinds = [each.kind for each in queries.sent_referral(place.referrer.scope, sent.referral_id).answers]
    assert kinds == (["received", "in_touch"] if told else ["received"])
