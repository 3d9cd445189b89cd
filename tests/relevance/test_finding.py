"""Somebody who says in their own words what is the matter would be sent to the wrong place, or to none."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.test import Client

from linkwell.core.database import scoped
from linkwell.directory import queries
from linkwell.directory.actions.meanings import tell_meanings
from linkwell.directory.models import Meaning, Service
from linkwell.directory.queries import Search
from linkwell.directory.sentences import MODEL
from linkwell.directory.tests.samples import load
from tests.place import Place
from tests.relevance.measures import Need, figures, ndcg, needs
from tests.relevance.ways import compare

DEMO = Path(__file__).parents[2] / "src" / "linkwell" / "demo" / "feed" / "wexcombe.json"
COUNCIL = "LINKWELL_JUDGED_FEED"


# What the demo feed means is told once: by feed identifier, the text's hash and its direction.
_told: dict[str, tuple[str, bytes]] = {}


@pytest.fixture
def meant(place: Place) -> Place:
    """The demo place's directory with what its services mean."""
    load(place, DEMO.read_bytes(), source="Wexcombe")
    with scoped(place.system):
        if _told:
            _as_told(place)
        else:
            tell_all(place)
            for each in Meaning.objects.select_related("service"):
                _told[each.service.feed_id] = (each.text_hash, bytes(each.direction))
    return place


def tell_all(place: Place) -> None:
    while tell_meanings(place.system):
        pass


def _as_told(place: Place) -> None:
    Meaning.objects.bulk_create(
        Meaning(
            organisation_id=place.organisation_id,
            service_id=service_id,
            text_hash=_told[feed_id][0],
            model=MODEL,
            direction=_told[feed_id][1],
            of_change=changed_in,
        )
        for service_id, feed_id, changed_in in Service.objects.values_list("pk", "feed_id", "changed_in")
    )


def test_the_measures_are_those_of_the_books() -> None:
    judged = {"a": 3, "b": 2, "c": 1}
    assert ndcg(["a", "b", "c"], judged) == 1.0
    assert ndcg(["x", "a"], judged) == pytest.approx((7 / 1.5849625) / (7 + 3 / 1.5849625 + 1 / 2), abs=1e-6)
    found = figures([["x", "a"]], [Need("w", judged)])
    assert (found.mrr, found.precision) == (0.5, 0.1)


def test_every_judgement_names_a_record_and_a_grade() -> None:
    known = {each["id"] for each in json.loads(DEMO.read_text())["contents"]}
    for need in needs("wexcombe"):
        assert need.judged.keys() <= known, need.words
    for name, least in (("wexcombe", 40), ("bristol", 60)):
        read = needs(name)
        assert len({need.words for need in read}) == len(read) >= least
        assert all(need.judged and set(need.judged.values()) <= {1, 2, 3} for need in read)


def test_words_and_meaning_together_find_more_than_either(meant: Place) -> None:
    found = compare(meant.worker.scope, needs("wexcombe"))
    assert found["both"].ndcg > max(found["words"].ndcg, found["model"].ndcg)
    assert found["both"].ndcg > 0.75
    assert found["both"].mrr > 0.8


@pytest.mark.skipif(COUNCIL not in os.environ, reason=f"{COUNCIL} names no council's feed to judge by")
def test_a_councils_real_directory_is_found_well_too(place: Place) -> None:
    load(place, Path(os.environ[COUNCIL]).read_bytes(), source="Council")
    with scoped(place.system):
        tell_all(place)
    found = compare(place.worker.scope, needs("bristol"))
    assert found["both"].ndcg > max(found["words"].ndcg, found["model"].ndcg)
    assert found["both"].ndcg >= 0.6


def first(place: Place, words: str, **facts: object) -> list[str]:
    return [each.service.name for each in queries.find(place.worker.scope, Search(words=words, **facts))]  # type: ignore[arg-type]


def test_with_the_model_the_eight_kinds_are_still_within_three_results(meant: Place) -> None:
    for words, kind in (
        ("somewhere to make friends", "social_group"), ("get in the pool", "swimming_group"), ("bowls", "sports_club"),
        ("english classes", "course"), ("nothing to eat", "food_bank"), ("men's shed", "community_group"),
        ("learn to dance", "dancing_class"), ("old photos", "history_group"),
    ):  # fmt: skip
        rows = queries.find(meant.worker.scope, Search(words=words)).rows[:3]
        assert any(kind in each.service.kinds for each in rows), (words, [each.service.name for each in rows])


def test_no_food_today_brings_the_food_first_whatever_else_is_said(meant: Place) -> None:
    rows = queries.find(meant.worker.scope, Search(words="we have no food today and I would love a choir")).rows
    assert rows[0].urgent
    assert "food_bank" in rows[0].service.kinds


def test_what_is_refused_stays_away_with_the_model_too(meant: Place) -> None:
    assert "The Warm Room" in first(meant, "somewhere warm")
    for words in ("somewhere warm, not church", "somewhere warm without church", "somewhere warm but no church"):
        assert "The Warm Room" not in first(meant, words), words
        assert first(meant, words), words


def test_how_things_are_is_not_taken_for_a_refusal(meant: Place) -> None:
    assert "Foot in the Door Work Club" in first(meant, "no job since prison")[:3]
    assert "Wexcombe Food Bank" in first(meant, "there is not enough food at home")[:3]


def test_a_service_that_says_something_else_gets_a_new_meaning_and_nothing_else_does(meant: Place) -> None:
    with scoped(meant.system):
        before = {each.service_id: bytes(each.direction) for each in Meaning.objects.all()}
        # As after an earlier transaction: this test lives in one.
        Meaning.objects.update(of_change=0)
    feed = json.loads(DEMO.read_text())
    feed["contents"][0]["description"] = "<p>Radio-controlled aeroplanes on the common.</p>"
    load(meant, json.dumps(feed).encode(), source="Wexcombe")
    with scoped(meant.system):
        assert tell_meanings(meant.system) == len(before)
        assert tell_meanings(meant.system) == 0
        after = {each.service_id: bytes(each.direction) for each in Meaning.objects.all()}
    assert sum(before[each] != after[each] for each in before) == 1
    assert first(meant, "radio controlled aeroplanes")[0] == "Tuesday Table"


def test_files_that_are_not_the_models_are_not_run_and_words_still_work(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from linkwell.directory import sentences

    wrong = tmp_path / "tokenizer.json"
    wrong.write_text("{}")
    monkeypatch.setattr(sentences, "TOKENIZER", wrong)
    sentences.forget()
    try:
        load(place, DEMO.read_bytes(), source="Wexcombe")
        with scoped(place.system):
            assert tell_meanings(place.system) == 0
        assert not sentences.works()
        assert b"words alone" in Client().get("/healthz/").content
        assert first(place, "choir")[0] == "The Sing Low Choir"
    finally:
        sentences.forget()
