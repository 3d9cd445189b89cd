"""How quickly a hospital's messages are taken and worked out: `python -m tests.bench.hospital [--messages N]`.

Ours beside a bare listener that does nothing but commit what it is sent, in the same run, with the same group commit,
each message durable on disk before its answer. Writes docs/reference/hospital.md.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django

from linkwell.core.postgres import temporary_server
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from tests.bench import burst

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "hospital.md"
# As an installation has it: what is acknowledged is on disk.
SETTINGS = {"archive_mode": "off", "shared_buffers": "256MB", "max_wal_size": "4GB"}
CONNECTIONS = (64, 1)
ROUNDS = 3
ANSWER = b"\x0bMSH|^~\\&|||||||ACK|1|P|2.4\rMSA|AA|1\r\x1c\x0d"
RATIO, PER_SECOND = 1.5, 2_000


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """How many messages in how many seconds, and in processor seconds of our own code and of the database."""

    messages: int
    seconds: float
    python: float
    database: float


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--messages", type=int, default=3_000)
    asked.add_argument("--burst", type=int, default=60, help="seconds")
    asked.add_argument("--send", type=int, nargs=4, metavar=("PORT", "CONNECTIONS", "MESSAGES", "FIRST"))
    given = asked.parse_args()
    if given.send:
        asyncio.run(send(*given.send))
        return
    with temporary_server(SETTINGS) as server:
        os.environ |= {"LINKWELL_HOME": str(server.home), "DJANGO_SETTINGS_MODULE": "linkwell.web.settings"}
        django.setup()
        PAGE.write_text(report(given.messages, given.burst))
    sys.stdout.write(PAGE.read_text())


def message(number: int) -> bytes:
    """One of five messages of one patient's stay, each with its own number."""
    patient, step = divmod(number, 5)
    trigger = ("A01", "A02", "A08", "A02", "A03")[step]
    at = f"202611{1 + step:02}0{patient % 9}{patient % 60:02}00"
    pv1 = f"PV1|1|I|W{(patient + step) % 12}^B^4^WEXGEN|21||||||300|||||||||V{patient}"
    return (
        f"MSH|^~\\&|PAS|WEXGEN|LINKWELL|RWX01|{at}||ADT^{trigger}|B{number}|P|2.4\rEVN|{trigger}|{at}\r"
        f"PID|1||H{patient}^^^WEXPAS^MR||EVERYMAN{patient % 97}^ADAM||19580412|M|||12 MILL LANE^^WEXCOMBE^^ZW5 9QY\r"
        f"{pv1}\rPV2|||||||||20261110\r"
    ).encode()


async def send(port: int, connections: int, messages: int, first: int) -> None:
    """Each connection sends its next message when the last is answered. Prints messages a second."""
    numbers = iter(range(first, first + messages))

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in numbers:
            writer.write(b"\x0b" + message(number) + b"\x1c\x0d")
            await reader.readuntil(b"\x1c\x0d")
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(connections)))
    sys.stdout.write(f"{messages / (time.perf_counter() - begun):.1f}\n")


