"""If these fail, somebody who asks for help in Welsh meets English, or is not seen in time."""

from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.forms import Form
from django.test import Client

from linkwell.accounts.models import Organisation
from linkwell.core.database import scoped
from linkwell.core.models import OutboxEvent
from linkwell.core.sent import add_findings
from linkwell.kernel.danger import DangerKind, dangers_in
from linkwell.kernel.errors import Invalid
from linkwell.kernel.tongue import Tongue, speaking
from linkwell.messaging.models import Message
from linkwell.referrals import actions, handlers, queries
from linkwell.referrals.queries import Filters
from linkwell.referrals.tests.helpers import refer, text_of
from linkwell.referrals.tests.test_asking import FOR_ME, hidden
from tests.place import Place

FORM = "/ask/wexcombe/?lang=cy"


@pytest.fixture(autouse=True)
def nothing_counted(db: None) -> None:
    cache.clear()


def asked_in_welsh(client: Client, answers: dict[str, dict[str, Any]]) -> Any:
    page = client.post(FORM, {"carried": hidden(client.get(FORM).content, "carried")})
    while step := hidden(page.content, "step"):
        assert '<html lang="cy"' in page.content.decode()
        sent = {"carried": hidden(page.content, "carried"), "step": step, "go": "on", **answers[step]}
        page = client.post(FORM, sent)
        assert page.status_code == 200, text_of(page)
    return page


def test_somebody_asks_and_is_thanked_in_welsh_and_the_team_reads_english(place: Place, client: Client) -> None:
    answers = {**FOR_ME, "born": {"date_of_birth_day": "1", "date_of_birth_month": "Mehefin",
                                  "date_of_birth_year": "1980"}, "need": {"language": "Cymraeg"}}  # fmt: skip
    last = asked_in_welsh(client, answers)
    assert "Ydy hyn yn gywir?" in text_of(last)
    assert "1 Mehefin 1980" in text_of(last)
    assert "Teimlo'n unig" in text_of(last)

    done = client.post(FORM, {"carried": hidden(last.content, "carried"), "go": "send"})

    assert "Eich cyfeirnod LW-" in text_of(done)
    row = queries.triage(place.lead.scope, Filters()).rows[0]
    given = queries.referral(place.lead.scope, row.id).details
    assert (given.language, given.needs) == ("Welsh", ("lonely",))
    again = client.post("/ask/wexcombe/?lang=en-gb", {"carried": hidden(done.content, "carried"), "go": "send"})
    assert "Your reference LW-" in text_of(again)
    assert queries.by_state(place.lead.scope) == {"received": 1}, "the other language is not another request"


@pytest.mark.parametrize(("language", "title"), [("en-gb", "This is not for emergencies"),
                                                 ("cy", "Nid yw hwn ar gyfer argyfyngau")])  # fmt: skip
def test_a_title_is_said_once(place: Place, client: Client, language: str, title: str) -> None:
    assert text_of(client.get(f"/ask/wexcombe/?lang={language}")).count(title) == 1


def test_changing_the_language_loses_nothing_that_was_typed(place: Place, client: Client) -> None:
    start = client.post("/ask/wexcombe/", {"carried": hidden(client.get("/ask/wexcombe/").content, "carried")})
    page = client.post("/ask/wexcombe/", {"carried": hidden(start.content, "carried"), "step": "who", "who": "me"})
    sent = {"carried": hidden(page.content, "carried"), "step": "name", "given_name": "Non", "go": "stay"}

    welsh = client.post(FORM, sent)

    assert "Beth yw eich enw?" in text_of(welsh)
    assert 'value="Non"' in welsh.content.decode()
    assert "Mae problem" not in text_of(welsh), "nobody has said yet that the page is done"
    assert welsh.status_code == 200


def test_a_mistake_is_explained_in_welsh(place: Place, client: Client) -> None:
    start = client.post(FORM, {"carried": hidden(client.get(FORM).content, "carried")})

    page = client.post(FORM, {"carried": hidden(start.content, "carried"), "step": "who", "go": "on"})

    assert "Dewiswch pwy sydd angen help" in text_of(page)
    title = BeautifulSoup(page.content, "html.parser").title
    assert title is not None
    assert title.get_text().startswith("Gwall")


