"""A hospital's line killed under load: what was acknowledged is kept, and what is sent again is kept once."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from django.db import connections

from linkwell.core.scope import Scope
from linkwell.hospital import actions
from linkwell.hospital.line.limits import Limits
from linkwell.hospital.line.server import Line
from linkwell.hospital.tests.sending import message
from linkwell.interop.hl7v2.mllp import framed

CONNECTIONS = 8
_ACCEPTED, _END = b"MSA|AA|", b"\x1c\r"


@dataclass(slots=True)
class Told:
    """Over all kills: which messages were acknowledged, and which of these were not there afterwards."""

    kills: int = 0
    acknowledged: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    twice: int = 0


def kill_lines(scope: Scope, *, kills: int, between: int, chance: Random) -> Told:
    """Send until everything is acknowledged; every now and then the line is killed, and another takes its place."""
    feed_id, told = actions.open_feed(scope=scope, kind="adt"), Told()
    waiting = [f"K{number}" for number in range(kills * between)]
    while waiting:
        stop_at = chance.randint(1, between) if told.kills < kills else len(waiting)
        told.acknowledged |= _sent_to_a_line(scope, feed_id, waiting, stop_at)
        told.kills += 1
        kept = _kept(scope)
        told.lost |= told.acknowledged - set(kept)
        told.twice = len(kept) - len(set(kept))
        waiting = [each for each in waiting if each not in told.acknowledged]
        chance.shuffle(waiting)
    return told


def _kept(scope: Scope) -> list[str]:
    with connections["admin"].cursor() as cursor:
        cursor.execute("SELECT control_id FROM hospital_inbound WHERE organisation_id = %s", [scope.organisation_id])
        return [control_id for (control_id,) in cursor.fetchall()]


def _sent_to_a_line(scope: Scope, feed_id: UUID, waiting: Sequence[str], stop_at: int) -> set[str]:
    """What a line acknowledged that is killed as it has acknowledged so many."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        _serve(scope, feed_id, writes)
    os.close(writes)
    with os.fdopen(reads) as said, ThreadPoolExecutor(1) as own:
        port = int(said.readline())
        told: set[str] = own.submit(asyncio.run, _send(port, waiting, stop_at, child)).result()
    os.waitpid(child, 0)
    return told


def _serve(scope: Scope, feed_id: UUID, writes: int) -> None:
    """In a process of its own, until it is killed."""
    try:
        # The parent's connections are left alone, neither used nor closed.
        for each in connections.all():
            each.connection = None
        line = Line(
            lambda raws: actions.receive(scope=scope, feed_id=feed_id, messages=raws), Limits(per_second=1_000_000)
        )
        asyncio.run(line.serve("127.0.0.1", 0, None, lambda port: _say(writes, port)))
    finally:
        os._exit(1)


def _say(writes: int, port: int) -> None:
    os.write(writes, f"{port}\n".encode())


async def _send(port: int, waiting: Sequence[str], stop_at: int, child: int) -> set[str]:
    todo, told = iter(waiting), set[str]()

    async def one() -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                for control_id in todo:
                    writer.write(framed(message("A01", control_id=control_id, patient=control_id, visit=control_id)))
                    if _ACCEPTED in await reader.readuntil(_END):
                        told.add(control_id)
                    if len(told) == stop_at:
                        os.kill(child, signal.SIGKILL)
            finally:
                writer.transport.abort()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    return told
