import re
from datetime import date
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linkwell.accounts.leavers import left_behind
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.people.actions import add_person
from linkwell.people.details import PersonDetails
from linkwell.referrals import actions, queries
from linkwell.referrals.queries import Filters
from linkwell.referrals.tests.helpers import ClientFor, ask_for_help, refer, text_of
from linkwell.tasks.actions import open_task
from tests.place import Place

FORM = {
    "given_name": "Joan",
    "family_name": "Pickering",
    "date_of_birth_day": "27",
    "date_of_birth_month": "3",
    "date_of_birth_year": "1944",
    "phone": "01632 960123",
    "needs": ["lonely", "food"],
    "why": "On her own since the spring.",
    "knows": "agrees",
    "safe": ["phone"],
}


def test_a_professional_refers_in_one_page_and_sees_what_happens_next(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.referrer)
    page = client.get("/referrals/refer/wexcombe/")
    assert "We will read it by" in text_of(page)
    assert "not for emergencies" in text_of(page)

    answer = client.post("/referrals/refer/wexcombe/", FORM | {"submission_key": str(uuid4())}, follow=True)

    assert "Your reference LW-" in text_of(answer)
    assert [line.person_name for line in queries.sent_referrals(place.referrer.scope)] == ["Joan Pickering"]
    row = queries.triage(place.lead.scope, Filters()).rows[0]
    opened = queries.referral(place.lead.scope, row.id).details
    assert (opened.safe_phone, opened.safe_text, opened.referrer_role) == (True, False, "Mill Lane Surgery")


