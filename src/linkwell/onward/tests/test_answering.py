"""If these fail, a group's answer is lost, forged, or tells the group more than the person agreed to."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest
import time_machine

from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.details import ClosingDetails
from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotAllowed, NotFound
from linkwell.kernel.ids import new_id
from linkwell.messaging.models import Message
from linkwell.onward import actions, links, queries
from linkwell.onward.details import OnwardDetails, SignpostDetails
from linkwell.onward.models import AnswerLink, Attendance, OnwardReferral, Signpost
from linkwell.onward.tests.conftest import PHONE, SURNAME, Asked, newest_body
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from linkwell.people.models import Agreement, Concern
from linkwell.tasks.models import Task

pytestmark = pytest.mark.django_db


def open_tasks(asked: Asked) -> set[str]:
    with scoped(asked.worker):
        return set(Task.objects.filter(about_id=asked.onward_id, state="open").values_list("kind", flat=True))


@pytest.mark.fault("F20")
def test_the_e_mail_to_the_group_holds_no_name_and_no_need(asked: Asked) -> None:
    words = newest_body(asked.place)
    for secret in ("Beryl", SURNAME, "company", "lunch", "Table", PHONE):
        assert secret not in words


def test_the_agreement_is_recorded_with_the_referral_it_is_for(asked: Asked) -> None:
    with scoped(asked.worker):
        said = Agreement.objects.get(subject="refer_onward")
    assert (said.object_id, said.answer) == (asked.onward_id, "agreed")


def test_the_same_form_sent_twice_asks_the_group_once(asked: Asked) -> None:
    key = new_id()
    ids = {
        actions.refer_onward(
            scope=asked.worker,
            case_id=asked.case_id,
            service_id=asked.service_id,
            submission_key=key,
            details=OnwardDetails("would like company"),
        )
        for _ in range(2)
    }
    assert len(ids) == 1


def test_a_group_without_an_address_is_signposted_to_not_referred_to(
    asked: Asked, new_service: Callable[..., UUID]
) -> None:
    service_id = new_service("River Keepers", email="")
    with pytest.raises(Invalid, match="signpost"):
        actions.refer_onward(
            scope=asked.worker,
            case_id=asked.case_id,
            service_id=service_id,
            submission_key=new_id(),
            details=OnwardDetails("would like company"),
        )


def test_a_signpost_is_not_an_onward_referral(asked: Asked) -> None:
    actions.signpost(
        scope=asked.worker,
        case_id=asked.case_id,
        service_id=asked.service_id,
        submission_key=new_id(),
        details=SignpostDetails(how="told"),
    )
    with scoped(asked.worker):
        assert Signpost.objects.count() == 1
        assert OnwardReferral.objects.count() == 1
        assert Message.objects.filter(audience="group").count() == 1


def test_a_yes_is_accepted_and_not_attended(asked: Asked) -> None:
    actions.answer_yes(scope=asked.group, expected_version=asked.version, starts_on=clock.today())
    assert asked.state == "accepted"
    with scoped(asked.worker):
        assert not Attendance.objects.exists()
    assert open_tasks(asked) == {"onward_answer"}


def test_a_waiting_list_tells_everybody_who_searches(asked: Asked) -> None:
    actions.answer_waiting(scope=asked.group, expected_version=asked.version, weeks=6)
    from linkwell.directory.queries import service

    assert (asked.state, service(asked.worker, asked.service_id).room_weeks) == ("waiting_list", 6)


def test_a_question_comes_to_the_worker_and_the_reply_goes_back(asked: Asked) -> None:
    actions.answer_ask(scope=asked.group, expected_version=asked.version, text="Will they come with somebody?")
    assert (asked.state, open_tasks(asked)) == ("asked", {"onward_answer"})
    actions.reply_to_group(scope=asked.worker, onward_id=asked.onward_id, expected_version=asked.version, text="Yes.")
    assert (asked.state, open_tasks(asked)) == ("sent", set())


def test_did_they_come_is_kept_by_day(asked: Asked) -> None:
    actions.answer_yes(scope=asked.group, expected_version=asked.version, starts_on=None)
    today = clock.today()
    actions.say_attendance(scope=asked.group, expected_version=asked.version, on=today, came=False)
    assert asked.state == "did_not_come"
    actions.say_attendance(scope=asked.group, expected_version=asked.version, on=today, came=True)
    assert asked.state == "attended"
    with scoped(asked.worker):
        assert [row.came for row in Attendance.objects.all()] == [True]


def test_attendance_before_a_yes_is_refused_kindly(asked: Asked) -> None:
    with pytest.raises(Invalid, match="room first"):
        actions.say_attendance(scope=asked.group, expected_version=asked.version, on=clock.today(), came=True)


@pytest.mark.fault("F33")
def test_two_answers_at_once_one_wins_and_the_other_is_told(asked: Asked) -> None:
    seen = asked.version
    actions.answer_yes(scope=asked.group, expected_version=seen, starts_on=None)
    with pytest.raises(Conflict):
        actions.answer_no(scope=asked.group, expected_version=seen, reason="We are full")


def test_a_no_closes_the_link(asked: Asked) -> None:
    actions.answer_no(scope=asked.group, expected_version=asked.version, reason="We are full")
    link = queries.opened_link(asked.token)
    assert link is not None
    assert not link.usable
    with pytest.raises(NotFound):
        actions.say_full(scope=asked.group)


@pytest.mark.fault("F21")
def test_a_link_is_stored_only_as_a_hash_and_ends(asked: Asked) -> None:
    row = AnswerLink.objects.get()
    assert asked.token not in row.token_hash
    with time_machine.travel(clock.now() + links.LIFE + dt.timedelta(seconds=1)):
        link = queries.opened_link(asked.token)
        assert link is not None
        assert not link.usable
        with pytest.raises(NotFound):
            actions.say_details_right(scope=asked.group)


@pytest.mark.fault("F21")
def test_a_link_can_do_nothing_but_answer(asked: Asked) -> None:
    with pytest.raises(NotAllowed):
        queries.onward_referral(asked.group, asked.onward_id)
    with pytest.raises(NotAllowed):
        actions.withdraw(scope=asked.group, onward_id=asked.onward_id, expected_version=1, reason="x")


@pytest.mark.fault("F21")
def test_a_link_is_for_one_onward_referral(asked: Asked) -> None:
    other = actions.refer_onward(
        scope=asked.worker,
        case_id=asked.case_id,
        service_id=asked.service_id,
        submission_key=new_id(),
        details=OnwardDetails("would like company"),
    )
    actions.answer_yes(scope=asked.group, expected_version=asked.version, starts_on=None)
    assert queries.onward_referral(asked.worker, other).state == "sent"


@pytest.mark.fault("F20")
def test_surname_and_phone_only_after_a_yes_and_the_code(asked: Asked) -> None:
    with pytest.raises(InvalidMove):
        actions.send_code(scope=asked.group)
    actions.answer_yes(scope=asked.group, expected_version=asked.version, starts_on=None)
    actions.send_code(scope=asked.group)
    code = newest_body(asked.place).split("code is ")[1][:6]
    card = actions.reveal(scope=asked.group, code=code.lower())
    assert card is not None
    assert card.name == f"Beryl {SURNAME}"
    assert card.phone == PHONE
    assert "leave a message" in card.phone_note
    with pytest.raises(Invalid, match="run out"):
        actions.reveal(scope=asked.group, code=code)
    with scoped(asked.worker):
        assert AuditEvent.objects.filter(actor_kind="link", verb="opened", person_id=asked.person_id).exists()


@pytest.mark.fault("F21")
def test_a_code_cannot_be_guessed(asked: Asked) -> None:
    actions.answer_yes(scope=asked.group, expected_version=asked.version, starts_on=None)
    actions.send_code(scope=asked.group)
    right = newest_body(asked.place).split("code is ")[1][:6]
    for _ in range(links.MOST_CODE_TRIES):
        assert actions.reveal(scope=asked.group, code="WRONG1") is None
    with pytest.raises(Invalid, match="too many"):
        actions.reveal(scope=asked.group, code=right)


@pytest.mark.fault("F17")
def test_a_restricted_persons_phone_is_never_handed_out(asked: Asked) -> None:
    people.restrict_person(
        scope=asked.place.lead.scope, person_id=asked.person_id, restricted=True, reason="Made up for the test"
    )
    actions.answer_yes(scope=asked.group, expected_version=asked.version, starts_on=None)
    actions.send_code(scope=asked.group)
    card = actions.reveal(scope=asked.group, code=newest_body(asked.place).split("code is ")[1][:6])
    assert card is not None
    assert card.phone == ""


def test_a_worry_goes_to_the_safeguarding_lead_and_not_to_the_thread(asked: Asked) -> None:
    from linkwell.messaging.queries import thread

    actions.say_worried(
        scope=asked.group, submission_key=new_id(), what="Bruises", their_words="", danger_now=True, name="Jo"
    )
    with scoped(asked.place.safeguarding_lead.scope):
        assert Concern.objects.get().state == "raised"
    assert thread(asked.worker, asked.onward_id) == ()


def test_silence_comes_back_and_the_group_is_reminded_once(asked: Asked) -> None:
    with time_machine.travel(clock.now() + dt.timedelta(days=20)):
        assert actions.mark_overdue(scope=asked.place.system) == 1
        actions.mark_overdue(scope=asked.place.system)
        assert [row.id for row in queries.overdue(asked.worker).rows] == [asked.onward_id]
    assert "onward_overdue" in open_tasks(asked)
    with scoped(asked.worker):
        assert Message.objects.filter(template="group_reminder").count() == 1


@pytest.mark.fault("F19")
def test_changing_their_mind_stops_it_and_tells_the_group_only_that(asked: Asked) -> None:
    with scoped(asked.worker):
        # The group has been told: only then is there something to take back.
        Message.objects.update(state="sent")
    agreement_id = people.record_agreement(
        scope=asked.worker,
        person_id=asked.person_id,
        subject="refer_onward",
        answer="withdrawn",
        how="spoken",
        object_id=asked.onward_id,
    )
    actions.stop_for_withdrawn_agreement(scope=asked.place.system, agreement_id=agreement_id)
    assert (asked.state, open_tasks(asked)) == ("withdrawn", {"onward_stopped"})
    assert "no longer needed" in newest_body(asked.place)
    link = queries.opened_link(asked.token)
    assert link is not None
    assert not link.usable


@pytest.mark.fault("F14")
def test_a_stranger_finds_nothing(asked: Asked) -> None:
    stranger = asked.place.stranger_lead.scope
    assert queries.of_case(stranger, asked.case_id) == ()
    with pytest.raises(NotFound):
        queries.onward_referral(stranger, asked.onward_id)
    with pytest.raises(NotFound):
        actions.withdraw(scope=stranger, onward_id=asked.onward_id, expected_version=asked.version, reason="x")


@pytest.mark.parametrize(
    ("reason", "state"), [("died", "withdrawn"), ("no_longer", "withdrawn"), ("goals_met", "sent")]
)
def test_no_group_waits_for_somebody_who_will_not_come(asked: Asked, reason: str, state: str) -> None:
    if reason == "died":
        person_id = cases.case(asked.worker, asked.case_id).person_id
        people.record_death(scope=asked.worker, person_id=person_id, details=DeathDetails())
    casework.close(
        scope=asked.worker,
        case_id=asked.case_id,
        expected_version=cases.case(asked.worker, asked.case_id).version,
        closing=ClosingDetails(reason=reason, answer="They said so.", still_open_note="Looked at."),
    )
    actions.stop_for_ended_support(scope=asked.place.system, case_id=asked.case_id)
    assert asked.state == state
