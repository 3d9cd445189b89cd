"""If these fail, what was told in confidence is read by somebody it was not told to."""

import io
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

import pytest
from django.db import connections
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from linkwell.core.database import scoped
from linkwell.core.permissions import CARE_TEAM, LEADS, Role
from linkwell.core.routes import declared_routes
from linkwell.messaging.models import Message, ThreadPost
from linkwell.people.actions import HOME_REASONS
from linkwell.people.models import Person
from tests.databases import current_name, use_database
from tests.house.answers import KINDS, Answers
from tests.house.canaries import (
    ADDRESS,
    CANARIES,
    CONCERN,
    DECIDING,
    DRAFT,
    ENCRYPTED,
    FILE,
    HOME,
    NOTE,
    PHONE,
    POSTCODE,
    REFERRED_TO,
    SAFE_REASON,
    SUPERVISION,
    TALK,
    THIRD_PARTY,
    THREAD,
    Found,
    Planted,
    crawl,
    plant,
    said,
)
from tests.house.care_words import CAME_ALONG, CARE, IN_SUMMARY, ONE_PART
from tests.house.harmless import HARMLESS, is_harmless
from tests.house.listing_words import HELD_BACK, KEEPER
from tests.house.words_kept import fields_of_words, named, with_planted_words
from tests.prove.copies import copied
from tests.world import World

pytestmark = [pytest.mark.xdist_group("canaries"), pytest.mark.fault("F16")]
WORKER = frozenset({Role.LINK_WORKER})
# Where each canary must be found (or the walk proves nothing), and by whom. It may be nowhere else.
PLACES: dict[str, dict[str, frozenset[Role]]] = {
    CONCERN: {"safeguarding:concern": LEADS},
    REFERRED_TO: {"safeguarding:concern": LEADS},
    THIRD_PARTY: {
        "casework:conversation": CARE_TEAM,
        "casework:correct": CARE_TEAM,
        "journey:everything": CARE_TEAM,
    },
    SAFE_REASON: {"people:safe_contact": CARE_TEAM},
    HOME: {},
    NOTE: {"casework:received_note": frozenset({Role.REFERRER})},
    DECIDING: {"people:capacity": CARE_TEAM, "people:young_person": CARE_TEAM},
    TALK: {"workforce:talk": WORKER, "workforce:talk_answer": LEADS},
    SUPERVISION: {"workforce:supervision_session": frozenset({Role.LINK_WORKER, Role.TEAM_LEAD})},
    DRAFT: {"casework:write_up": WORKER},
    FILE: {
        "attachments:open": CARE_TEAM,
        "attachments:take_off": CARE_TEAM,
        "casework:case": CARE_TEAM,
        "casework:files": CARE_TEAM,
        "onward:send_file": CARE_TEAM,
        "journey:everything": CARE_TEAM,
    },
    THREAD: {
        "referrals:thread": CARE_TEAM,
        "referrals:referral": CARE_TEAM,
        "referrals:mine_one": frozenset({Role.REFERRER}),
        "journey:everything": CARE_TEAM,
    },
    KEEPER: {"onward:listing_desk": CARE_TEAM | {Role.ADMINISTRATOR}},
    HELD_BACK: {"directory:held_back": frozenset({Role.TEAM_LEAD, Role.ADMINISTRATOR})},
    ADDRESS: {"people:details": CARE_TEAM, "people:side_by_side": CARE_TEAM},
    POSTCODE: {"people:details": CARE_TEAM, "people:side_by_side": CARE_TEAM},
}


@dataclass(frozen=True)
class Walked:
    """What came of one walk: the people, where canaries were found, and every line that was logged."""

    world: World
    planted: Planted
    found: Found
    answers: Answers
    logged: str


@pytest.fixture(scope="module")
def walked(world_built: World, django_db_blocker: DjangoDbBlocker) -> Iterator[Walked]:
    before = current_name()
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    with django_db_blocker.unblock(), copied(world_built):
        logging.getLogger().addHandler(handler)
        try:
            with redirect_stdout(out), redirect_stderr(out):
                planted = plant(world_built)
                answers = Answers()
                found = crawl(world_built, planted, answers)
        finally:
            logging.getLogger().removeHandler(handler)
        yield Walked(world_built, planted, found, answers, out.getvalue())
    use_database(before)


@pytest.mark.fault("F23")
def test_every_route_answers_every_role_and_with_nothing_that_runs(walked: Walked) -> None:
    """Else a page does not open, does nothing without JavaScript, or a file does something when it is opened."""
    answers = walked.answers
    assert answers.faults == [], "\n".join(answers.faults)
    # What is walked past proves nothing.
    assert min(answers.opened[str(role)] for role in walked.world.members) > 3
    assert KINDS - {"text/plain; charset=utf-8"} <= set(answers.given)


@pytest.mark.parametrize("canary", PLACES)
def test_a_protected_word_is_shown_only_to_those_it_is_for(walked: Walked, canary: str) -> None:
    places = PLACES[canary]
    allowed = {(str(role), name) for name, roles in places.items() for role in roles}
    assert walked.found[canary] == allowed


def test_what_the_care_team_writes_is_read_by_nobody_else(walked: Walked) -> None:
    readers = {str(role) for role in CARE_TEAM}
    assert {(role, name) for role, name in walked.found[CARE] if role not in readers} == set()
    pages = {name for _, name in walked.found[CARE]}
    assert {"casework:decide_closing", "casework:decide_longer", "people:capacity", "groupwork:meeting_item"} <= pages


