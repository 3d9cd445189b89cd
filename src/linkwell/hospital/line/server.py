"""The server: frames in, one commit for whatever came meanwhile on all connections, answers out.

It knows nothing of the database: `keep` is given the messages of one commit and says of each how to answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import ssl
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import structlog

from linkwell.hospital.line.limits import ByteBudget, TokenBucket
from linkwell.interop.hl7v2.acknowledging import Code, acknowledge
from linkwell.interop.hl7v2.judging import Judgement
from linkwell.interop.hl7v2.mllp import LARGEST_FRAME, Deframer, Frame, framed
from linkwell.kernel import clock
from linkwell.kernel.errors import Finding

Keep = Callable[[Sequence[bytes]], Sequence[Judgement]]
TOO_LARGE = Judgement(None, Code.REJECTED, Finding("MSH", f"The message is larger than {LARGEST_FRAME:,} bytes."))
BROKEN_OFF = Judgement(None, Code.ERROR, Finding("MSH", "The message broke off before its end."))
_READ = 64 * 1024

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Limits:
    """What we bear: messages a second of one address, seconds for one message to arrive, bytes that wait."""

    per_second: int = 5_000
    seconds_a_message: float = 30.0
    seconds_idle: float = 3_600.0
    bytes_waiting: int = 64 * 1024 * 1024
    connections: int = 500
    together: int = 1_000


@dataclass(slots=True)
class _Waiting:
    raw: bytes
    answer: asyncio.Future[Judgement] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Line:
    """One listening address of one hospital."""

    def __init__(self, keep: Keep, limits: Limits | None = None) -> None:
        self._keep = keep
        self._limits = limits or Limits()
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue()
        self._buckets: dict[str, TokenBucket] = {}
        self._numbers = itertools.count(1)
        self._began = int(time.time())
        self._budget = ByteBudget(self._limits.bytes_waiting)
        self._open: set[asyncio.Task[None]] = set()
        # One thread: the database connection is its own, and commits never race.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keep")

    async def serve(self, host: str, port: int, tls: ssl.SSLContext | None, ready: Callable[[int], None]) -> None:
        """Listen until cancelled; what is being kept is then kept to the end and answered."""
        keeper = asyncio.create_task(self._keep_all())
        server = await asyncio.start_server(self._connection, host, port, ssl=tls, backlog=self._limits.connections)
        ready(server.sockets[0].getsockname()[1])
        try:
            await server.serve_forever()
        finally:
            server.close()
            for task in self._open:
                task.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)
            keeper.cancel()
            self._thread.shutdown(wait=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or len(self._open) >= self._limits.connections:
            writer.close()
            return
        self._open.add(task)
        try:
            await self._talk(reader, writer)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            # The other side went away or was too slow: what it was not told is kept it sends again.
            pass
        finally:
            self._open.discard(task)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        deframer, bucket = Deframer(), self._bucket_of(writer)
        begun = 0.0
        while True:
            limit = self._limits.seconds_idle
            if deframer.waiting:
                limit = max(0.0, begun + self._limits.seconds_a_message - time.monotonic())
            async with asyncio.timeout(limit):
                data = await reader.read(_READ)
            was_waiting = deframer.waiting
            frames = deframer.feed(data) if data else [last] if (last := deframer.finish()) else []
            if frames or not was_waiting:
                begun = time.monotonic()
            if frames:
                delay = bucket.delay(len(frames))
                if delay:
                    await asyncio.sleep(delay)
                await self._answer(frames, writer)
            if not data or any(frame.too_large for frame in frames):
                return

    def _bucket_of(self, writer: asyncio.StreamWriter) -> TokenBucket:
        peer = str((writer.get_extra_info("peername") or ("",))[0])
        rate = self._limits.per_second
        if len(self._buckets) > 10 * self._limits.connections:
            self._buckets.clear()
        return self._buckets.setdefault(peer, TokenBucket(rate, 2 * rate, time.monotonic))

    async def _answer(self, frames: Sequence[Frame], writer: asyncio.StreamWriter) -> None:
        """Answers go back in the order of the messages, each after its commit."""
        size = sum(len(frame.data) for frame in frames)
        await self._budget.take(size)
        try:
            asked = [self._ask(frame) for frame in frames]
            for each in asked:
                writer.write(framed(self._words(each if isinstance(each, Judgement) else await each.answer)))
            if writer.transport.get_write_buffer_size():
                async with asyncio.timeout(self._limits.seconds_a_message):
                    await writer.drain()
        finally:
            self._budget.give_back(size)

    def _ask(self, frame: Frame) -> Judgement | _Waiting:
        if frame.too_large:
            return TOO_LARGE
        if not frame.ended and not frame.data.endswith((b"\r", b"\n")):
            return BROKEN_OFF
        waiting = _Waiting(frame.data)
        self._queue.put_nowait(waiting)
        return waiting

    def _words(self, verdict: Judgement) -> bytes:
        own_id = f"LW{self._began}-{next(self._numbers)}"
        return acknowledge(verdict.header, verdict.code, own_id, clock.now(), verdict.finding)

    async def _keep_all(self) -> None:
        """Whatever came while the last commit was written goes into the next one."""
        loop = asyncio.get_running_loop()
        while True:
            batch = [await self._queue.get()]
            while len(batch) < self._limits.together and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            try:
                verdicts = await loop.run_in_executor(self._thread, self._keep, [each.raw for each in batch])
            except Exception as trouble:
                # Not kept, so not answered: the connection ends and the sender sends it again.
                log.error("hospital_line_not_kept", error=type(trouble).__name__, messages=len(batch))  # noqa: TRY400
                for each in batch:
                    if not each.answer.done():
                        each.answer.set_exception(ConnectionAbortedError())
                continue
            for each, verdict in zip(batch, verdicts, strict=True):
                if not each.answer.done():
                    each.answer.set_result(verdict)


def tls_context(certificate: str, key: str | None, ca: str | None) -> ssl.SSLContext:
    """TLS 1.2 or later. With `ca` only senders with a certificate from it are let in."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    if ca:
        context.load_verify_locations(ca)
        context.verify_mode = ssl.CERT_REQUIRED
    return context
