"""The pages of a person: who may open them, what they say, and what they keep of what was typed."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from linkwell.kernel import clock
from linkwell.people import actions, queries
from linkwell.people.details import AboutMeWords, ConcernDetails, RelatedDetails, SafeAnswers
from linkwell.people.tests.people import add, dot
from linkwell.people.tests.reading import shown, typed_in
from tests.place import Member, Place

SignIn = Callable[[Member], Client]
PAGES = ["details", "needs", "safe_contact", "contacts", "add_related", "home_access", "change_home_access", "about_me",
         "about_me_history", "risks", "agreements", "same_person", "raise_concern"]  # fmt: skip


def full(place: Place) -> UUID:
    """A person with something in every part of the record."""
    scope, person = place.worker.scope, dot(place.worker.scope)
    actions.add_contact_point(scope=scope, person_id=person, kind="mobile", value="07700900123", told_by="relative")
    actions.record_safe_contact(
        scope=scope, person_id=person, answers=SafeAnswers(text=False, instruction="Visit in pairs", told_by="referrer")
    )
    actions.record_about_me(
        scope=scope, person_id=person, expected_version=0, about=AboutMeWords(matters_most="My dog")
    )
    actions.add_requirement(scope=scope, person_id=person, kind="access", detail="No stairs")
    actions.record_risk(scope=scope, person_id=person, none_known=False, detail="Falls")
    actions.record_agreement(scope=scope, person_id=person, subject="tell_gp", answer="agreed", how="spoken")
    actions.add_related_contact(scope=scope, person_id=person, details=RelatedDetails("Ken", "husband"))
    other = add(scope, "Dorothy", "Baker", postcode="BS1 4DJ")
    actions.link_identity(scope=scope, record_id=person, same_as_id=other, reason="I asked her")
    add(scope, "Dorothy", "Backer", date_of_birth=queries.contact_card(scope, person).details.date_of_birth)
    return person


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_for_the_care_team_and_is_not_there_for_strangers(
    place: Place, client_for: SignIn, name: str
) -> None:
    person = full(place)
    address = reverse(f"people:{name}", args=[person])
    assert client_for(place.worker).get(address).status_code == 200
    for outsider in (place.stranger, place.stranger_lead, place.referrer, place.administrator):
        assert client_for(outsider).get(address).status_code == 404
        assert client_for(outsider).post(address, {}).status_code == 404
    assert Client().get(address).status_code == 302
    assert client_for(place.worker).get(reverse(f"people:{name}", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("name", [name for name in PAGES if name != "about_me_history" and name != "same_person"])
def test_an_empty_form_comes_back_with_what_to_mend(place: Place, client_for: SignIn, name: str) -> None:
    person = dot(place.worker.scope)
    answer = client_for(place.worker).post(reverse(f"people:{name}", args=[person]), {})
    assert answer.status_code in (200, 302)
    if answer.status_code == 200:
        assert "There is a problem" in shown(answer)


def test_the_list_and_its_search(place: Place, client_for: SignIn) -> None:
    client = client_for(place.worker)
    assert "People are added when a referral is accepted" in shown(client.get("/people/"))
    dot(place.worker.scope)
    page = shown(client.get("/people/", {"q": "bak"}))
    assert "Dot Baker" in page
    assert "27 March 1951" in page
    assert "Nobody found" in shown(client.get("/people/", {"q": "<script>"}))
    assert client.get("/people/", {"page": "-1", "q": "\x00"}).status_code == 200
    assert "Dot Baker" not in shown(client_for(place.stranger).get("/people/"))


def test_safe_contact_is_saved_from_its_form(place: Place, client_for: SignIn) -> None:
    person = dot(place.worker.scope)
    typed = {
        "told_by": "person",
        "asked_alone": "on",
        "phone": "yes",
        "voicemail": "no",
        "text": "yes",
        "email": "not_asked",
        "letter": "not_asked",
        "instruction": "Never phone after 5pm",
        "reason": "CANARY",
    }
    address = reverse("people:safe_contact", args=[person])
    assert client_for(place.worker).post(address, typed).status_code == 302
    stands = queries.safe_answers(place.worker.scope, person)
    assert (stands.phone, stands.voicemail, stands.text, stands.email, stands.letter) == (True, False, True, None, None)
    assert stands.confirmed == {"phone", "voicemail", "text"}
    assert "CANARY" in shown(client_for(place.worker).get(address))
    assert "CANARY" not in shown(client_for(place.colleague).get(address))


def test_an_instruction_that_stands_is_not_said_twice(place: Place, client_for: SignIn) -> None:
    person = full(place)
    typed = dict.fromkeys(("phone", "voicemail", "text", "email", "letter"), "not_asked")
    typed |= {"told_by": "relative", "instruction": "Visit in pairs"}
    assert client_for(place.worker).post(reverse("people:safe_contact", args=[person]), typed).status_code == 302
    stands = queries.safe_answers(place.worker.scope, person)
    assert stands.instructions == ("Visit in pairs",)
    assert stands.text is False


@pytest.mark.fault("F33")
def test_details_changed_by_two_people_keep_the_typed_words_and_say_who(place: Place, client_for: SignIn) -> None:
    person = dot(place.worker.scope)
    address = reverse("people:details", args=[person])
    typed = {"version": "1", "given_name": "Dorothy", "family_name": "Baker", "gender": "woman"}
    assert client_for(place.colleague).post(address, typed).status_code == 302
    mine = client_for(place.worker).post(address, typed | {"preferred_name": "Dotty"})
    assert mine.status_code == 409
    assert "Priya Nair changed this while you were typing" in shown(mine)
    assert typed_in(mine, "preferred_name") == "Dotty"
    assert typed_in(mine, "version") == "2"
    again = client_for(place.worker).post(address, typed | {"preferred_name": "Dotty", "version": "2"})
    assert again.status_code == 302
    assert queries.banner(place.worker.scope, person).name == "Dotty Baker"


@pytest.mark.fault("F33")
def test_about_me_written_by_two_people_shows_both(place: Place, client_for: SignIn) -> None:
    person = dot(place.worker.scope)
    address = reverse("people:about_me", args=[person])
    assert client_for(place.colleague).post(address, {"version": "0", "matters_most": "My dog"}).status_code == 302
    mine = client_for(place.worker).post(address, {"version": "0", "matters_most": "My garden"})
    assert mine.status_code == 409
    assert "My dog" in shown(mine)
    assert "My garden" in shown(mine)
    assert client_for(place.worker).post(address, {"version": "1", "matters_most": "Both"}).status_code == 302
    assert queries.about_me(place.worker.scope, person).words.matters_most == "Both"


def test_withdrawing_says_that_the_record_is_not_erased(place: Place, client_for: SignIn) -> None:
    person = full(place)
    (row,) = queries.agreements(place.worker.scope, person)
    address = reverse("people:withdraw", args=[person, row.id])
    client = client_for(place.worker)
    assert "Withdrawing ends future sharing and does not erase the record" in shown(client.get(address))
    assert client.post(address, {"how": "spoken"}).status_code == 302
    assert client.get(address).status_code == 404
    assert not any(each.agreed for each in queries.agreements(place.worker.scope, person))


def test_records_are_joined_and_parted_by_hand(place: Place, client_for: SignIn) -> None:
    scope = place.worker.scope
    first, second = dot(scope), add(scope, "Dorothy", "Baker", postcode="BS1 4DJ")
    client = client_for(place.worker)
    page = shown(client.get(reverse("people:same_person", args=[first])))
    assert "Linkwell never joins records by itself" in page
    assert "Same postcode" in page
    both = reverse("people:side_by_side", args=[first, second])
    assert client_for(place.stranger).get(both).status_code == 404
    assert "different" in shown(client.get(both))
    assert "There is a problem" in shown(client.post(both, {}))
    assert client.post(both, {"reason": "I asked her"}).status_code == 302
    (link,) = queries.identity_links(scope, first)
    undo = reverse("people:undo_same_person", args=[first, link.id])
    assert client.get(undo).status_code == 405
    assert client_for(place.stranger).post(undo).status_code == 404
    assert client.post(undo).status_code == 302
    assert queries.identity_links(scope, first) == ()


def test_the_way_into_a_home_is_shown_once_to_whoever_says_why(place: Place, client_for: SignIn) -> None:
    person = dot(place.worker.scope)
    client = client_for(place.worker)
    change = reverse("people:change_home_access", args=[person])
    assert client.post(change, {"note": "Key safe 1234"}).status_code == 302
    address = reverse("people:home_access", args=[person])
    assert "1234" not in shown(client.get(address))
    opened = client.post(address, {"reason": "visit"})
    assert "1234" in shown(opened)
    assert "no-store" in opened["Cache-Control"]


def test_only_a_lead_restricts_a_record(place: Place, client_for: SignIn) -> None:
    person = dot(place.worker.scope)
    address = reverse("people:restrict", args=[person])
    assert client_for(place.worker).get(address).status_code == 404
    assert client_for(place.lead).post(address, {"reason": "Refuge"}).status_code == 302
    assert queries.kept_apart(place.worker.scope, person)
    assert "Lift the restriction" in shown(client_for(place.lead).get(address))


def test_a_concern_goes_from_the_persons_page_to_the_queue_and_on(place: Place, client_for: SignIn) -> None:
    person, worker, lead = dot(place.worker.scope), client_for(place.worker), client_for(place.safeguarding_lead)
    address = reverse("people:raise_concern", args=[person])
    key = typed_in(worker.get(address), "submission_key")
    typed = {"submission_key": key, "danger_now": "unsure", "what_happened": "No food", "agreed_to_share": "not_asked"}
    assert [worker.post(address, typed).status_code for _ in range(2)] == [302, 302]
    assert worker.get(reverse("safeguarding:queue")).status_code == 404
    assert shown(lead.get(reverse("safeguarding:queue"))).count("Dot Baker") == 1
    (row,) = queries.concerns(place.lead.scope)
    one = reverse("safeguarding:concern", args=[row.id])
    assert "No food" in shown(lead.get(one))
    assert worker.get(one).status_code == client_for(place.stranger_lead).get(one).status_code == 404
    take = reverse("safeguarding:step", args=[row.id, "take"])
    day: dict[str, object] = {"next_date_day": "", "next_date_month": "", "next_date_year": ""}
    assert "There is a problem" in shown(lead.post(take, {"version": "1", **day}))
    today = clock.today()
    day = {"next_date_day": today.day, "next_date_month": today.month, "next_date_year": today.year}
    assert lead.post(take, {"version": "1", **day}).status_code == 302
    stale = lead.post(reverse("safeguarding:step", args=[row.id, "note"]), {"version": "1", "text": "Rang", **day})
    assert stale.status_code == 409
    assert "Rang" in stale.content.decode()
    assert lead.get(reverse("safeguarding:step", args=[row.id, "nonsense"])).status_code == 404


@pytest.mark.fault("F16")
def test_no_page_of_the_person_hints_at_a_concern(place: Place, client_for: SignIn) -> None:
    person = full(place)
    concern = ConcernDetails(about="CANARY", what_happened="CANARY", their_words="CANARY")
    actions.raise_concern(scope=place.worker.scope, person_id=person, concern=concern)
    for name in PAGES:
        for member in (place.worker, place.lead):
            assert "CANARY" not in client_for(member).get(reverse(f"people:{name}", args=[person])).content.decode()
    assert "CANARY" not in client_for(place.worker).get("/people/").content.decode()
