"""Finding somebody, and what a list may show of a person whose whereabouts are secret."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linkwell.people import actions, names, queries
from linkwell.people.details import PersonDetails
from linkwell.people.tests.people import add, dot
from tests.place import Place


def found(place: Place, text: str) -> list[str]:
    return [row.name for row in queries.people(place.worker.scope, text)]


CALLERS_SAY = [
    "dot",
    "DOROTHY",
    "bak",
    "baker dor",
    "Baker, Dot",
    "27/3/1951",
    "27 March 1951",
    "9434765919",
    "943 476 5919",
    "07700900123",
    "+44 7700 900123",
]


@pytest.mark.parametrize("text", CALLERS_SAY)
def test_somebody_is_found_by_what_a_caller_says(place: Place, text: str) -> None:
    person = dot(place.worker.scope)
    add(place.worker.scope, "Winston", "Grant", date_of_birth=date(1980, 1, 2))
    actions.add_contact_point(
        scope=place.worker.scope, person_id=person, kind="mobile", value="07700 900 123", told_by="person"
    )
    assert found(place, text) == ["Dot Baker"]


@pytest.mark.parametrize("text", ["dotty", "28/3/1951", "9434765918", "%", "'; --", "31/31/1951", "zzz baker"])
def test_what_fits_nobody_finds_nobody(place: Place, text: str) -> None:
    dot(place.worker.scope)
    assert found(place, text) == []


def test_names_are_sorted_and_found_without_regard_to_accents_and_capitals(place: Place) -> None:
    scope = place.worker.scope
    for given, family in [
        ("Zoë", "Ångström"),
        ("Abe", "de Souza"),
        ("Al", "Anders"),
        ("Siân", "O’Neill-Kaya"),
        ("Bo", "Zed"),
    ]:
        add(scope, given, family)
    assert found(place, "") == ["Al Anders", "Zoë Ångström", "Abe de Souza", "Siân O’Neill-Kaya", "Bo Zed"]
    assert found(place, "angstrom") == found(place, "ZOE") == ["Zoë Ångström"]
    assert found(place, "oneill") == found(place, "kaya") == found(place, "o'neill") == ["Siân O’Neill-Kaya"]
    actions.change_person(
        scope=scope,
        person_id=next(row.person_id for row in queries.people(scope, "zed")),
        expected_version=1,
        details=PersonDetails("Bo", "Bow", told_by="person"),
    )
    assert found(place, "zed") == []
    assert found(place, "Bow") == ["Bo Bow"]


def test_a_long_list_comes_in_pages_and_costs_no_more_than_a_short_one(place: Place) -> None:
    scope = place.worker.scope
    add(scope, "Ann", "Other")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.people(scope)
        return len(seen)

    one = cost()
    for number in range(29):
        add(scope, f"Ann{number}", "Other")
    assert cost() == one
    first, second = queries.people(scope, "", 1), queries.people(scope, "", 2)
    assert (len(first), first.has_next, len(second), second.has_next) == (25, True, 5, False)
    assert not {row.person_id for row in first} & {row.person_id for row in second}


@pytest.mark.fault("F17")
def test_nothing_on_a_list_or_in_a_search_says_where_a_restricted_person_is(place: Place) -> None:
    scope = place.worker.scope
    person = dot(scope)
    actions.add_contact_point(scope=scope, person_id=person, kind="landline", value="0117 496 0123", told_by="person")
    assert found(place, "0117 496 0123") == ["Dot Baker"]
    assert queries.search_place(scope, person) == "BS1"
    actions.restrict_person(scope=place.lead.scope, person_id=person, restricted=True, reason="Refuge")
    (row,) = queries.people(scope)
    assert (row.phone, row.postcode, row.restricted) == ("", "", True)
    assert found(place, "0117 496 0123") == []
    assert queries.search_place(scope, person) == ""
    assert queries.address_for(scope, person, "letter") == ""
    asked = {
        "given_name": "Dorothy",
        "family_name": "Baker",
        "date_of_birth": None,
        "postcode": "BS1 4DJ",
        "phone": "01174960123",
    }
    (alike,) = queries.possible_duplicates(scope, **{**asked, "date_of_birth": date(1951, 3, 27)})  # type: ignore[arg-type]
    assert not {"Same postcode", "Same phone number"} & set(alike.reasons)
    assert queries.possible_duplicates(scope, **{**asked, "given_name": "Nobody", "family_name": "Known"}) == ()  # type: ignore[arg-type]
    assert queries.banner(scope, person).restricted


@pytest.mark.fault("F17")
def test_a_restriction_on_one_record_restricts_the_person(place: Place) -> None:
    scope = place.worker.scope
    first, second = dot(scope), add(scope, "Dotty", "Baker", postcode="BS1 4DJ")
    actions.restrict_person(scope=place.lead.scope, person_id=first, restricted=True, reason="Refuge")
    actions.link_identity(scope=scope, record_id=first, same_as_id=second, reason="I asked her")
    assert [row.postcode for row in queries.people(scope)] == ["", ""]
    assert queries.search_place(scope, second) == ""


def test_words_of_a_name_are_every_part_somebody_may_type() -> None:
    assert names.words("Siân", "O’Neill-Kaya") == ("sian", "oneill-kaya", "o", "neill", "kaya")
    assert names.folded("  Zoë   ÅNGSTRÖM ") == "zoe angstrom"


@pytest.mark.parametrize("typed", ["Derek Pembertin", "derick pemberton", "Pemberton Derrek", "Dereck"])
def test_a_name_that_was_heard_on_the_phone_is_found_though_it_is_spelt_otherwise(place: Place, typed: str) -> None:
    person_id = add(place.worker.scope, "Derek", "Pemberton")
    add(place.worker.scope, "Maureen", "Quayle")
    assert not queries.people(place.worker.scope, typed).rows
    assert [row.person_id for row in queries.people_alike(place.worker.scope, typed)] == [person_id]


@pytest.mark.parametrize("typed", ["Zoltan Winter", "Dx", "0117 496 0123", "", "'"])
def test_nobody_is_offered_whose_name_is_quite_another(place: Place, typed: str) -> None:
    add(place.worker.scope, "Derek", "Pemberton")
    assert queries.people_alike(place.worker.scope, typed) == ()


def test_names_that_are_close_stay_inside_the_organisation(place: Place) -> None:
    add(place.worker.scope, "Derek", "Pemberton")
    assert queries.people_alike(place.stranger.scope, "Derek Pembertin") == ()


@pytest.mark.fault("F26")
def test_a_name_pasted_with_letters_that_only_look_like_ours_is_the_same_name(place: Place) -> None:
    """Cyrillic letters, a mark of no width and one that turns the direction: nobody sees them, everybody types ours."""
    pasted = add(place.worker.scope, "\u0410nn\u0430", "\u200bBa\u202eker\u200d", date_of_birth=date(1961, 5, 4))
    assert [row.person_id for row in queries.people(place.worker.scope, "anna baker")] == [pasted]
    same = queries.possible_duplicates(
        place.worker.scope, given_name="Anna", family_name="Baker", date_of_birth=date(1961, 5, 4)
    )
    assert [each.person_id for each in same] == [pasted]
    assert names.folded("\u0412\u0456\u0442\u0430\u0439") == names.folded("\u0432\u0456\u0442\u0430\u0439")
