"""Ages of a team, and requests that name two people.

If these fail, somebody is sent to a team that cannot help them, or what one person said stands in another's record.
"""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from linkwell.accounts import actions as accounts
from linkwell.accounts.queries import teams_for_age
from linkwell.accounts.rules import Rules
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.referrals import queries
from linkwell.referrals.models import Referral
from linkwell.referrals.queries import Filters
from linkwell.referrals.tests.helpers import ClientFor, refer, text_of
from linkwell.referrals.tests.test_asking import FOR_ME, FORM, hidden, send, walk
from linkwell.referrals.tests.test_pages import FORM as REFERRAL
from tests.place import Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted(db: None) -> None:
    cache.clear()


def born(age: int) -> dict[str, str]:
    return {
        "date_of_birth_day": "1",
        "date_of_birth_month": "1",
        "date_of_birth_year": str(clock.today().year - age),
    }


def children_elsewhere(place: Place) -> None:
    rules = Rules(youngest=8, oldest=17, for_children=True)
    lead = place.stranger_lead.scope
    accounts.set_rules(scope=lead, team_id=place.stranger_team_id, rules=rules)


def test_somebody_of_another_age_hears_so_kindly_before_anything_is_sent(place: Place, client: Client) -> None:
    children_elsewhere(place)
    page = client.post(FORM, {"carried": hidden(client.get(FORM).content, "carried")})
    for step in ("who", "name"):
        page = client.post(FORM, {"carried": hidden(page.content, "carried"), "step": step, "go": "on", **FOR_ME[step]})
    page = client.post(FORM, {"carried": hidden(page.content, "carried"), "step": "born", "go": "on", **born(15)})
    said = text_of(page)
    assert "This team helps people aged 18 and over" in said
    assert "Childline" in said
    assert "Elsewhere link workers" in said
    forced = client.post(FORM, {"carried": hidden(page.content, "carried"), "go": "send"})
    assert "Your reference" not in text_of(forced)
    assert queries.by_state(place.lead.scope) == {}
    again = client.post(FORM, {"carried": hidden(page.content, "carried"), "go": "change-born"})
    assert "When were you born?" in text_of(again)


def test_a_professional_is_warned_once_and_may_send_all_the_same(place: Place, client_for: ClientFor) -> None:
    children_elsewhere(place)
    client = client_for(place.referrer)
    given = REFERRAL | born(15) | {"submission_key": str(uuid4())}
    warned = client.post("/referrals/refer/wexcombe/", given)
    assert warned.status_code == 422
    assert "supports people aged 18 and over" in text_of(warned)
    assert "/referrals/refer/elsewhere/" in warned.content.decode()
    assert queries.by_state(place.lead.scope) == {}
    client.post("/referrals/refer/wexcombe/", given | {"age_known": "on"})
    [row] = queries.triage(place.lead.scope, Filters()).rows
    page = client_for(place.lead).get(f"/referrals/triage/{row.id}/")
    assert "15 years old. This team supports people aged 18 and over." in text_of(page)
    assert f"/referrals/triage/{row.id}/decline/?reason=age" in page.content.decode()


def test_a_second_person_of_another_age_is_warned_of_too(place: Place, client_for: ClientFor) -> None:
    given = REFERRAL | {"submission_key": str(uuid4()), "second_given_name": "Ned", "second_family_name": "Pickering"}
    given |= {f"second_{name}": value for name, value in born(15).items()}
    given |= {"second_why": "He would like to play football.", "second_knows": "agrees"}
    warned = client_for(place.referrer).post("/referrals/refer/wexcombe/", given)
    assert "Ned is 15. Wexcombe link workers supports people aged 18 and over" in text_of(warned)
    assert queries.by_state(place.lead.scope) == {}


def test_teams_are_found_by_the_age_they_support(place: Place) -> None:
    children_elsewhere(place)
    assert [row.slug for row in teams_for_age(15)] == ["elsewhere"]
    assert [row.slug for row in teams_for_age(40)] == ["wexcombe"]
    assert [row.slug for row in teams_for_age(5)] == []