def test_help_that_cannot_wait_is_shown_in_welsh_for_welsh_words(place: Place, client: Client) -> None:
    last = asked_in_welsh(client, {**FOR_ME, "help": {"why": "Dwi ddim eisiau byw ddim mwy"}})

    assert "Y Samariaid: ffoniwch 116 123" in text_of(last)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (DangerKind.SUICIDE, "Rwy'n meddwl am ladd fy hun"),
        (DangerKind.SUICIDE, "does dim pwynt byw"),
        (DangerKind.SUICIDE, "dw i isio marw"),
        (DangerKind.CHILD, "mae o'n taro'r plant"),
        (DangerKind.ABUSE, "Mae fy ngŵr yn fy mygwth"),
        (DangerKind.ABUSE, "dydw i ddim yn teimlo'n ddiogel gartref"),
        (DangerKind.NO_FOOD_OR_HEAT, "does gen i ddim bwyd heddiw"),
    ],
)
def test_welsh_words_of_danger_are_seen(kind: DangerKind, said: str) -> None:
    assert kind in {danger.kind for danger in dangers_in(said)}


@pytest.mark.parametrize("said", ["Rwy'n unig ac yn hoffi garddio", "Hoffwn gwrdd â phobl newydd a chael mwy o gwmni",
                                  "Mae fy mab yn byw yn bell", "Rwy'n cael trafferth gyda biliau"])  # fmt: skip
def test_everyday_welsh_raises_no_alarm(said: str) -> None:
    assert dangers_in(said) == ()


def test_the_thanks_that_are_sent_are_in_welsh(place: Place, client: Client) -> None:
    reach = {"reach": {"phone": "07700 900 123", "email": "non@example.org"}}
    safe = {"safe": {"safe_phone": "yes", "safe_email": "yes"}}
    last = asked_in_welsh(client, {**FOR_ME, **reach, **safe, "need": {"language": "Cymraeg"}})
    client.post(FORM, {"carried": hidden(last.content, "carried"), "go": "send"})
    told = OutboxEvent.objects.get(event="referral.told")

    handlers.mail_the_sender(place.system, told.object_id)

    with scoped(place.system):
        message = Message.objects.get(template="person_received_cy")
    assert message.subject == "Mae gennych neges"
    assert "Byddwn yn ei darllen erbyn dydd" in message.body


def test_what_an_action_refuses_is_said_in_the_language_of_the_page(
    place: Place, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = asked_in_welsh(client, FOR_ME)
    receive = actions.receive_from_public

    def just_switched_off(**given: Any) -> Any:
        return receive(**given | {"team": replace(given["team"], takes_self_referrals=False)})

    monkeypatch.setattr(actions, "receive_from_public", just_switched_off)
    page = client.post(FORM, {"carried": hidden(last.content, "carried"), "go": "send"})
    assert page.status_code == 400
    assert "Ni all y tîm hwn gymryd ceisiadau o'r dudalen hon." in text_of(page)
    assert '<html lang="cy"' in page.content.decode()


def test_what_an_action_finds_wrong_stands_in_welsh_beside_its_box() -> None:
    with speaking(Tongue.WELSH):
        form = Form({})
        add_findings(form, Invalid({"": "Say what they would like help with."}))
        assert form.non_field_errors() == ["Dywedwch â beth yr hoffent gael help."]


def test_whoever_refers_to_a_team_in_wales_is_written_to_in_both_languages(place: Place) -> None:
    Organisation.objects.filter(pk=place.organisation_id).update(nation="WLS")
    refer(place)
    told = OutboxEvent.objects.get(event="referral.told")
    handlers.mail_the_sender(place.system, told.object_id)
    with scoped(place.system):
        message = Message.objects.get(template="referrer_received_cy")
    assert message.subject == "Mae gennych neges / We have received it"
    assert message.body.index("Rydym wedi derbyn LW-") < message.body.index("We have received LW-")
