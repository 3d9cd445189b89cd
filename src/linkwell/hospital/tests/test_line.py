"""If these fail, a message is acknowledged and lost, or one sender keeps the others from being heard."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from linkwell.hospital.line.limits import Limits, TokenBucket
from linkwell.hospital.line.server import Line
from linkwell.hospital.tests.certificates import line_with_tls
from linkwell.hospital.tests.sending import message
from linkwell.interop.hl7v2.judging import Judgement, judge
from linkwell.interop.hl7v2.mllp import Deframer, framed

Talk = Callable[[int], Awaitable[None]]


class Store:
    """Keeps what it is given, and can be told to fail."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []
        self.commits = 0
        self.fails = 0

    def __call__(self, messages: Sequence[bytes]) -> Sequence[Judgement]:
        self.commits += 1
        time.sleep(0.002)
        if self.fails:
            self.fails -= 1
            raise OSError("the disk is full")
        self.kept += messages
        return [judge(raw) for raw in messages]


def talking(store: Store, talk: Talk, limits: Limits | None = None, tls: ssl.SSLContext | None = None) -> None:
    """Serve on a free port while `talk` runs."""

    async def run() -> None:
        port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        serving = asyncio.create_task(Line(store, limits).serve("127.0.0.1", 0, tls, port.set_result))
        try:
            await asyncio.wait_for(talk(await port), 20)
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

    # In a thread of its own: a browser of other tests may have an event loop in this one.
    with ThreadPoolExecutor(1) as own:
        own.submit(asyncio.run, run()).result()


async def answers(reader: asyncio.StreamReader, number: int) -> list[str]:
    """The codes of the next answers, each with the control ID it names."""
    deframer, found = Deframer(), list[str]()
    while len(found) < number:
        data = await asyncio.wait_for(reader.read(65536), 10)
        if not data:
            break
        for frame in deframer.feed(data):
            fields = frame.data.decode().split("\r")[1].split("|")
            found.append(f"{fields[1]} {fields[2]}")
    return found


@pytest.mark.fault("F8")
def test_every_shape_of_frame_is_answered_in_order() -> None:
    store = Store()
    one, two, three = (message("A01", control_id=f"M{number}") for number in (1, 2, 3))
    broken = framed(b"MSH|^~\\&|PAS|WEX|||2026||ORU^R01|M9|P|2.4\r")

    async def talk(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"noise" + framed(one) + framed(two)[:-1] + broken)
        for at in range(0, len(framed(three)), 50):
            writer.write(framed(three)[at : at + 50])
            await writer.drain()
            await asyncio.sleep(0)
        assert await answers(reader, 4) == ["AA M1", "AA M2", "AR M9", "AA M3"]
        writer.write(b"\x0b" + one + b"\x0b" + two[:-5])
        writer.write_eof()
        assert await answers(reader, 2) == ["AA M1", "AE "]
        writer.close()

    talking(store, talk)
    assert store.kept[:2] == [one, two]


@pytest.mark.fault("F2")
@pytest.mark.fault("F8")
def test_what_could_not_be_kept_is_never_acknowledged() -> None:
    store = Store()
    store.fails = 1

    async def talk(port: int) -> None:
        for expected in ([], ["AA M1"]):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(framed(message("A01", control_id="M1")))
            assert await answers(reader, 1) == expected
            writer.close()

    talking(store, talk)


@pytest.mark.fault("F8")
def test_a_sender_that_dribbles_or_never_ends_is_let_go_and_others_are_heard() -> None:
    store = Store()

    async def talk(port: int) -> None:
        slow, slow_writer = await asyncio.open_connection("127.0.0.1", port)
        slow_writer.write(b"\x0bMSH|^~")
        endless, endless_writer = await asyncio.open_connection("127.0.0.1", port)
        endless_writer.write(b"\x0b" + b"x" * 1_100_000)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(framed(message("A01", control_id="M1")))
        assert await answers(reader, 1) == ["AA M1"]
        assert await answers(endless, 1) == ["AR "]
        assert await asyncio.wait_for(slow.read(), 5) == b""
        for each in (writer, slow_writer, endless_writer):
            each.close()

    talking(store, talk, Limits(seconds_a_message=0.3))


@pytest.mark.fault("F13")
def test_many_connections_share_commits_and_a_flood_leaves_the_others_quick() -> None:
    store = Store()

    async def flood(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.writelines(framed(message("A08")) for _ in range(300))
        assert len(await answers(reader, 300)) == 300
        writer.close()

    async def talk(port: int) -> None:
        floods = asyncio.gather(*(flood(port) for _ in range(4)))
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        slowest = 0.0
        for _ in range(10):
            begun = time.monotonic()
            writer.write(framed(message("A01")))
            assert len(await answers(reader, 1)) == 1
            slowest = max(slowest, time.monotonic() - begun)
        await floods
        writer.close()
        assert slowest < 1

    talking(store, talk)
    assert store.commits < len(store.kept) / 5


@pytest.mark.fault("F13")
def test_a_sender_above_its_rate_waits_as_long_as_the_rate_says() -> None:
    now = [0.0]
    bucket = TokenBucket(rate=100, burst=200, now=lambda: now[0])
    assert bucket.delay(200) == 0
    assert bucket.delay(50) == pytest.approx(0.5)
    now[0] = 10.0
    assert bucket.delay(200) == 0


def test_with_tls_only_a_sender_with_a_certificate_is_heard(tmp_path: Path) -> None:
    store, (listening, known, stranger) = Store(), line_with_tls(tmp_path)

    async def told(port: int, tls: ssl.SSLContext | None) -> list[str]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=tls)
        try:
            writer.write(framed(message("A01", control_id="M1")) * 2)
            return await answers(reader, 2)
        except OSError:
            return []
        finally:
            writer.transport.abort()

    async def talk(port: int) -> None:
        assert [await told(port, tls) for tls in (known, stranger, None)] == [["AA M1", "AA M1"], [], []]

    with capture_logs() as logs:
        talking(store, talk, tls=listening)
    assert len(store.kept) == 2
    # Without it, whoever connects a hospital sees a line that ends, and nowhere why.
    refused = [each["reason"] for each in logs if each["event"] == "hospital_line_not_let_in"]
    assert refused[0] == "PEER_DID_NOT_RETURN_A_CERTIFICATE"
    assert len(refused) == 2


@pytest.mark.fault("F2")
def test_a_line_that_is_stopped_keeps_and_answers_what_has_come() -> None:
    store = Store()

    async def run() -> None:
        port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        serving = asyncio.create_task(Line(store).serve("127.0.0.1", 0, None, port.set_result))
        reader, writer = await asyncio.open_connection("127.0.0.1", await port)
        writer.write(framed(message("A01", control_id="M1")))
        while not store.commits:
            await asyncio.sleep(0)
        serving.cancel()
        assert await answers(reader, 1) == ["AA M1"]
        assert await reader.read() == b""
        writer.close()

    with ThreadPoolExecutor(1) as own:
        own.submit(asyncio.run, run()).result()