def test_the_words_for_a_reason_are_ready_to_be_edited(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.lead)
    own = {"advice": "Try Northmoor.", "person": "Northmoor can help you."}
    assert client.post("/referrals/words/?reason=out_of_area", own).status_code == 302
    assert "Try Northmoor." in text_of(client.get("/referrals/words/"))
    sent = refer(place)
    page = f"/referrals/triage/{sent.referral_id}/decline/"
    assert "Why can we not take this?" in text_of(client.get(page))
    form = client.get(f"{page}?reason=out_of_area")
    assert "Try Northmoor." in text_of(form)
    given = {"version": "1", "reason": "out_of_area", "advice": "Try Northmoor.", "person_words": own["person"]}
    client.post(page, given)
    told = queries.sent_referral(place.referrer.scope, sent.referral_id).answers[-1].text
    assert "You could say to them: “Northmoor can help you.”" in told
    client.post("/referrals/words/?reason=out_of_area", {"usual": "yes"})
    assert "Try Northmoor." not in text_of(client.get("/referrals/words/"))


@pytest.mark.fault("F39")
@pytest.mark.parametrize("hidden_reason", ["already_here", "changed_mind"])
def test_the_words_never_tell_that_somebody_is_known_here(place: Place, hidden_reason: str) -> None:
    said = queries.decline_words(place.lead.scope, place.team_id)
    assert said[hidden_reason] == said["other"]


def test_one_form_for_two_people_makes_two_referrals_that_share_only_where_they_live(
    place: Place, client_for: ClientFor
) -> None:
    second = {
        "second_given_name": "Bill",
        "second_family_name": "Pickering",
        "second_why": "He cares for her day and night.",
        "second_knows": "knows",
    }
    client = client_for(place.referrer)
    given = REFERRAL | {"submission_key": str(uuid4()), "postcode": "BS1 4DJ"} | second
    for _ in range(2):
        assert client.post("/referrals/refer/wexcombe/", given).status_code == 302
    assert queries.by_state(place.lead.scope) == {"received": 2}
    with scoped(place.system):
        joan, bill = Referral.objects.get(given_name="Joan"), Referral.objects.get(given_name="Bill")
    assert (joan.named_with_id, bill.named_with_id) == (bill.pk, joan.pk)
    assert (bill.postcode, bill.phone, bill.why, bill.needs) == ("BS1 4DJ", "", second["second_why"], [])
    assert bill.safe_phone is None
    names = {row.person_name for row in queries.sent_referrals(place.referrer.scope)}
    assert names == {"Joan Pickering", "Bill Pickering"}


def test_half_a_second_person_is_asked_for_the_rest(place: Place, client_for: ClientFor) -> None:
    given = REFERRAL | {"submission_key": str(uuid4()), "second_given_name": "Bill"}
    answer = client_for(place.referrer).post("/referrals/refer/wexcombe/", given)
    assert answer.status_code == 422
    assert "Choose whether they know about this" in text_of(answer)
    assert BeautifulSoup(answer.content, "html.parser").find("details", open=True) is not None


def test_somebody_who_asks_for_themselves_may_add_whoever_lives_with_them(place: Place, client: Client) -> None:
    last = walk(client, FOR_ME)
    page = client.post(FORM, {"carried": hidden(last.content, "carried"), "go": "change-second"})
    typed = {
        "second_given_name": "Ola",
        "second_family_name": "Lind",
        "second_why": "Company",
        "second_knows": "agrees",
    }
    page = client.post(FORM, {"carried": hidden(page.content, "carried"), "step": "second", "go": "on", **typed})
    assert "Also for" in text_of(page)
    assert "Ola has a request of their own" in text_of(send(client, page))
    with scoped(place.system):
        ola = Referral.objects.get(given_name="Ola")
    assert (ola.source, ola.referrer_name, ola.referrer_role) == ("relative", "Maya Lind", "lives with them")
    assert (ola.phone, ola.language, ola.date_of_birth) == ("", "", None)


def test_without_a_second_person_nothing_is_asked_about_one(place: Place, client: Client) -> None:
    last = walk(client, FOR_ME)
    page = client.post(FORM, {"carried": hidden(last.content, "carried"), "go": "change-second"})
    page = client.post(FORM, {"carried": hidden(page.content, "carried"), "step": "second", "go": "on"})
    send(client, page)
    assert queries.by_state(place.lead.scope) == {"received": 1}


def test_age_is_whole_years_on_the_day(place: Place) -> None:
    assert Rules(youngest=18).takes(18)
    assert not Rules(youngest=18).takes(17)
    assert not Rules(youngest=0, oldest=17).takes(18)
    assert Rules(youngest=0, oldest=25).ages_words == "aged 25 and under"
