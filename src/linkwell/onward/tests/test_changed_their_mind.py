"""Agreement taken back at every step: nothing goes out afterwards, and whoever had been told hears one thing more."""

from uuid import UUID

import pytest
from pytest_django import Settings

from linkwell.core import worker
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.messaging import actions as messaging
from linkwell.messaging.models import Message
from linkwell.onward import actions, queries
from linkwell.onward.models import OnwardReferral
from linkwell.onward.tests.conftest import SURNAME, Asked
from linkwell.people import actions as people
from linkwell.people import queries as of_people

pytestmark = pytest.mark.fault("F19")


@pytest.fixture(autouse=True)
def messages_go(settings: Settings) -> None:
    settings.DEMO = True


def work() -> None:
    for _ in range(4):
        worker.work_off(200)


def withdraw(asked: Asked, subject: str = "refer_onward", *, this_one: bool = True) -> UUID:
    return people.record_agreement(
        scope=asked.worker,
        person_id=asked.person_id,
        subject=subject,
        answer="withdrawn",
        how="spoken",
        object_id=asked.onward_id if this_one else None,
    )


def to_the_group(asked: Asked) -> list[tuple[str, str]]:
    with scoped(asked.worker):
        rows = Message.objects.filter(audience="group").order_by("created_at", "id")
        return [(row.template, row.state) for row in rows]


def sent(asked: Asked) -> None:
    work()


def opened(asked: Asked) -> None:
    work()
    assert queries.opened_link(asked.token) is not None


def asked_back(asked: Asked) -> None:
    work()
    actions.answer_ask(scope=asked.group, expected_version=asked.version, text="Do they use a wheelchair?")
    work()


def on_the_waiting_list(asked: Asked) -> None:
    work()
    actions.answer_waiting(scope=asked.group, expected_version=asked.version, weeks=3)
    work()


def accepted(asked: Asked) -> None:
    work()
    actions.answer_yes(scope=asked.group, expected_version=asked.version, starts_on=clock.today())
    work()


WAYS = {"this one": ("refer_onward", True), "every group": ("refer_onward", False), "all support": ("support", False)}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("step", [sent, opened, asked_back, on_the_waiting_list, accepted])
def test_a_group_that_was_told_hears_once_that_it_is_no_longer_needed_and_nothing_after(
    asked: Asked, step: object, way: str
) -> None:
    step(asked)  # type: ignore[operator]
    before = len(to_the_group(asked))
    subject, this_one = WAYS[way]
    withdraw(asked, subject, this_one=this_one)
    work()
    assert asked.state == "withdrawn"
    assert to_the_group(asked)[before:] == [("group_withdrawn", "sent")]
    link = queries.opened_link(asked.token)
    assert link is not None
    assert not link.usable
    _time_goes_by(asked)
    assert len(to_the_group(asked)) == before + 1
    with scoped(asked.worker):
        last = Message.objects.filter(template="group_withdrawn").get()
        assert SURNAME not in last.body
        assert "Beryl" not in last.body


def _time_goes_by(asked: Asked) -> None:
    """The rounds that ask groups again, long after."""
    with scoped(asked.worker):
        OnwardReferral.objects.update(overdue_on="2020-01-01")
    actions.mark_overdue(scope=asked.place.system)
    actions.ask_who_came(scope=asked.place.system)
    work()


def test_a_group_that_was_not_told_yet_never_hears_of_it(asked: Asked) -> None:
    withdraw(asked)
    work()
    assert asked.state == "withdrawn"
    assert [state for _, state in to_the_group(asked)] == ["cancelled"]


def test_what_waits_is_stopped_at_the_gate_though_nothing_was_worked_off_in_between(asked: Asked) -> None:
    withdraw(asked)
    with scoped(asked.worker):
        message_id = Message.objects.get(audience="group").pk
    assert messaging.begin_sending(scope=asked.place.system, message_id=message_id) is None
    [(_, state)] = to_the_group(asked)
    assert state == "held"
    version = _version(asked, message_id)
    messaging.send_again(scope=asked.place.lead.scope, message_id=message_id, expected_version=version)
    assert messaging.begin_sending(scope=asked.place.system, message_id=message_id) is None


def _version(asked: Asked, message_id: UUID) -> int:
    with scoped(asked.worker):
        return int(Message.objects.get(pk=message_id).version)


def test_a_no_to_another_group_or_to_news_for_the_referrer_leaves_this_one_alone(asked: Asked) -> None:
    work()
    people.record_agreement(
        scope=asked.worker, person_id=asked.person_id, subject="tell_closed", answer="withdrawn", how="spoken"
    )
    work()
    assert asked.state == "sent"
    with scoped(asked.worker):
        agreement_id = OnwardReferral.objects.get().agreement_id
    assert of_people.agreement_stands(asked.worker, agreement_id)


def test_a_yes_given_again_lets_messages_about_it_go(asked: Asked) -> None:
    withdraw(asked)
    people.record_agreement(
        scope=asked.worker,
        person_id=asked.person_id,
        subject="refer_onward",
        answer="agreed",
        how="spoken",
        object_id=asked.onward_id,
    )
    with scoped(asked.worker):
        agreement_id = OnwardReferral.objects.get().agreement_id
    assert of_people.agreement_stands(asked.worker, agreement_id)
