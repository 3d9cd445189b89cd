"""If these fail, what one of a couple said alone is read by the other."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from linkwell.accounts.queries import team
from linkwell.casework import actions, queries
from linkwell.casework.details import AppointmentDetails, JointVisitDetails
from linkwell.casework.handlers import speak_alone_first, stop_support
from linkwell.casework.tests.helpers import accepted, supported, talk, version
from linkwell.core import timeline
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from linkwell.people.queries import household
from linkwell.referrals import actions as referrals
from linkwell.referrals.details import ReferralDetails
from linkwell.referrals.models import Referral
from linkwell.tasks import queries as tasks
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db
OWN, OTHER = "canaryofjoan", "canaryofbill"


def person_of(place: Place, case_id: UUID) -> UUID:
    return queries.case(place.worker.scope, case_id).person_id


def belong_together(place: Place, *case_ids: UUID, agreed: bool = True) -> UUID:
    one, other = (person_of(place, each) for each in case_ids)
    link = people.link_household(scope=place.worker.scope, one_id=one, other_id=other, relationship="partner")
    for each in (one, other) if agreed else ():
        people.answer_household(scope=place.worker.scope, person_id=each, link_id=link, agreed=True, asked_alone=True)
    return link


@pytest.fixture
def two(place: Place) -> tuple[UUID, UUID]:
    joan, bill = supported(place), supported(place, given_name="Bill", phone="07700 900124")
    belong_together(place, joan, bill)
    return joan, bill


def visit(place: Place, two: tuple[UUID, UUID], key: UUID | None = None) -> tuple[UUID, UUID]:
    said = JointVisitDetails(
        kind="home",
        happened_at=clock.now() - dt.timedelta(minutes=5),
        together="Both would like a holiday.",
        own=OWN,
        other=OTHER,
    )
    return actions.write_up_together(
        scope=place.worker.scope, case_id=two[0], other_case_id=two[1], submission_key=key or uuid4(), visit=said
    )


def test_a_visit_to_two_is_one_event_with_a_private_part_each(place: Place, two: tuple[UUID, UUID]) -> None:
    one, other = visit(place, two)
    notes = [queries.interaction(place.worker.scope, each).note for each in (one, other)]
    assert all("Both would like a holiday." in note for note in notes)
    assert (OWN in notes[0], OTHER in notes[0]) == (True, False)
    assert (OWN in notes[1], OTHER in notes[1]) == (False, True)
    assert queries.joint_visits(place.worker.scope, clock.today() - dt.timedelta(days=1), clock.today()) == 1


def pages(place: Place, case_id: UUID, interaction_id: UUID) -> str:
    client: Client = sign_in(place.lead)
    person_id = person_of(place, case_id)
    addresses = [
        *(f"/people/{person_id}/{each}" for each in ("", "?show=all", "record/", "who-has-looked/", "together/")),
        *(f"/support/{case_id}/{each}" for each in ("", "plan/", "summaries/", "together/", "write-up/", "close/")),
        f"/support/conversations/{interaction_id}/",
    ]
    return "".join(client.get(each).content.decode() for each in addresses)


def test_no_page_of_one_shows_the_private_part_of_the_other(place: Place, two: tuple[UUID, UUID]) -> None:
    one, other = visit(place, two)
    assert OTHER not in pages(place, two[0], one)
    assert OWN not in pages(place, two[1], other)
    assert OWN in pages(place, two[0], one)


def test_a_summary_of_one_says_nothing_of_the_other(place: Place, two: tuple[UUID, UUID]) -> None:
    visit(place, two)
    people.record_risk(scope=place.worker.scope, person_id=person_of(place, two[0]), none_known=True)
    summary_id = actions.prepare_message_back(scope=place.worker.scope, case_id=two[0])
    assert OTHER not in str(queries.summary_made(place.worker.scope, summary_id).content)


def test_a_form_sent_twice_is_one_visit(place: Place, two: tuple[UUID, UUID]) -> None:
    key = uuid4()
    assert visit(place, two, key) == visit(place, two, key)
    assert len(queries.interactions(place.worker.scope, two[0])) == 2


def test_nobody_is_met_together_before_each_was_met_alone(place: Place) -> None:
    joan = supported(place)
    bill = accepted(place, place.worker.user_id, given_name="Bill", phone="07700 900124")
    belong_together(place, joan, bill)
    with pytest.raises(Invalid, match="alone first"):
        visit(place, (joan, bill))
    assert "alone first" in sign_in(place.worker).get(f"/support/{joan}/together/").content.decode()


def test_two_who_did_not_both_agree_are_not_seen_together(place: Place) -> None:
    joan, bill = supported(place), supported(place, given_name="Canarybill", phone="07700 900124")
    belong_together(place, joan, bill, agreed=False)
    with pytest.raises(NotFound):
        visit(place, (joan, bill))
    assert "Canarybill" not in sign_in(place.worker).get(f"/support/{joan}/together/").content.decode()


def test_a_time_together_is_an_appointment_of_each_and_the_visit_settles_both(
    place: Place, two: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = place.worker.scope
    soon = AppointmentDetails(starts_at=clock.now() + dt.timedelta(hours=2), kind="home", minutes=60)
    booked = actions.book_together(scope=scope, case_id=two[0], other_case_id=two[1], details=soon)
    assert booked == actions.book_together(scope=scope, case_id=two[0], other_case_id=two[1], details=soon)
    later = clock.now() + dt.timedelta(hours=4)
    monkeypatch.setattr(clock, "now", lambda: later)
    visit(place, two)
    assert [queries.appointment(scope, each).state for each in booked] == ["happened", "happened"]


def test_who_came_with_somebody_is_first_spoken_to_alone(place: Place) -> None:
    joan = accepted(place, place.worker.user_id)
    bill = accepted(place, place.worker.user_id, given_name="Bill", phone="07700 900124")
    link = belong_together(place, joan, bill, agreed=False)
    for _ in range(2):
        with scoped(place.system):
            speak_alone_first(place.system, link)
    titles = [row.title for row in tasks.my_tasks(place.worker.scope).rows if "alone first" in row.title]
    assert len(titles) == 2
    assert not any("Bill" in title or "Joan" in title for title in titles)
    page = sign_in(place.worker).get(f"/support/{joan}/").content.decode()
    assert "told to us by somebody else" in page
    talk(place.worker.scope, joan)
    left = [row for row in tasks.my_tasks(place.worker.scope).rows if "alone first" in row.title]
    assert len(left) == 1


def test_what_is_told_about_one_leaves_no_line_with_the_other(place: Place, two: tuple[UUID, UUID]) -> None:
    visit(place, two)
    lines = timeline.Wanted([person_of(place, two[0])], safeguarding=True)
    with scoped(place.worker.scope):
        told = [line.summary for line in timeline.told(place.worker.scope, lines, size=50)]
    assert not any("Bill" in line for line in told)


@pytest.mark.fault("F14")
def test_a_stranger_finds_nothing(place: Place, two: tuple[UUID, UUID]) -> None:
    client = sign_in(place.stranger)
    for page in ("together/", f"together/{two[1]}/book/", f"together/{two[1]}/write-up/"):
        assert client.get(f"/support/{two[0]}/{page}").status_code == 404


def test_a_visit_is_written_up_by_clicking(place: Place, two: tuple[UUID, UUID]) -> None:
    client = sign_in(place.worker)
    address = f"/support/{two[0]}/together/{two[1]}/write-up/"
    assert address in client.get(f"/support/{two[0]}/together/").content.decode()
    assert "What Joan Pickering said alone" in client.get(address).content.decode()
    now = clock.london(clock.now() - dt.timedelta(minutes=5))
    sent = {
        "submission_key": str(uuid4()),
        "kind": "home",
        "together": "Both would like a holiday.",
        "own": OWN,
        "happened_on_day": now.day,
        "happened_on_month": now.month,
        "happened_on_year": now.year,
        "happened_at": f"{now:%H:%M}",
    }
    before = version(place.worker.scope, two[1])
    assert client.post(address, sent).status_code == 302
    assert version(place.worker.scope, two[1]) > before
    assert client.post(address, sent | {"together": "", "submission_key": str(uuid4())}).status_code == 422


def test_two_people_of_one_request_belong_together_once_both_are_accepted(place: Place) -> None:
    lead = place.lead.scope
    words: dict[str, Any] = {"family_name": "Pickering", "needs": ("lonely",), "why": "Alone since May"}
    first, second = (ReferralDetails(given_name=name, **words) for name in ("Joan", "Canarybill"))
    referrals.send_referral(
        scope=place.referrer.scope, team=team(place.team_id), submission_key=uuid4(), details=first, second=second
    )
    with scoped(lead):
        both = list(Referral.objects.filter(named_with__isnull=False).order_by("pk").values_list("pk", "version"))
    cases = [
        actions.accept_referral(scope=lead, referral_id=each, expected_version=version, worker_id=place.worker.user_id)
        for each, version in both
    ]
    rows = [household(place.worker.scope, person_of(place, each)) for each in cases]
    assert [(len(each), each[0].other_name) for each in rows] == [(1, ""), (1, "")]
    page = sign_in(place.worker).get(f"/people/{person_of(place, cases[0])}/together/").content.decode()
    assert "Ask them alone" in page
    assert "Canarybill" not in page
    assert "Canarybill" not in sign_in(place.worker).get(f"/support/{cases[0]}/").content.decode()
    for each in cases:
        person_id = person_of(place, each)
        link = household(place.worker.scope, person_id)[0].id
        people.answer_household(
            scope=place.worker.scope, person_id=person_id, link_id=link, agreed=True, asked_alone=True
        )
    assert "Canarybill" in sign_in(place.worker).get(f"/support/{cases[0]}/").content.decode()


def test_of_a_time_for_two_the_living_one_keeps_theirs(place: Place, two: tuple[UUID, UUID]) -> None:
    soon = clock.now() + dt.timedelta(days=2)
    actions.book_together(
        scope=place.worker.scope,
        case_id=two[0],
        other_case_id=two[1],
        details=AppointmentDetails(starts_at=soon, kind="home"),
    )
    death_id = people.record_death(
        scope=place.worker.scope, person_id=person_of(place, two[0]), details=DeathDetails(confirmed=True)
    )
    with scoped(place.system):
        stop_support(place.system, death_id)
    booked = [len(queries.appointments_of(place.worker.scope, each, booked_only=True)) for each in two]
    assert booked == [0, 1]
