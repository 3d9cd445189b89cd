"""What a service is, in more detail than its kind, is told by words that people use."""

from __future__ import annotations

import pytest

from linkwell.directory import publishing, taxonomy
from linkwell.directory.tests.samples import a_service, load, names
from linkwell.kernel.codes import SERVICE_KINDS
from tests.place import Place


def test_every_term_lies_under_a_kind_and_no_name_is_given_twice() -> None:
    found = taxonomy.terms().values()
    assert len(found) >= 80
    kinds = {each.code for each in SERVICE_KINDS}
    assert {each.kind for each in found} == kinds
    assert len({each.name for each in found}) == len(found)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("The Tannery Men’s Shed", "mens_shed"),
        ("Knit & Natter", "craft_group"),
        ("Tai chi for beginners", "yoga"),
        ("Women's Walking Football", "walking_football"),
        ("Forget-me-not Café", "dementia_group"),
        ("Couch to 5K", "running_group"),
    ],
)
def test_a_name_in_plain_words_is_known(said: str, code: str) -> None:
    assert code in taxonomy.codes_in([said])


def test_half_a_word_is_no_word() -> None:
    assert taxonomy.codes_in(["Artisan bakery", "Swimwear shop", ""]) == []


def test_a_service_is_found_by_the_plain_name_of_what_it_is(place: Place) -> None:
    feed = [a_service(1, name="The Needle Ladies", attributes=[{"taxonomy_term": {"name": "Crochet"}}]), a_service(2)]
    load(place, feed)
    assert names(place, "sewing group")[0] == "The Needle Ladies"
    term = publishing.term("terms", "craft_group")
    assert term["parent_id"] == publishing.term("kinds", "community_group")["id"]
