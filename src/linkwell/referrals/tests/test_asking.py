import re
from typing import Any
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.signing import dumps
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkwell.referrals import carried, queries, throttle
from linkwell.referrals.carried import Carried, Unreadable
from linkwell.referrals.queries import Filters
from linkwell.referrals.tests.helpers import text_of
from tests.place import Place

FORM = "/ask/wexcombe/"
Steps = dict[str, dict[str, Any]]

FOR_ME: Steps = {
    "who": {"who": "me"},
    "name": {"given_name": "Maya", "family_name": "Lind"},
    "born": {"date_of_birth_day": "1", "date_of_birth_month": "May", "date_of_birth_year": "1980"},
    "help": {"needs": ["lonely"], "why": "I moved here and know nobody."},
    "reach": {"phone": "07700 900 123", "postcode": "bs14dj"},
    "safe": {"safe_phone": "yes", "safe_voicemail": "no"},
    "alone": {"alone": "yes"},
    "need": {"language": "Welsh"},
}
FOR_MUM: Steps = {
    "who": {"who": "other"},
    "you": {"referrer_name": "Ola Lind", "referrer_role": "Daughter", "referrer_email": "ola@example.org"},
    "name": {"given_name": "Maya", "family_name": "Lind"},
    "born": {},
    "help": {"needs": ["food"]},
    "knows": {"knows": "agrees"},
    "reach": {"phone": "07700 900 123"},
    "safe": {},
    "need": {},
}


@pytest.fixture(autouse=True)
def nothing_counted(db: None) -> None:
    cache.clear()


def hidden(content: bytes, name: str) -> str:
    found = BeautifulSoup(content, "html.parser").find("input", attrs={"name": name})
    return str(found["value"]) if found else ""


def walk(client: Client, answers: Steps) -> Any:
    """Answer page by page, in the order in which they are asked. Gives the last page, ready to be sent."""
    page = client.get(FORM)
    page = client.post(FORM, {"carried": hidden(page.content, "carried")})
    while step := hidden(page.content, "step"):
        sent = {"carried": hidden(page.content, "carried"), "step": step, "go": "on", **answers[step]}
        page = client.post(FORM, sent)
        assert page.status_code == 200, text_of(page)
    return page


def send(client: Client, last: Any) -> Any:
    return client.post(FORM, {"carried": hidden(last.content, "carried"), "go": "send"})


def test_somebody_asks_for_help_without_an_account(place: Place, client: Client) -> None:
    last = walk(client, FOR_ME)
    assert queries.by_state(place.lead.scope) == {}, "nothing is kept before the last button"

    done = send(client, last)

    said = text_of(done)
    assert "Your reference LW-" in said
    assert "If you change your mind" in said
    row = queries.triage(place.lead.scope, Filters()).rows[0]
    given = queries.referral(place.lead.scope, row.id).details
    assert (given.full_name, given.source, given.phone) == ("Maya Lind", "self", "07700 900123")
    assert (given.safe_phone, given.safe_voicemail, given.safe_text) == (True, False, None)
    assert (given.asked_alone, given.postcode, given.language) == (True, "BS1 4DJ", "Welsh")


def test_somebody_asks_for_their_mother_and_it_is_told_by_them(place: Place, client: Client) -> None:
    last = walk(client, FOR_MUM)

    said = text_of(send(client, last))

    assert "ask to speak with them alone" in said
    row = queries.triage(place.lead.scope, Filters()).rows[0]
    given = queries.referral(place.lead.scope, row.id).details
    assert (given.source, given.referrer_name, given.asked_alone) == ("relative", "Ola Lind", False)
    assert (given.safe_phone, given.safe_text) == (None, None)


@pytest.mark.fault("F1")
def test_pressing_send_twice_asks_once(place: Place, client: Client) -> None:
    last = walk(client, FOR_ME)

    first, second = text_of(send(client, last)), text_of(send(client, last))

    reference = re.search(r"LW-\S+", first)
    assert reference
    assert reference.group() in second
    assert queries.by_state(place.lead.scope) == {"received": 1}


def test_the_form_leaves_nothing_on_a_shared_computer(place: Place) -> None:
    client = Client(enforce_csrf_checks=True)
    last = walk(client, FOR_ME)

    done = send(client, last)

    assert "Your reference LW-" in text_of(done)
    assert not client.cookies
    assert done.headers["Cache-Control"] == "no-store"


def test_the_page_of_someone_asking_has_a_neutral_title_and_a_way_out(place: Place, client: Client) -> None:
    page = walk(client, FOR_ME)
    soup = BeautifulSoup(page.content, "html.parser")

    assert soup.title is not None
    assert soup.title.get_text() == "Your answers"
    assert soup.select("[data-quick-exit] a")


@pytest.mark.parametrize(
    ("words", "help_shown"),
    [
        ("I want to kill myself", "Samaritans: phone 116 123"),
        ("my husband hits me", "National Domestic Abuse Helpline"),
        ("we have no food today", "food bank"),
        ("my boyfriend is hitting my son", "Childline"),
    ],
)
def test_the_right_help_comes_first_and_nothing_is_blocked(
    place: Place, client: Client, words: str, help_shown: str
) -> None:
    last = walk(client, {**FOR_ME, "help": {"why": words}})

    assert help_shown in text_of(last)
    assert text_of(last).index(help_shown) < text_of(last).index("Is this right?")
    assert help_shown in text_of(send(client, last))
    assert queries.triage_summary(place.lead.scope).in_danger == 1


