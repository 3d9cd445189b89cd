"""A worker would write groups on a scrap of paper if they could not be put aside, compared and printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from linkwell.core.database import scoped
from linkwell.directory import queries
from linkwell.directory.cli import directory
from linkwell.directory.models import GapSource, ServiceGap
from linkwell.directory.queries import Search
from tests.place import Member, Place

SignedIn = Callable[[Member], Client]


def text_of(response: object) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())  # type: ignore[attr-defined]


def test_groups_are_put_aside_compared_printed_and_taken_off(wexcombe: Place, client_for: SignedIn) -> None:
    client = client_for(wexcombe.worker)
    rows = queries.find(wexcombe.worker.scope, Search(words="choir")).rows[:2]
    for row in rows:
        for _ in range(2):
            assert client.post(reverse("directory:put_aside", args=[row.service.id])).status_code == 302
    page = text_of(client.get(reverse("directory:shortlist")))
    assert "Side by side" in page
    assert all(row.service.name in page for row in rows)
    assert "On your shortlist" in text_of(client.get(reverse("directory:find"), {"words": "choir"}))
    for look in ("usual", "large", "easy", "x"):
        sheet = client.get(reverse("directory:shortlist_print"), {"look": look})
        title = BeautifulSoup(sheet.content, "html.parser").title
        assert title is not None
        assert title.get_text().startswith("Places and times")
        assert rows[0].service.name in text_of(sheet)
        assert "Good for" not in text_of(sheet)
    client.post(reverse("directory:take_off", args=[rows[0].service.id]))
    assert rows[0].service.name not in text_of(client.get(reverse("directory:shortlist")))


@pytest.mark.fault("F14")
def test_a_shortlist_is_ones_own_and_holds_only_groups_of_ones_own_directory(
    wexcombe: Place, client_for: SignedIn
) -> None:
    service = queries.find(wexcombe.worker.scope, Search(words="choir")).rows[0].service
    client_for(wexcombe.worker).post(reverse("directory:put_aside", args=[service.id]))
    assert service.name not in text_of(client_for(wexcombe.colleague).get(reverse("directory:shortlist")))
    stranger = client_for(wexcombe.stranger)
    for each in (service.id, uuid4()):
        assert stranger.post(reverse("directory:put_aside", args=[each])).status_code == 404


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("we have no food today", "999"),
        ("I want to end my life", "Samaritans"),
        ("my husband hits me", "Domestic Abuse"),
    ],
)
def test_what_cannot_wait_stands_above_everything(
    wexcombe: Place, client_for: SignedIn, words: str, first: str
) -> None:
    page = client_for(wexcombe.worker).get(reverse("directory:find"), {"words": words}).content.decode()
    assert "Help that cannot wait" in page
    assert page.index("Help that cannot wait") < page.index("results-title")
    assert first in page


def test_a_search_that_finds_nothing_good_is_counted_once_and_not_with_its_words(
    wexcombe: Place, client_for: SignedIn
) -> None:
    client = client_for(wexcombe.worker)
    asked = {"words": "gambling is ruining my xylophone", "place": "ZW9", "facts": ["men", "women"]}
    for _ in range(2):
        client.get(reverse("directory:find"), asked)
    with scoped(wexcombe.worker.scope):
        (gap,) = ServiceGap.objects.all()
    assert (gap.source, gap.words, gap.need, gap.district) == (GapSource.SEARCH, "", "drink_drugs", "ZW9")


def test_the_map_repeats_the_numbers_of_the_list(wexcombe: Place, client_for: SignedIn) -> None:
    page = client_for(wexcombe.worker).get(reverse("directory:find"), {"words": "choir", "place": "ZW1 1AB"})
    soup = BeautifulSoup(page.content, "html.parser")
    drawn = soup.find("svg", class_="lw-map__drawing")
    assert drawn is not None
    shown = [each.get_text() for each in drawn.find_all("text", class_="lw-map__number")]
    assert "1" in [number for each in shown for number in each.split(", ")]
    assert "Open Government Licence" in soup.get_text()


def test_a_place_may_be_typed_with_the_words(wexcombe: Place, client_for: SignedIn) -> None:
    said = text_of(client_for(wexcombe.worker).get(reverse("directory:find"), {"words": "warm space near ZW1 1AB"}))
    assert "The Warm Room" in said
    assert "away" in said


def test_the_command_answers_in_the_order_of_the_page(wexcombe: Place) -> None:
    asked = ["search", "learn to dance", "--organisation", "WEX01", "--near", "ZW1 1AB", "--limit", "5", "--json"]
    done = CliRunner().invoke(directory, asked, catch_exceptions=False)
    answers = json.loads(done.stdout)
    near = queries.locate(wexcombe.worker.scope, "ZW1 1AB")
    page = queries.find(wexcombe.worker.scope, Search(words="learn to dance", near=near)).rows[:5]
    assert [each["id"] for each in answers] == [str(each.service.id) for each in page]
    assert set(answers[0]) == {"id", "source_id", "name", "organisation", "distance_km", "score", "why"}
    assert answers[0]["source_id"]
    assert answers[0]["why"]
    assert CliRunner().invoke(directory, [*asked[:4], "--near", "Atlantis"]).exit_code == 1
