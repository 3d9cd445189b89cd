"""If this fails, a line goes deaf when its database goes away for a moment, or acknowledges what was not kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, connections

from linkwell.core.scope import Scope, system_scope
from linkwell.hospital import actions
from linkwell.hospital.tests.sending import message
from tests.place import Place


@pytest.mark.fault("F2")
def test_after_the_database_went_away_what_is_sent_again_is_kept_once(place_committed: Place) -> None:
    scope = system_scope(place_committed.organisation_id, "line")
    feed_id = actions.open_feed(scope=scope, kind="adt")
    # As the line does it: in one thread that never ends, which nothing else looks after.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(codes, scope, feed_id, "M1").result() == ["AA"]
        process = thread.submit(process_of_the_connection).result()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [process])
        with pytest.raises(DatabaseError):
            thread.submit(codes, scope, feed_id, "M2").result()
        assert thread.submit(codes, scope, feed_id, "M2").result() == ["AA"]
        thread.submit(lambda: connection.close()).result()
    with connections["admin"].cursor() as cursor:
        cursor.execute("SELECT control_id FROM hospital_inbound WHERE feed_id = %s ORDER BY 1", [feed_id])
        assert cursor.fetchall() == [("M1",), ("M2",)]


def test_whatever_way_a_message_is_kept_the_trail_says_so(place_committed: Place) -> None:
    scope = system_scope(place_committed.organisation_id, "line")
    feed_id = actions.open_feed(scope=scope, kind="adt")
    # The first is noted as heard, the others go the quick way, and the last is there already.
    for number in ("T1", "T2", "T3", "T3"):
        assert codes(scope, feed_id, number) == ["AA"]
    with connections["admin"].cursor() as cursor:
        cursor.execute(
            "SELECT actor_kind, role, purpose, count(*) FROM core_auditevent "
            "WHERE organisation_id = %s AND verb = 'received' AND object_id = %s GROUP BY 1, 2, 3",
            [place_committed.organisation_id, feed_id],
        )
        [(*who, times)] = cursor.fetchall()
    assert who == ["system", "system", "line"]
    assert times >= len({"T1", "T2", "T3"})


def codes(scope: Scope, feed_id: UUID, control_id: str) -> list[str]:
    sent = message("A01", control_id=control_id, patient=control_id, visit=control_id)
    return [verdict.code.value for verdict in actions.receive(scope=scope, feed_id=feed_id, messages=[sent])]


def process_of_the_connection() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])