def test_help_is_on_the_page_right_after_the_words(place: Place, client: Client) -> None:
    last = walk(client, FOR_ME)
    page = client.post(FORM, {"carried": hidden(last.content, "carried"), "go": "change-help"})
    sealed = hidden(page.content, "carried")
    before = Carried(carried.opened("wexcombe", sealed).key, {}).sealed("wexcombe")

    page = client.post(FORM, {"carried": before, "step": "help", "why": "I want to kill myself", "go": "on"})

    assert hidden(page.content, "step") == "who"
    assert "Samaritans: phone 116 123" in text_of(page)


def test_every_page_asks_its_own_question(place: Place, client: Client) -> None:
    page = client.post(FORM, {"carried": hidden(client.get(FORM).content, "carried")})

    heading = BeautifulSoup(page.content, "html.parser").h1

    assert heading is not None
    assert heading.get_text(strip=True) == "Who needs help?"


def test_a_mistake_stays_on_its_page_and_says_so(place: Place, client: Client) -> None:
    start = client.post(FORM, {"carried": hidden(client.get(FORM).content, "carried")})

    page = client.post(FORM, {"carried": hidden(start.content, "carried"), "step": "who", "go": "on"})

    assert page.status_code == 422
    assert "Choose who needs help" in text_of(page)


def test_going_back_shows_what_was_answered(place: Place, client: Client) -> None:
    page = client.post(FORM, {"carried": hidden(client.get(FORM).content, "carried")})
    page = client.post(FORM, {"carried": hidden(page.content, "carried"), "step": "who", "who": "me", "go": "on"})

    back = client.post(FORM, {"carried": hidden(page.content, "carried"), "step": "name", "go": "back"})

    assert hidden(back.content, "step") == "who"
    assert re.search(r'value="me"[^>]*checked', back.content.decode())


def test_changing_who_needs_help_asks_only_what_is_missing(place: Place, client: Client) -> None:
    last = walk(client, FOR_ME)
    page = client.post(FORM, {"carried": hidden(last.content, "carried"), "go": "change-who"})

    page = client.post(FORM, {"carried": hidden(page.content, "carried"), "step": "who", "who": "other", "go": "on"})

    assert hidden(page.content, "step") == "you"


@pytest.mark.parametrize("sent", ["", "x", "a:b:c", "🙂" * 100, "a" * 70_000])
def test_answers_changed_on_their_way_are_refused_kindly(place: Place, client: Client, sent: str) -> None:
    page = client.post(FORM, {"carried": sent, "go": "send"})

    assert page.status_code == 400
    assert "Please start again" in text_of(page)
    assert queries.by_state(place.lead.scope) == {}


def test_answers_too_old_are_refused_kindly(place: Place, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = hidden(client.get(FORM).content, "carried")
    monkeypatch.setattr(carried, "MAX_AGE_SECONDS", -1)

    assert client.post(FORM, {"carried": sealed}).status_code == 400


def test_sending_with_a_page_missing_asks_for_it(place: Place, client: Client) -> None:
    sealed = Carried().with_step("who", {"who": ["me"]}).sealed("wexcombe")

    page = client.post(FORM, {"carried": sealed, "go": "send"})

    assert hidden(page.content, "step") == "name"
    assert queries.by_state(place.lead.scope) == {}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place_of_slip=st.integers(min_value=0), letter=st.sampled_from("abcXYZ019-_:."))
def test_any_change_of_one_letter_is_noticed(place_of_slip: int, letter: str) -> None:
    held = Carried().with_step("name", {"given_name": ["Maya"], "family_name": ["Lind"]})
    sealed = held.sealed("wexcombe")
    spot = place_of_slip % len(sealed)
    changed = f"{sealed[:spot]}{letter}{sealed[spot + 1 :]}"

    if changed == sealed:
        assert carried.opened("wexcombe", sealed) == held
    else:
        with pytest.raises(Unreadable):
            carried.opened("wexcombe", changed)


@given(
    st.dictionaries(
        st.sampled_from(["name", "help", "reach"]),
        st.dictionaries(st.text(max_size=20), st.lists(st.text(max_size=50), max_size=3), max_size=4),
    )
)
def test_what_is_carried_comes_back_as_it_was(steps: dict[str, dict[str, list[str]]]) -> None:
    held = Carried(UUID(int=7), steps)

    assert carried.opened("wexcombe", held.sealed("wexcombe")) == held


def test_answers_for_one_team_do_not_open_in_the_form_of_another() -> None:
    with pytest.raises(Unreadable):
        carried.opened("elsewhere", Carried().sealed("wexcombe"))


def test_something_else_we_signed_is_not_taken_for_answers() -> None:
    with pytest.raises(Unreadable):
        carried.opened("wexcombe", dumps({"key": "x"}, salt="another"))


def test_a_program_that_fills_in_the_hidden_box_sends_nothing(place: Place, client: Client) -> None:
    last = walk(client, FOR_ME)

    page = client.post(FORM, {"carried": hidden(last.content, "carried"), "go": "send", "website": "http://x"})

    assert page.status_code == 400
    assert queries.by_state(place.lead.scope) == {}


def test_too_many_from_one_address_are_told_to_phone(
    place: Place, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "FROM_ONE_ADDRESS", 1)
    last = walk(client, FOR_ME)
    send(client, last)
    last = walk(client, FOR_ME)

    page = send(client, last)

    assert page.status_code == 429
    assert "01632 960001" in text_of(page)
    assert queries.by_state(place.lead.scope) == {"received": 1}


def test_a_team_that_takes_no_requests_has_no_form(place: Place, client: Client) -> None:
    from linkwell.accounts.models import Team

    Team.objects.filter(pk=place.team_id).update(takes_self_referrals=False)

    assert client.get(FORM).status_code == 404
    assert client.get("/ask/nowhere/").status_code == 404
    assert "Wexcombe" not in text_of(client.get("/ask/"))
