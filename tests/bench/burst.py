"""A burst of a hospital's messages beside a page that somebody is reading: what the bench of the line starts.

Sender and reader are processes of their own: `python -m tests.bench.burst offer PORT SECONDS FIRST` and `read UNTIL`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass

CODE = "RWX01"
PER_SECOND, CONNECTIONS = 3_000, 16
_TICK, _PAUSE, _BEFORE, _LEAST = 0.02, 0.25, 20, 10
Serve = Callable[[Callable[[int], None]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Offered:
    """Messages a second as they were offered, and seconds until each had its answer."""

    rate: float
    usual_wait: float
    longest_wait: float


@dataclass(frozen=True, slots=True)
class Burst:
    """What was offered, what was worked out meanwhile, and a page's median milliseconds before and during it."""

    offered: Offered
    worked_out: float
    before: float
    during: float


async def offer(port: int, seconds: int, first: int) -> Offered:
    """So many messages a second, whether or not the ones before are answered."""
    from tests.bench.hospital import message

    streams = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CONNECTIONS)]
    sent: list[deque[float]] = [deque() for _ in streams]
    waits: list[float] = []
    total, begun = PER_SECOND * seconds, time.perf_counter()

    async def hear(number: int) -> None:
        reader, last = streams[number][0], b""
        while data := await reader.read(65536):
            now = time.perf_counter()
            waits.extend(now - sent[number].popleft() for _ in range((last + data).count(b"\x1c\r")))
            last = data[-1:] if data.endswith(b"\x1c") else b""

    hearing = [asyncio.create_task(hear(number)) for number in range(CONNECTIONS)]
    for number in range(total):
        if number % int(PER_SECOND * _TICK) == 0:
            await asyncio.sleep(max(0.0, begun + number / PER_SECOND - time.perf_counter()))
        to = number % CONNECTIONS
        sent[to].append(time.perf_counter())
        streams[to][1].write(b"\x0b" + message(first + number) + b"\x1c\x0d")
    rate = total / (time.perf_counter() - begun)
    while len(waits) < total:
        await asyncio.sleep(_TICK)
    for each in hearing:
        each.cancel()
    return Offered(rate, statistics.median(waits), max(waits))


def read(until: int) -> float:
    """The median milliseconds of a link worker's Today, asked for now and then until that second of the epoch."""
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    from linkwell.accounts.models import Organisation, Team
    from linkwell.core.permissions import Role
    from tests.place import make_member, sign_in

    setup_test_environment()
    hospital = Organisation.objects.get(code=CODE)
    team, _ = Team.objects.get_or_create(organisation=hospital, name="Wexcombe link workers", slug="wexcombe")
    browser = sign_in(make_member(f"Reader {os.getpid()}", Role.LINK_WORKER, hospital.pk, team.pk))
    taken: list[float] = []
    while time.time() < until or len(taken) < _LEAST:
        begun = time.perf_counter()
        response = browser.get("/")
        taken.append(1_000 * (time.perf_counter() - begun))
        if response.status_code != 200:
            raise RuntimeError(f"The page answered {response.status_code}.")
        time.sleep(_PAUSE)
    # The first ones read templates and warm caches.
    return statistics.median(taken[_LEAST // 2 :])


async def _started(*words: object) -> bytes:
    """What another process of this program prints."""
    asked = [sys.executable, "-m", "tests.bench.burst", *(str(each) for each in words)]
    process = await asyncio.create_subprocess_exec(*asked, stdout=subprocess.PIPE)
    return (await process.communicate())[0]


async def measure(serve: Serve, seconds: int, first: int, done: Callable[[], int]) -> Burst:
    """`serve` is the line. `done` says how many messages are worked out so far; whoever does that runs already."""
    before = float(await _started("read", int(time.time()) + _BEFORE))
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = asyncio.ensure_future(serve(port.set_result))
    reading = asyncio.ensure_future(_started("read", int(time.time()) + seconds))
    worked_out, begun = await asyncio.to_thread(done), time.perf_counter()
    offered = Offered(**json.loads(await _started("offer", await port, seconds, first)))
    during = float(await reading)
    rate = (await asyncio.to_thread(done) - worked_out) / (time.perf_counter() - begun)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    return Burst(offered, rate, before, during)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("what", choices=("offer", "read"))
    asked.add_argument("numbers", type=int, nargs="+")
    given = asked.parse_args()
    found = read(*given.numbers) if given.what == "read" else asdict(asyncio.run(offer(*given.numbers)))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
