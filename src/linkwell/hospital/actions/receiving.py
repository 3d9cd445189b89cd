"""What comes in is kept first: whoever sent it is answered only when these actions have committed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from linkwell.core import audit
from linkwell.core.actions import action, write_at_once
from linkwell.core.scope import Scope
from linkwell.hospital.actions.feeds import heard_lately, note_heard
from linkwell.hospital.permissions import RECEIVE
from linkwell.interop.hl7v2.acknowledging import Code
from linkwell.interop.hl7v2.judging import Judgement, judge
from linkwell.kernel import clock
from linkwell.kernel.errors import Finding
from linkwell.kernel.ids import new_id

LONGEST_SENDER = 120
CLASH = Finding("MSH-10", "MSH-10, the message control ID, was used before for a different message.")
_KEEP = "SELECT hospital_keep(%s, %s, %s, %s::uuid[], %s::text[], %s::text[], %s::text[])"
_KEPT = """
SELECT sender, control_id, content_hash FROM hospital_inbound
WHERE organisation_id = %s AND NOT clash
  AND (sender, control_id) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
"""
_KEEP_CLASH = """
INSERT INTO hospital_inbound (id, organisation_id, created_at, feed_id, sender, control_id, content_hash, raw,
  received_at, state, clash, taken, field, why, confirmed)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, 'attention', true, false, %s, %s, false)
ON CONFLICT DO NOTHING
"""
_TAKEN = """
SELECT taken FROM hospital_inbound
WHERE organisation_id = %s AND clash AND sender = %s AND control_id = %s AND content_hash = %s
"""


class Item(NamedTuple):
    """One thing to keep: who sent it, its number there, and what it is."""

    sender: str
    control_id: str
    raw: bytes


def receive(*, scope: Scope, feed_id: UUID, messages: Sequence[bytes]) -> tuple[Judgement, ...]:
    """Keep the messages that can be kept, all in one commit, and say of each how it is to be answered.

    The same message again is answered as before and changes nothing. Another under the same number is an error of
    the sender (AE); it is kept too, for somebody to look at. Sent again after somebody took it in, it is a repeat.
    """
    judged = [judge(raw) for raw in messages]
    items = {
        number: Item(verdict.header.sender[:LONGEST_SENDER], verdict.header.control_id, messages[number])
        for number, verdict in enumerate(judged)
        if verdict.code is Code.ACCEPTED and verdict.header is not None
    }
    if not (items and heard_lately(feed_id) and _all_were_new(scope, feed_id, list(items.values()))):
        for number in _keep_and_compare(scope=scope, feed_id=feed_id, items=items):
            judged[number] = Judgement(judged[number].header, Code.ERROR, CLASH)
    return tuple(judged)


def _all_were_new(scope: Scope, feed_id: UUID, items: Sequence[Item]) -> bool:
    """Keep what is new among these, as quickly as it can be done; whether all were."""
    values = [*_told(feed_id, items), scope.purpose]
    number = write_at_once(RECEIVE, scope=scope, function="hospital_receive", values=values)
    return number == len(items)


@action(RECEIVE)
def _keep_and_compare(*, scope: Scope, feed_id: UUID, items: Mapping[int, Item]) -> set[int]:
    """Keep what is new; those that clash with what was kept before."""
    note_heard(scope, feed_id)
    clashing = keep(scope, feed_id, list(items.values()))
    audit.record(scope, "received", "hospital_feed", feed_id)
    return {number for number, item in items.items() if item in clashing}


def keep(scope: Scope, feed_id: UUID, items: Sequence[Item]) -> set[Item]:
    """Keep what is not there yet. Those that clash with an earlier, different one are given back, and kept apart."""
    if not items:
        return set()
    now, organisation_id = clock.now(), scope.organisation_id
    senders, numbers = [item.sender for item in items], [item.control_id for item in items]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [organisation_id, *_told(feed_id, items)])
        cursor.execute(_KEPT, [organisation_id, senders, numbers])
        kept = {(sender, number): bytes(content) for sender, number, content in cursor.fetchall()}
        hashes = {item: hashlib.sha256(item.raw).digest() for item in items}
        others = [item for item, content in hashes.items() if kept[item.sender, item.control_id] != content]
        for item in others:
            row = (new_id(), organisation_id, now, feed_id, item.sender, item.control_id, hashes[item], item.raw)
            cursor.execute(_KEEP_CLASH, (*row, now, CLASH.where, CLASH.message))
        return {item for item in others if not _taken(cursor, organisation_id, item, hashes[item])}


def _taken(cursor: CursorWrapper, organisation_id: UUID, item: Item, content: bytes) -> bool:
    """Whether this one, which is kept apart, was taken in by somebody."""
    cursor.execute(_TAKEN, (organisation_id, item.sender, item.control_id, content))
    row = cursor.fetchone()
    return row is not None and bool(row[0])


def _told(feed_id: UUID, items: Sequence[Item]) -> list[Any]:
    """What `hospital_keep` is told, after the organisation."""
    senders, numbers = [item.sender for item in items], [item.control_id for item in items]
    # One text of digits and commas, of which nothing needs an escape: as a list of bytes it takes ten times as long.
    raws = f"{{{','.join([item.raw.hex() for item in items])}}}"
    return [feed_id, clock.now(), [new_id() for _ in items], senders, numbers, raws]
