"""If these fail, a rule of the service can only be changed by a programmer, or by somebody who should not."""

import datetime as dt
from collections.abc import Callable
from dataclasses import fields

import pytest
from django.test import Client
from django.urls import reverse

from linkwell.accounts import actions, queries
from linkwell.accounts.forms.rules import RulesForm, shown
from linkwell.accounts.models import Network, NetworkMembership, Organisation
from linkwell.accounts.rules import Rules, Targets
from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent
from linkwell.kernel.errors import Invalid, NotAllowed, NotFound
from tests.place import Member, Place

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]


def typed(**changed: object) -> dict[str, str]:
    values = {name: "" if value is None else str(value) for name, value in shown(Rules()).items()}
    values.pop("for_children")
    return values | {name: str(value) for name, value in changed.items()}


def test_every_number_of_the_service_has_a_box() -> None:
    assert set(RulesForm.base_fields) == {field.name for field in fields(Rules)}


def test_a_lead_changes_a_rule_and_the_trail_says_which(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.lead)
    page = client.get(reverse("accounts:rules"), follow=True)
    assert "Rules of Wexcombe link workers" in page.content.decode()
    address = reverse("accounts:team_rules", args=[place.team_id])
    assert client.post(address, typed(youngest=16, oldest=25)).status_code == 302
    rules = queries.rules(place.team_id)
    assert (rules.youngest, rules.oldest, rules.first_talk_working_days) == (16, 25, 15)
    with scoped(place.system):
        event = AuditEvent.objects.get(object_kind="team_rules")
    assert set(event.fields) == {"youngest", "oldest"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"youngest": 30, "oldest": 20}, "The oldest age must be the youngest age or more"),
        ({"first_try_working_days": 20}, "The first conversation cannot be due before the first try"),
        ({"still_waiting_weeks": "often"}, "must be a number from 1 to 26"),
        ({"full_time_hours": "1e400"}, "must be a number from 1 to 60"),
    ],
)
def test_rules_that_cannot_be_are_explained(
    place: Place, client_for: ClientFor, wrong: dict[str, object], said: str
) -> None:
    answer = client_for(place.lead).post(reverse("accounts:team_rules", args=[place.team_id]), typed(**wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert queries.rules(place.team_id) == Rules()


def test_rules_belong_to_the_team_and_its_leaders(place: Place, client_for: ClientFor) -> None:
    address = reverse("accounts:team_rules", args=[place.team_id])
    assert client_for(place.stranger_lead).get(address).status_code == 404
    assert client_for(place.worker).get(address).status_code == 404
    with pytest.raises(NotFound):
        actions.set_rules(scope=place.stranger_lead.scope, team_id=place.team_id, rules=Rules())
    with pytest.raises(NotAllowed):
        actions.set_rules(scope=place.worker.scope, team_id=place.team_id, rules=Rules())


def test_a_commissioners_targets_hold_for_its_practices_and_nobody_else(place: Place, client_for: ClientFor) -> None:
    board = Organisation.objects.create(code="QZZ", name="Wexcombe care board", kind="icb")
    today = dt.date(2026, 6, 1)
    network = Network.objects.create(name="Board", agreement="Made up", agreed_on=today, review_on=today)
    for who in (board.pk, place.practice_id):
        NetworkMembership.objects.create(network=network, organisation_id=who, joined_on=today)
    given = {"commissioner": str(board.pk), "triage": "1", "first_try": "2", "first_talk": "10"}
    client = client_for(place.administrator)
    address = reverse("accounts:team_targets", args=[place.team_id])
    client.post(address, given)

    book = queries.target_book([place.team_id])
    asked = Targets(1, 2, 10)
    assert [book.of(place.team_id, who) for who in (board.pk, place.practice_id)] == [asked, asked]
    assert [book.of(place.team_id, who) for who in (place.stranger_organisation_id, None)] == [Targets(), Targets()]

    assert "Wexcombe care board" in client.get(reverse("accounts:team_rules", args=[place.team_id])).content.decode()
    client.post(reverse("accounts:team_targets_end", args=[place.team_id]), {"commissioner": str(board.pk)})
    assert queries.commissioner_targets(place.team_id) == ()
    assert client.post(address, given | {"first_talk": "1"}).status_code == 422
    with pytest.raises(Invalid):
        actions.set_targets(
            scope=place.lead.scope, team_id=place.team_id, commissioner_id=board.pk, targets=Targets(1, 5, 2)
        )