@pytest.mark.fault("F1")
def test_pressing_send_twice_makes_one_referral(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.referrer)
    form = FORM | {"submission_key": str(uuid4())}

    first = client.post("/referrals/refer/wexcombe/", form)
    second = client.post("/referrals/refer/wexcombe/", form)

    assert first["Location"] == second["Location"]
    assert queries.by_state(place.lead.scope) == {"received": 1}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"nhs_number": "943 476 5918"}, "not a valid NHS number"),
        ({"phone": "12"}, "telephone number"),
        ({"phone": ""}, "Enter a phone number"),
        ({"needs": [], "why": " "}, "Tap at least one"),
        ({"knows": ""}, "Say whether they know"),
        ({"date_of_birth_year": "2999"}, "must be in the past"),
        ({"date_of_birth_day": "31", "date_of_birth_month": "2"}, "must be a real date"),
        ({"postcode": "BS1"}, "only the first half"),
        ({"submission_key": "x"}, "problem"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(
    place: Place, client_for: ClientFor, wrong: dict[str, object], says: str
) -> None:
    answer = client_for(place.referrer).post(
        "/referrals/refer/wexcombe/", FORM | {"submission_key": str(uuid4())} | wrong
    )

    assert answer.status_code == 422
    assert says in text_of(answer)
    assert "On her own since the spring." in text_of(answer) or wrong.get("why")
    assert queries.by_state(place.lead.scope) == {}


def test_the_longest_that_fits_the_form_fits_the_tables(place: Place, client_for: ClientFor) -> None:
    longest = {
        "submission_key": str(uuid4()),
        "given_name": "a" * 100,
        "family_name": "b" * 100,
        "phone": "+43 1 2345678901",
        "email": f"{'c' * 60}@{'d' * 60}.{'e' * 60}.{'f' * 60}.org",
        "language": "g" * 60,
        "gp_practice_name": "h" * 200,
        "safe_notes": "i" * 300,
        "why": "j" * 4000,
    }

    answer = client_for(place.referrer).post("/referrals/refer/wexcombe/", FORM | longest)

    assert answer.status_code == 302, text_of(answer)[:600]


@pytest.mark.parametrize("name", ["given_name", "email", "why", "safe_notes", "phone", "nhs_number", "postcode"])
@pytest.mark.parametrize("words", ["x" * 5000, "\x00", "🙂" * 50, "=cmd|' /C calc'!A0", "<script>alert(1)</script>"])
def test_odd_words_are_an_answer_or_a_plain_message(place: Place, client_for: ClientFor, name: str, words: str) -> None:
    odd = FORM | {"submission_key": str(uuid4()), name: words}

    answer = client_for(place.referrer).post("/referrals/refer/wexcombe/", odd)

    assert answer.status_code in {302, 422}
    assert "<script>alert" not in answer.content.decode()


def test_advice_follows_the_words_and_the_referral_still_goes(place: Place, client_for: ClientFor) -> None:
    form = FORM | {"submission_key": str(uuid4()), "why": "She told me she wants to end her life."}

    answer = client_for(place.referrer).post("/referrals/refer/wexcombe/", form, follow=True)

    assert "call 999 and stay with them" in text_of(answer)
    assert queries.triage_summary(place.lead.scope).in_danger == 1


def test_what_was_typed_comes_back_from_the_draft(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.referrer)
    client.post(f"/drafts/refer/{place.team_id}/", {"given_name": "Joan", "needs": ["food"], "date_of_birth_day": "27"})

    page = client.get("/referrals/refer/wexcombe/").content.decode()

    assert 'value="Joan"' in page
    assert 'value="27"' in page
    assert re.search(r'value="food"[^>]*checked', page)


def test_triage_says_how_many_wait_how_long_and_who(place: Place, client_for: ClientFor) -> None:
    refer(place, postcode="BS1 4DJ")
    refer(place, given_name="Ken", why="He wants to kill himself")

    page = text_of(client_for(place.lead).get("/referrals/triage/"))

    assert "2 Waiting" in page
    assert page.index("Ken Pickering") < page.index("Joan Pickering")
    assert "No mark does not mean no risk" in page
    assert "BS1" in page


def test_whoever_reads_words_of_danger_is_told_to_act_and_what_no_words_mean(
    place: Place, client_for: ClientFor
) -> None:
    urgent, calm = refer(place, why="He wants to kill himself"), refer(place)
    client = client_for(place.lead)

    said = text_of(client.get(f"/referrals/triage/{urgent.referral_id}/"))
    assert "The words suggest danger: ending their life" in said
    assert "Act on this now" in said
    assert "That does not mean there is no risk" in text_of(client.get(f"/referrals/triage/{calm.referral_id}/"))


def test_an_empty_triage_page_says_where_referrals_come_from(place: Place, client_for: ClientFor) -> None:
    assert "No one is waiting" in text_of(client_for(place.lead).get("/referrals/triage/"))


def test_a_link_worker_may_read_triage_and_not_decide(place: Place, client_for: ClientFor) -> None:
    sent = refer(place)
    client = client_for(place.worker)

    assert "Decline" not in text_of(client.get("/referrals/triage/"))
    assert client.get(f"/referrals/triage/{sent.referral_id}/").status_code == 200
    assert client.get(f"/referrals/triage/{sent.referral_id}/decline/").status_code == 404


@pytest.mark.parametrize("page", ["", "ask/", "decline/", "reopen/"])
@pytest.mark.fault("F14")
def test_a_stranger_gets_the_page_of_something_that_is_not_there(
    place: Place, client_for: ClientFor, page: str
) -> None:
    sent = refer(place)
    client = client_for(place.stranger_lead)

    there = client.get(f"/referrals/triage/{sent.referral_id}/{page}")
    nowhere = client.get(f"/referrals/triage/{uuid4()}/{page}")

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert strip(there.content) == strip(nowhere.content)


def strip(content: bytes) -> str:
    return re.sub(r'value="[^"]*"|data-[a-z]+="[^"]*"|Printed by [^<]*', "", content.decode())


@pytest.mark.fault("F14")
def test_a_stranger_cannot_read_or_answer_anothers_sent_referral(place: Place, client_for: ClientFor) -> None:
    sent = refer(place)
    client = client_for(place.stranger)

    assert client.get(f"/referrals/mine/{sent.referral_id}/").status_code == 404
    assert client.post(f"/referrals/mine/{sent.referral_id}/", {"text": "Hello"}).status_code == 404
    for name in ("answer", "same-person"):
        posted = client_for(place.stranger_lead).post(
            f"/referrals/triage/{sent.referral_id}/{name}/", {"text": "x", "person_id": str(uuid4()), "same": "yes"}
        )
        assert posted.status_code == 404


@pytest.mark.fault("F33")
def test_two_leads_decide_one_wins_and_the_other_keeps_the_text(place: Place, client_for: ClientFor) -> None:
    sent = refer(place)
    mine = client_for(place.lead)
    page = f"/referrals/triage/{sent.referral_id}/decline/"
    mine.get(page)
    actions.ask_referrer(
        scope=place.safeguarding_lead.scope, referral_id=sent.referral_id, expected_version=1, question="When?"
    )

    answer = mine.post(page, {"version": "1", "reason": "no_room", "advice": "Please try the library on Friday."})

    assert answer.status_code == 409
    said = text_of(answer)
    assert "Grace Obi asked about this at" in said
    assert "Please try the library on Friday." in said
    assert queries.by_state(place.lead.scope) == {"asked": 1}


@pytest.mark.fault("F33")
def test_deciding_inside_the_list_tells_the_second_person_too(place: Place, client_for: ClientFor) -> None:
    sent = refer(place)
    actions.decline(
        scope=place.safeguarding_lead.scope,
        referral_id=sent.referral_id,
        expected_version=1,
        reason="no_room",
        advice="See 111",
    )

    answer = client_for(place.lead).post(
        f"/referrals/triage/{sent.referral_id}/decline/",
        {"version": "1", "reason": "other", "advice": "My words"},
        headers={"HX-Request": "true"},
    )

    assert answer.status_code == 200
    assert "Grace Obi declined this" in text_of(answer)
    assert "My words" in text_of(answer)
    assert "<html" not in answer.content.decode()


def test_two_forms_open_in_one_list_do_not_share_a_box(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.lead)
    parts = [
        client.get(f"/referrals/triage/{refer(place).referral_id}/decline/", headers={"HX-Request": "true"})
        for _ in range(2)
    ]

    first, second = (
        {tag["id"] for tag in BeautifulSoup(part.content, "html.parser").find_all(id=True)} for part in parts
    )

    assert first
    assert not first & second


def test_a_decline_is_undone_with_a_reason(place: Place, client_for: ClientFor) -> None:
    sent = refer(place)
    client = client_for(place.lead)
    page = f"/referrals/triage/{sent.referral_id}"
    client.post(f"{page}/decline/", {"version": "1", "reason": "no_room", "advice": "See 111"})

    assert client.post(f"{page}/reopen/", {"version": "2", "reason": ""}).status_code == 422
    client.post(f"{page}/reopen/", {"version": "2", "reason": "A place came free"})

    assert queries.by_state(place.lead.scope) == {"received": 1}


def test_a_referral_with_somebody_who_is_away_can_be_taken_over(place: Place, client_for: ClientFor) -> None:
    sent = refer(place)
    page = f"/referrals/triage/{sent.referral_id}/"
    client = client_for(place.safeguarding_lead)
    assert "with Lena Hart" in text_of(client.get(page))

    client.post(f"{page}take-over/", {"version": "1"})

    assert "with Grace Obi" in text_of(client.get(page))
    late = client_for(place.lead).post(f"{page}take-over/", {"version": "1"}, follow=True)
    assert "Someone else changed this" in text_of(late)


def test_a_leaver_is_known_to_leave_referrals_and_things_to_do_behind(place: Place) -> None:
    refer(place)
    _tasks(place, 2)

    with scoped(place.system):
        left = {each.name: each.count for each in left_behind(place.system, place.lead.user_id)}

    assert left["referrals that wait to be decided"] == 1
    assert left["things to do"] == 2


def test_two_records_of_one_person_are_decided_about_by_a_person(place: Place, client_for: ClientFor) -> None:
    born = date(1944, 3, 27)
    known = add_person(
        scope=place.lead.scope, details=PersonDetails(given_name="Joan", family_name="Pickering", date_of_birth=born)
    )
    sent = refer(place, date_of_birth=born)
    client = client_for(place.lead)
    page = f"/referrals/triage/{sent.referral_id}/"
    assert "Maybe known here" in text_of(client.get("/referrals/triage/"))
    assert "Maybe the same person" in text_of(client.get(page))

    client.post(f"{page}same-person/", {"person_id": str(known), "same": "yes"})
    assert queries.decided_same(place.lead.scope, sent.referral_id) == known
    client.post(f"{page}same-person/", {"person_id": str(known), "same": "no"})
    assert queries.decided_same(place.lead.scope, sent.referral_id) is None
    assert "Somebody decided: different people" in text_of(client.get(page))
    odd = client.post(f"{page}same-person/", {"person_id": "x", "same": "maybe"}, follow=True)
    assert "Choose" in text_of(odd)


def test_somebody_without_an_account_is_phoned_and_the_answer_written_down(place: Place, client_for: ClientFor) -> None:
    sent = ask_for_help(place)
    client = client_for(place.lead)
    page = f"/referrals/triage/{sent.referral_id}/"
    client.post(f"{page}ask/", {"version": "1", "question": "Which days are good?"})
    assert "Write down their answer" in text_of(client.get(page))

    assert client.post(f"{page}answer/", {"text": ""}).status_code == 422
    client.post(f"{page}answer/", {"text": "Mondays."})

    assert queries.by_state(place.lead.scope) == {"received": 1}
    assert "Mondays." in text_of(client.get(page))


def test_the_sender_reads_a_question_and_answers_it(place: Place, client_for: ClientFor) -> None:
    sent = refer(place)
    client_for(place.lead).post(
        f"/referrals/triage/{sent.referral_id}/ask/", {"version": "1", "question": "Does she hear well?"}
    )
    client = client_for(place.referrer)

    assert "They have a question for you" in text_of(client.get("/referrals/mine/"))
    assert "Does she hear well?" in text_of(client.get(f"/referrals/mine/{sent.referral_id}/"))
    client.post(f"/referrals/mine/{sent.referral_id}/", {"text": "Yes, on the left."})

    assert "Yes, on the left." in text_of(client_for(place.lead).get(f"/referrals/triage/{sent.referral_id}/"))


@pytest.mark.parametrize("address", ["/referrals/triage/", "/referrals/mine/", "/referrals/refer/", "/tasks/"])
def test_someone_not_signed_in_is_asked_to_sign_in(place: Place, client: Client, address: str) -> None:
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("address", ["/referrals/triage/?page=1", "/referrals/mine/?page=1", "/tasks/?show=team"])
def test_a_list_of_twenty_costs_what_a_list_of_one_costs(place: Place, client_for: ClientFor, address: str) -> None:
    member = place.referrer if "mine" in address else place.lead
    client = client_for(member)

    def cost() -> int:
        with CaptureQueriesContext(connection) as taken:
            assert client.get(address).status_code == 200
        return len(taken)

    refer(place, nhs_number="9434765919")
    _tasks(place, 1)
    cost()
    one = cost()
    for _ in range(19):
        refer(place, nhs_number="9434765919")
    _tasks(place, 19)

    assert cost() == one


def _tasks(place: Place, number: int) -> None:
    for _ in range(number):
        open_task(
            scope=place.lead.scope,
            team_id=place.team_id,
            owner_id=place.lead.user_id,
            kind="call",
            title="Phone somebody",
            about_kind="referral",
            about_id=uuid4(),
            due_on=clock.today(),
        )


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "1e9", "٣"])
def test_an_odd_page_number_is_no_error(place: Place, client_for: ClientFor, page: str) -> None:
    answer = client_for(place.lead).get("/referrals/triage/", {"page": page, "show": page, "area": "'"})
    assert answer.status_code == 200


def test_an_area_is_not_torn_in_two_where_areas_are_compared(place: Place, client_for: ClientFor) -> None:
    refer(place, postcode="BS1 4DJ")
    page = BeautifulSoup(client_for(place.lead).get("/referrals/triage/").content, "html.parser")
    whole = [found.get_text(strip=True) for found in page.select(".lw-table .lw-whole")]
    assert whole == ["Area", "BS1"]
