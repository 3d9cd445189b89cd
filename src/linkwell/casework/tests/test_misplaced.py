"""If these fail, somebody's note stays on a stranger's record, or moving it tells the one about the other."""

from collections.abc import Callable
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from linkwell.casework import actions, queries
from linkwell.casework.tests.helpers import supported, talk
from linkwell.core.database import scoped
from linkwell.core.models import TimelineEntry
from linkwell.kernel.errors import InvalidMove
from tests.place import Member, Place

pytestmark = pytest.mark.django_db
WORDS = "zebra-the-neighbour-shouts"


def written_on_the_wrong_record(place: Place) -> tuple[UUID, UUID, UUID]:
    wrong, right = supported(place), supported(place, given_name="Vera", family_name="Cole")
    note = talk(place.worker.scope, wrong, note=WORDS, third_party_note="zebra-told-by-son")
    return wrong, right, note


@pytest.mark.fault("F16")
def test_a_note_moves_from_its_page_and_leaves_a_trace_on_both(
    place: Place, client_for: Callable[[Member], Client]
) -> None:
    wrong, right, note = written_on_the_wrong_record(place)
    client = client_for(place.worker)
    page = client.get(reverse("casework:conversation", args=[note]))
    link = BeautifulSoup(page.content, "html.parser").find("a", string="This note belongs to somebody else")
    assert link is not None
    address = str(link["href"])
    assert "Vera Cole" in client.get(address, {"q": "cole"}).content.decode()
    answer = client.post(address, {"q": "cole", "case": str(right), "reason": "Two windows"}, follow=True)
    assert "Moved. This record now says" in answer.content.decode()
    scope = place.worker.scope
    left = queries.interaction(scope, note)
    assert (left.outcome, left.newest_note, left.newest_third_party_note) == ("moved", "", "")
    here = queries.interactions(scope, right)[0]
    assert (here.newest_note, here.newest_third_party_note, here.outcome) == (WORDS, "zebra-told-by-son", "talked")
    for one in (wrong, right):
        with scoped(scope):
            lines = TimelineEntry.objects.filter(person_id=queries.case(scope, one).person_id)
            assert any("A note was moved" in line.summary for line in lines)
    shown = client.get(reverse("casework:conversation", args=[note])).content.decode()
    assert WORDS not in shown
    assert "Vera" not in shown
    with pytest.raises(InvalidMove):
        actions.move_interaction(scope=scope, interaction_id=note, right_case_id=right, reason="Again")


def test_what_was_moved_away_counts_no_more_as_the_last_contact(place: Place) -> None:
    wrong, right, note = written_on_the_wrong_record(place)
    scope = place.worker.scope
    before = queries.case(scope, wrong).last_contact_at
    actions.correct_note(
        scope=scope, interaction_id=note, expected_corrections=0, note="Put right", third_party_note="", reason="Typing"
    )
    moved = actions.move_interaction(scope=scope, interaction_id=note, right_case_id=right, reason="Two windows")
    assert queries.interaction(scope, moved).newest_note == "Put right"
    assert queries.interaction(scope, note).corrections == ()
    after = queries.case(scope, wrong).last_contact_at
    assert before is not None
    assert after is not None
    assert after <= before


def test_nobody_outside_moves_a_note(place: Place, client_for: Callable[[Member], Client]) -> None:
    _, right, note = written_on_the_wrong_record(place)
    address = reverse("casework:move_note", args=[note])
    typed = {"case": str(right), "reason": "x"}
    assert client_for(place.stranger).get(address).status_code == 404
    assert client_for(place.stranger).post(address, typed).status_code == 404