async def bare(ready: Callable[[int], None]) -> None:
    """A listener that only commits: frames between the marks, one INSERT for all that came meanwhile."""
    from django.db import connection

    queue: asyncio.Queue[tuple[bytes, asyncio.Future[None]]] = asyncio.Queue()
    loop, thread = asyncio.get_running_loop(), ThreadPoolExecutor(max_workers=1)

    def keep(raws: Sequence[bytes]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO bare (raw) SELECT unnest(%s::bytea[])", [list(raws)])

    async def commits() -> None:
        while True:
            batch = [await queue.get()]
            while len(batch) < 1_000 and not queue.empty():
                batch.append(queue.get_nowait())
            await loop.run_in_executor(thread, keep, [raw for raw, _ in batch])
            for _, done in batch:
                done.set_result(None)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                raw = await reader.readuntil(b"\x1c\x0d")
                done: asyncio.Future[None] = loop.create_future()
                queue.put_nowait((raw, done))
                await done
                writer.write(ANSWER)
        except asyncio.IncompleteReadError:
            writer.close()

    keeping = asyncio.create_task(commits())
    server = await asyncio.start_server(talk, "127.0.0.1", 0, backlog=500)
    ready(server.sockets[0].getsockname()[1])
    try:
        await server.serve_forever()
    finally:
        keeping.cancel()
        server.close()


def rate(serve: Callable[[Callable[[int], None]], object], connections: int, messages: int, first: int) -> float:
    """Messages a second acknowledged to a sender in another process."""

    async def run() -> float:
        port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        serving = asyncio.ensure_future(serve(port.set_result))  # type: ignore[call-overload]
        asked = [sys.executable, "-m", "tests.bench.hospital", "--send"]
        numbers = [str(each) for each in (await port, connections, messages, first)]
        sender = await asyncio.create_subprocess_exec(*asked, *numbers, stdout=subprocess.PIPE)
        said, _ = await sender.communicate()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        return float(said)

    return asyncio.run(run())


def report(messages: int, seconds: int) -> str:
    from django.db import connections

    from linkwell.accounts.models import Organisation
    from linkwell.core.migrate import migrate
    from linkwell.core.scope import system_scope
    from linkwell.hospital import actions
    from linkwell.hospital.line.limits import Limits
    from linkwell.hospital.line.server import Line
    from linkwell.hospital.queries.attention import conservation

    migrate()
    with connections["admin"].cursor() as cursor:
        cursor.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, raw bytea)")
        cursor.execute("GRANT ALL ON bare, bare_id_seq TO PUBLIC")
    scope = system_scope(Organisation.objects.create(code=burst.CODE, name="Wexcombe", kind="trust").pk, "bench")
    feed_id = actions.open_feed(scope=scope, kind="adt")

    def ours(ready: Callable[[int], None]) -> Awaitable[None]:
        line = Line(
            lambda raws: actions.receive(scope=scope, feed_id=feed_id, messages=raws), Limits(per_second=1_000_000)
        )
        return line.serve("127.0.0.1", 0, None, ready)

    first = itertools.count(0, max(messages, burst.PER_SECOND * seconds))
    rows = []
    for number in CONNECTIONS:
        size = messages if number > 1 else messages // 10
        taken: dict[str, list[float]] = {"bare": [], "ours": []}
        for _ in range(ROUNDS):
            for name, serve in (("bare", bare), ("ours", ours)):
                taken[name].append(rate(serve, number, size, next(first)))
        medians = {name: statistics.median(each) for name, each in taken.items()}
        rows.append((number, medians["bare"], medians["ours"], medians["bare"] / medians["ours"]))
    worked_out = _worked_out(scope)
    with _worker():
        beside = asyncio.run(burst.measure(ours, seconds, next(first), lambda: conservation(scope).done))
    return page(rows, worked_out, beside, seconds)


def _worked_out(scope: Scope) -> WorkedOut:
    """All that the line has kept, worked out."""
    from linkwell.hospital import actions

    begun, python, database = time.perf_counter(), time.process_time(), _seconds_of_backend()
    number = actions.process_all(scope)
    seconds = time.perf_counter() - begun
    return WorkedOut(number, seconds, time.process_time() - python, _seconds_of_backend() - database)


def _seconds_of_backend() -> float:
    """Processor seconds that our connection has cost in the database; nought where the system does not say."""
    from django.db import connection

    connection.ensure_connection()
    said = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(said.read_text().split()[0]) / 1e9 if said.exists() else 0.0


@contextmanager
def _worker() -> Iterator[None]:
    """What works out messages beside the line, as `linkwell adt listen` starts it."""
    asked = [sys.executable, "-m", "linkwell.web.cli", "adt", "work", "--organisation", burst.CODE]
    worker = subprocess.Popen(asked)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(60)


def page(
    rows: Sequence[tuple[int, float, float, float]], worked_out: WorkedOut, beside: burst.Burst, seconds: int
) -> str:
    done, each = worked_out.messages, 1e6 / worked_out.messages
    offered = beside.offered
    return "\n".join(
        [
            "# A hospital's messages: how quickly",
            "",
            "Written by `python -m tests.bench.hospital`. Each message is on disk before it is acknowledged. The bare",
            "listener commits the bytes and nothing else, with the same group commit; the aim is a ratio of at most",
            f"{RATIO}. Sender and listener share the computer; medians of {ROUNDS} runs in turn.",
            "",
            f"{clock.today():%-d %B %Y}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors; "
            f"load {os.getloadavg()[2]:.1f} over a quarter of an hour, of which this bench is about 2.",
            "",
            "| connections | bare, a second | ours, a second | ratio |",
            "|---:|---:|---:|---:|",
            *(f"| {number} | {base:,.0f} | {mine:,.0f} | {ratio:.2f} |" for number, base, mine, ratio in rows),
            "",
            f"Worked out into patients and stays: {done:,} messages in {worked_out.seconds:.1f} s, "
            f"{done / worked_out.seconds:,.0f} a second",
            f"(the aim is {PER_SECOND:,}), with {worked_out.python * each:,.0f} µs of processor time a message in our",
            f"own code and {worked_out.database * each:,.0f} µs in the database.",
            "",
            f"A burst: {offered.rate:,.0f} messages a second for {seconds} s on {burst.CONNECTIONS} lines. Each was",
            f"answered after {offered.usual_wait:.1f} s (median), {offered.longest_wait:.1f} s at most, while "
            f"{beside.worked_out:,.0f} a second were worked out",
            f"beside them. A signed-in page (Today), before in {beside.before:.0f} ms, came in {beside.during:.0f} ms "
            f"during it, {beside.during / beside.before:.1f} times as long.",
            "Sender, line, worker, reader and database shared the computer.",
            "",
        ]
    )


if __name__ == "__main__":
    main()
