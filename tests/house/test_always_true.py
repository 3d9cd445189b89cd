"""The ten things that are always true. If one of these fails, Linkwell is not what it says it is.

A statement that needs many tests names them here, so that none can be taken away unseen; what belongs to the whole
system and to no app is tried in this file.
"""

import ast
import re
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from django.urls import URLPattern

from linkwell.core.permissions import Permission, Role
from linkwell.core.routes import guard_of
from linkwell.demo.bulk import copy_people
from tests.house.test_matrix import VARYING, address, needs_an_object, our_routes
from tests.prove.conservation import Weeks, unaccounted
from tests.prove.copies import copied
from tests.world import World

HERE = Path(__file__).parents[2]
# A form carried from step to step brings a new signed key each time; a calendar file says when it was asked for.
CARRIED = re.compile(rb'name="carried" value="[^"]*"|DTSTAMP:[^\r]*')
# Statement by statement (the numbers are those of the design): the tests that hold it.
HOLD: dict[int, tuple[str, ...]] = {
    1: (
        "tests/house/test_matrix.py::test_a_stranger_with_the_same_role_finds_nothing",
        "tests/house/test_row_security.py::test_another_organisation_sees_no_row_even_without_a_filter",
        "tests/house/test_row_security.py::test_raw_sql_without_a_scope_raises_in_the_database_itself",
    ),
    2: (
        "tests/house/test_audit.py::test_tampering_is_found",
        "tests/house/test_states.py::test_an_action_without_an_audit_row_is_undone",
        "tests/house/test_states.py::test_a_move_leaves_history_audit_and_timeline",
        "tests/house/test_row_security.py::test_the_application_cannot_change_or_delete_the_trail",
    ),
    3: ("tests/house/test_always_true.py::test_after_made_up_weeks_nothing_is_parked_unseen",),
    4: (
        "src/linkwell/referrals/tests/test_kills.py::test_killed_at_any_statement_and_sent_again_there_is_one_referral",
        "src/linkwell/messaging/tests/test_killed.py::test_at_most_one_delivery_whenever_the_worker_dies",
        "src/linkwell/core/postgres/tests/test_server.py::test_nothing_acknowledged_is_lost_when_the_server_is_killed_under_load",
        "tests/house/test_kill.py::test_killed_at_any_statement_and_sent_again_it_happened_once",
    ),
    5: (
        "tests/house/test_canaries.py::test_no_message_carries_a_protected_word",
        "src/linkwell/messaging/tests/test_one_gate.py::test_a_message_is_written_in_one_place_only",
    ),
    6: (
        "src/linkwell/onward/tests/test_answering.py::test_a_signpost_is_not_an_onward_referral",
        "src/linkwell/onward/tests/test_answering.py::test_a_yes_is_accepted_and_not_attended",
        "src/linkwell/casework/tests/test_conversations.py::test_a_try_does_not_begin_support_and_is_not_a_missed_appointment",
        "src/linkwell/casework/tests/test_conversations.py::test_only_an_agreed_appointment_can_be_missed",
    ),
    7: (
        "tests/house/test_flat_lists.py::test_a_list_of_many_takes_no_more_statements_than_a_list_of_few",
        "tests/house/test_flat_lists.py::test_a_long_history_takes_no_more_statements_than_a_short_one",
    ),
    8: (
        "tests/journeys/test_every_page.py::test_every_page_can_be_read_and_used_by_everybody",
        "tests/house/test_canaries.py::test_every_route_answers_every_role_and_with_nothing_that_runs",
        "src/linkwell/web/tests/test_pages.py::test_it_passes_axe_and_fits_a_narrow_phone",
    ),
    9: ("tests/house/test_always_true.py::test_no_number_about_people_is_shown_outside_their_care_team",),
    10: (
        "tests/house/test_fuzz.py::test_nothing_that_can_be_sent_breaks_a_page",
        "src/linkwell/casework/tests/test_conversations.py::test_a_write_up_that_cannot_be_is_refused_whole",
    ),
}


@pytest.mark.parametrize("number", HOLD)
def test_each_statement_is_held_by_tests_that_are_there(number: int) -> None:
    for each in HOLD[number]:
        path, name = each.split("::")
        tree = ast.parse((HERE / path).read_text())
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, each


@pytest.mark.xdist_group("world")
@pytest.mark.fault("F37")
def test_after_made_up_weeks_nothing_is_parked_unseen(world: World) -> None:
    seed = 37
    print(f"seed {seed}")  # noqa: T201
    with copied(world):
        assert unaccounted(world.place) == []
        weeks = Weeks(world.place, seed)
        weeks.live(1)
        assert unaccounted(world.place) == []
        assert len(weeks.done) > 6
        _park(world)


def _park(world: World) -> None:
    """The count itself is counted: a thing taken out of every list is missed."""
    for statement in (
        "UPDATE messaging_message SET state = 'queued', try_again_at = NULL WHERE id = (SELECT min(id::text)::uuid FROM"
        " messaging_message)",
        "UPDATE referrals_referral SET state = 'accepted', person_id = (SELECT id FROM people_person LIMIT 1)"
        " WHERE id = (SELECT id FROM referrals_referral WHERE state = 'received' LIMIT 1)",
        "UPDATE casework_case SET worker_id = (SELECT user_id FROM accounts_membership WHERE role = 'referrer' LIMIT 1)"
        " WHERE id = (SELECT id FROM casework_case WHERE state = 'active' LIMIT 1);"
        " UPDATE accounts_membership SET ended_at = now() WHERE role = 'referrer'",
    ):
        before = len(unaccounted(world.place))
        with connections["admin"].cursor() as cursor:
            cursor.execute(statement)
        assert len(unaccounted(world.place)) > before, statement


@pytest.mark.xdist_group("world")
@pytest.mark.fault("F28")
def test_no_number_about_people_is_shown_outside_their_care_team(world: World) -> None:
    """Five times as many people here change nothing that the public, a group or another organisation reads."""
    with copied(world):
        before = _read_outside(world)
        copy_people(4, lambda words, done, total: None)
        after = _read_outside(world)
    assert len(before) > 30
    assert [name for name in before if before[name] != after[name]] == []


def _read_outside(world: World) -> dict[tuple[str, str], bytes]:
    outsiders = {str(role): world.client(world.strangers[role]) for role in (Role.TEAM_LEAD, Role.REFERRER)}
    outsiders["nobody"] = Client()
    read = {}
    for name, pattern in our_routes():
        url = address(world, name, pattern)
        if url is None or name == "stay":
            continue
        for who, client in outsiders.items():
            if _may_see(who, pattern):
                read[who, name] = CARRIED.sub(b"", VARYING.sub(b"", b"".join(client.get(url))))
    return read


def _may_see(who: str, pattern: URLPattern) -> bool:
    """Whether there is anything: that it is not there for all others, tests/house/test_matrix.py proves."""
    allow = guard_of(pattern)
    if isinstance(allow, Permission):
        return who in allow.roles and not needs_an_object(pattern)
    return True
