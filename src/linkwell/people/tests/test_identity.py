"""Two records of one person, and one number on two people."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linkwell.core.database import scoped
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.people import actions, queries
from linkwell.people.details import Likeness, PersonDetails, SafeAnswers
from linkwell.people.models import IdentityLink, Person
from linkwell.people.tests.people import BORN, add, dot, safe_by_themselves, say
from tests.place import Place


def alike(place: Place, **given: object) -> tuple[Likeness, ...]:
    asked: dict[str, object] = {"given_name": "Dorothy", "family_name": "Baker", "date_of_birth": None} | given
    return queries.possible_duplicates(place.worker.scope, **asked)  # type: ignore[arg-type]


@pytest.mark.fault("F10")
def test_the_same_number_with_another_name_and_birthday_is_shown_and_never_joined(place: Place) -> None:
    first = dot(place.worker.scope)
    second = add(place.worker.scope, "Winston", "Grant", date_of_birth=date(1980, 1, 2), nhs_number="943 476 5919")
    found = alike(
        place, given_name="Winston", family_name="Grant", date_of_birth=date(1980, 1, 2), nhs_number="9434765919"
    )
    row = next(each for each in found if each.person_id == first)
    assert not row.strong
    assert "Same NHS number" in row.reasons
    assert "The dates of birth are different" in row.differences
    assert queries.resolved_ids(place.worker.scope, second) == (second,)
    with scoped(place.worker.scope):
        assert not IdentityLink.objects.filter(organisation_id=place.organisation_id).exists()


@pytest.mark.fault("F10")
def test_number_and_birthday_and_name_together_are_strong_and_still_wait_for_a_person(place: Place) -> None:
    first = dot(place.worker.scope)
    (row,) = alike(place, date_of_birth=BORN, nhs_number="9434765919")
    assert row.person_id == first
    assert row.strong
    assert set(row.reasons) == {"Same name", "Same date of birth", "Same NHS number"}
    assert queries.identity_links(place.worker.scope, first) == ()


@pytest.mark.fault("F10")
def test_a_number_is_never_needed_and_a_well_formed_one_proves_nothing(place: Place) -> None:
    assert add(place.worker.scope) != add(place.worker.scope)
    everyones = [add(place.worker.scope, name, "Test", nhs_number="9999999999") for name in ("Ana", "Bo")]
    assert len(set(everyones)) == 2
    with pytest.raises(Invalid) as wrong:
        add(place.worker.scope, nhs_number="9434765918")
    assert "nhs_number" in wrong.value.by_field


@pytest.mark.fault("F10")
def test_another_system_never_overwrites_a_birthday_that_differs(place: Place) -> None:
    person = dot(place.worker.scope)
    said = PersonDetails("Dorothy", "Baker", date_of_birth=date(1990, 1, 1), nhs_number="9434765919", told_by="feed")
    with pytest.raises(Invalid):
        actions.change_person(scope=place.system, person_id=person, expected_version=1, details=said)
    assert queries.contact_card(place.worker.scope, person).details.date_of_birth == BORN


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"family_name": "Backer", "date_of_birth": BORN}, "Very similar name"),
        ({"given_name": "Baker", "family_name": "Dorothy", "date_of_birth": BORN}, "Same names the other way round"),
        ({"given_name": "Dot", "postcode": "bs1 4dj"}, "Same postcode"),
        ({"phone": "07700 900 123"}, "Same phone number"),
        ({"given_name": "DOROTHY", "family_name": "bäker", "date_of_birth": BORN}, "Same name"),
    ],
)
def test_slips_of_the_pen_are_found(place: Place, given: dict[str, object], reason: str) -> None:
    person = dot(place.worker.scope)
    actions.add_contact_point(
        scope=place.worker.scope, person_id=person, kind="mobile", value="07700900123", told_by="person"
    )
    (row,) = alike(place, **given)
    assert row.person_id == person
    assert reason in row.reasons


def test_somebody_elses_people_are_never_candidates(place: Place) -> None:
    dot(place.stranger.scope)
    assert alike(place, date_of_birth=BORN, nhs_number="9434765919", postcode="BS1 4DJ") == ()


def test_a_different_person_with_the_same_family_name_is_not_shown(place: Place) -> None:
    add(place.worker.scope, "Winston", "Baker", date_of_birth=date(1970, 5, 5))
    assert alike(place, date_of_birth=BORN) == ()


def link(place: Place, one: UUID, other: UUID) -> UUID:
    return actions.link_identity(scope=place.worker.scope, record_id=one, same_as_id=other, reason="I asked her")


@pytest.mark.fault("F6")
def test_chains_of_records_are_one_person_and_rings_cannot_be_made(place: Place) -> None:
    scope = place.worker.scope
    a, b, c, alone = (add(scope, name) for name in ("Ann", "Anne", "Annie", "Bob"))
    link(place, a, b)
    link(place, b, c)
    for each in (a, b, c):
        assert set(queries.resolved_ids(scope, each)) == {a, b, c}
        assert queries.resolved_ids(scope, each)[0] == each
    assert queries.resolved_ids(scope, alone) == (alone,)
    with pytest.raises(Invalid):
        link(place, c, a)
    with pytest.raises(Invalid):
        link(place, a, a)


@pytest.mark.fault("F6")
def test_a_ring_in_the_table_still_ends(place: Place) -> None:
    scope = place.worker.scope
    ring = [add(scope, name) for name in ("Ann", "Anne", "Annie")]
    with scoped(scope):
        for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
            IdentityLink.objects.create(
                organisation_id=place.organisation_id,
                record_id=one,
                same_as_id=other,
                reason="made elsewhere",
                decided_by_id=place.worker.user_id,
            )
    assert set(queries.resolved_ids(scope, ring[0])) == set(ring)


@pytest.mark.fault("F6")
def test_undoing_gives_each_side_back_everything_it_had(place: Place) -> None:
    scope = place.worker.scope
    first, second = dot(scope), add(scope, "Dotty", "Baker")
    say(scope, first, text=True)
    say(scope, second, text=False)
    actions.record_agreement(scope=scope, person_id=first, subject="tell_gp", answer="agreed", how="spoken")
    actions.record_agreement(scope=scope, person_id=second, subject="tell_gp", answer="objected", how="spoken")
    actions.restrict_person(scope=place.lead.scope, person_id=second, restricted=True, reason="Asked by police")

    def state(person: UUID) -> tuple[object, ...]:
        asked = queries.agreement(scope, person, "tell_gp")
        return queries.safe_answers(scope, person).text, asked and asked.answer, queries.kept_apart(scope, person)

    before = state(first), state(second)
    made = link(place, first, second)
    assert state(first) == state(second) == (False, "objected", True)
    actions.undo_identity_link(scope=scope, link_id=made)
    assert (state(first), state(second)) == before
    with pytest.raises(NotFound):
        actions.undo_identity_link(scope=scope, link_id=made)
    with scoped(scope):
        assert Person.objects.filter(organisation_id=place.organisation_id).count() == 2


@pytest.mark.fault("F6")
def test_an_answer_given_after_the_link_is_the_answer_of_the_one_person(place: Place) -> None:
    scope = place.worker.scope
    first, second = dot(scope), add(scope, "Dotty", "Baker")
    say(scope, second, text=False)
    link(place, first, second)
    assert queries.safe_answers(scope, first).text is False
    actions.record_safe_contact(scope=scope, person_id=first, answers=SafeAnswers(text=True, told_by="feed"))
    assert queries.safe_answers(scope, second).text is False
    actions.record_safe_contact(scope=scope, person_id=first, answers=safe_by_themselves(text=True))
    assert queries.safe_answers(scope, second).text is True


def test_a_stranger_cannot_link_or_undo(place: Place) -> None:
    scope = place.worker.scope
    first, second = dot(scope), add(scope, "Dotty", "Baker")
    with pytest.raises(NotFound):
        actions.link_identity(scope=place.stranger.scope, record_id=first, same_as_id=second, reason="mine")
    made = link(place, first, second)
    with pytest.raises(NotFound):
        actions.undo_identity_link(scope=place.stranger.scope, link_id=made)


def test_resolving_twenty_people_asks_no_more_than_one(place: Place) -> None:
    scope = place.worker.scope
    everyone = [add(scope, f"Name{number}") for number in range(20)]

    def asked(ids: list[UUID]) -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.safe_answers_of(scope, ids)
        return len(seen)

    assert asked(everyone) == asked(everyone[:1])