def test_what_came_along_is_read_where_it_was_handed_to_and_by_those_who_wrote_it(walked: Walked) -> None:
    there = {name for role, name in walked.found[CAME_ALONG] if role == "receiver"}
    assert there == {"referrals:referral", "referrals:triage"}
    assert {role for role, _ in walked.found[CAME_ALONG]} == {"receiver", *(str(role) for role in CARE_TEAM)}


@pytest.mark.fault("F18")
def test_what_one_of_two_said_alone_is_in_nothing_of_the_other(walked: Walked) -> None:
    one, other = walked.planted.protected, walked.planted.restricted
    assert {role for role, _ in walked.found[ONE_PART]} == {str(role) for role in CARE_TEAM}
    of_other = {str(each) for each in (other.person_id, other.case_id, other.referral_id, other.onward_id)}
    at = walked.planted.found_at[ONE_PART]
    assert [url for url in at if any(each in url for each in of_other)] == []
    assert any(str(one.person_id) in url for url in at)


def test_the_practice_reads_in_a_summary_what_the_standard_puts_there_and_nowhere_else(walked: Walked) -> None:
    # It is sent only where the person agreed to it, which `tell_gp` says.
    readers = {str(role) for role in CARE_TEAM}
    assert {(role, name) for role, name in walked.found[IN_SUMMARY] if role not in readers} == {
        (str(Role.REFERRER), f"casework:received_{what}") for what in ("summary", "pdf", "json")
    }


def test_every_column_of_words_is_planted_or_named_as_harmless(walked: Walked) -> None:
    planted = with_planted_words(CANARIES)
    columns = {named(model, each) for model, each in fields_of_words()}
    missing = {each for each in columns - planted if not is_harmless(each)}
    assert sorted(missing) == [], "Plant a canary here, or say in tests/house/harmless.py why none is needed."
    assert {each for each in planted if each in HARMLESS} == set()


@pytest.mark.fault("F17")
def test_a_restricted_persons_number_is_on_no_list_and_only_with_their_own_team(walked: Walked) -> None:
    about = {"person_id", "case_id", "hand_over_id"}
    own = {name for name, pattern in declared_routes() if about & set(pattern.pattern.converters)}
    assert walked.found[PHONE]
    for role, name in walked.found[PHONE]:
        assert name in own, f"{role} at {name}"
        assert role in CARE_TEAM, f"{role} at {name}"


@pytest.mark.fault("F17")
def test_what_is_near_a_restricted_person_does_not_tell_where_they_live(walked: Walked) -> None:
    player = walked.planted.restricted
    client = walked.world.client(walked.world.members[Role.LINK_WORKER])
    url = reverse("onward:find", kwargs={"case_id": player.case_id})
    pages = []
    for postcode in ("ZW1 1AB", "ZW5 4QR", POSTCODE):
        with scoped(player.worker):
            Person.objects.filter(pk=player.person_id).update(postcode=postcode)
        pages.append([_without_token(said(client.get(address))) for address in (url, f"{url}?q=lunch")])
    assert pages[0] == pages[1] == pages[2]


def _without_token(words: str) -> str:
    return "\n".join(line for line in words.splitlines() if "csrf" not in line)


def test_home_access_is_read_only_with_a_reason(walked: Walked) -> None:
    client = walked.world.client(walked.world.members[Role.LINK_WORKER])
    url = reverse("people:home_access", kwargs={"person_id": walked.planted.protected.person_id})
    assert HOME not in said(client.post(url, {"reason": ""}))
    assert HOME in said(client.post(url, {"reason": next(iter(HOME_REASONS))}))


def test_encrypted_words_are_in_no_table_as_they_were_written(walked: Walked) -> None:
    found = _tables_with(ENCRYPTED)
    assert found == set()


def test_other_protected_words_are_in_their_own_table_alone(walked: Walked) -> None:
    assert _tables_with((THIRD_PARTY,)) == {"casework_interaction", "casework_interactioncorrection"}
    assert _tables_with((ADDRESS, POSTCODE)) == {"people_person"}


def _tables_with(canaries: tuple[str, ...]) -> set[str]:
    found = set()
    with connections["admin"].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        for (table,) in cursor.fetchall():
            wanted = [f"%{canary}%" for canary in canaries]
            cursor.execute(f'SELECT count(*) FROM "{table}" one WHERE one::text LIKE ANY (%s)', [wanted])
            if cursor.fetchone()[0]:
                found.add(table)
    return found


@pytest.mark.fault("F20")
def test_no_message_carries_a_protected_word(walked: Walked) -> None:
    messages = list(Message.objects.using("admin").values_list("subject", "body"))
    posts = list(ThreadPost.objects.using("admin").values_list("text", flat=True))
    assert len(messages) > 10
    text = "\n".join([*(f"{subject}\n{body}" for subject, body in messages), *posts])
    assert [canary for canary in CANARIES if canary in text] == []


def test_nothing_protected_is_logged(walked: Walked) -> None:
    assert [canary for canary in CANARIES if canary in walked.logged] == []


def test_a_group_reads_nothing_protected_from_its_link(walked: Walked) -> None:
    readers = {role for places in walked.found.values() for role, _ in places}
    assert "group" not in readers
    assert not [role for role in readers if role.startswith("stranger")]
