"""The server: frames in, one commit for whatever came meanwhile on all connections, answers out.

It knows nothing of the database: `keep` is given the messages of one commit and says of each how to answer.
"""

from __future__ import annotations

import asyncio
import itertools
import ssl
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import structlog

from linkwell.hospital.line.connection import Callers, Connection
from linkwell.hospital.line.inbox import Asked, Inbox
from linkwell.hospital.line.limits import Limits
from linkwell.interop.hl7v2.acknowledging import acknowledge
from linkwell.interop.hl7v2.judging import Judgement
from linkwell.interop.hl7v2.mllp import framed
from linkwell.kernel import clock

Keep = Callable[[Sequence[bytes]], Sequence[Judgement]]
_SECONDS_BETWEEN_LOOKS = 0.25

log = structlog.get_logger()


class Line:
    """One listening address of one hospital."""

    def __init__(self, keep: Keep, limits: Limits | None = None) -> None:
        self._keep = keep
        self._limits = limits or Limits()
        self._callers = Callers(self._limits)
        self._inbox = Inbox(self._limits.bytes_waiting)
        self._numbers = itertools.count(1)
        self._began = int(time.time())
        # One thread: the database connection is its own, and commits never race.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keep")

    async def serve(self, host: str, port: int, tls: ssl.SSLContext | None, ready: Callable[[int], None]) -> None:
        """Listen until cancelled; what has come by then is kept and answered."""
        server = await asyncio.get_running_loop().create_server(
            lambda: Connection(self._callers, self._inbox), host, port, ssl=tls, backlog=self._limits.connections
        )
        keeper = asyncio.create_task(self._keep_all())
        watch = asyncio.create_task(self._let_the_slow_go())
        ready(server.sockets[0].getsockname()[1])
        try:
            await asyncio.Event().wait()
        finally:
            server.close()
            watch.cancel()
            for each in tuple(self._callers.connected):
                each.stop()
            self._inbox.end()
            await keeper
            self._thread.shutdown(wait=True)

    async def _let_the_slow_go(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
            now = loop.time()
            for each in [one for one in self._callers.connected if one.late(now)]:
                each.abandon()

    async def _keep_all(self) -> None:
        """Whatever came while the last commit was written goes into the next one."""
        loop = asyncio.get_running_loop()
        while batch := await self._inbox.next(self._limits.together):
            try:
                verdicts = await self._verdicts(batch)
            except Exception as trouble:
                # Not kept, so not answered: the connections end and the senders send it again.
                log.error("hospital_line_not_kept", error=type(trouble).__name__, messages=len(batch))  # noqa: TRY400
                for asker in {each.asker for each in batch}:
                    asker.abandon()
                self._inbox.settled(batch)
            else:
                # Told while the database is busy with what came meanwhile.
                loop.call_soon(self._answer, batch, verdicts)

    async def _verdicts(self, batch: Sequence[Asked]) -> list[Judgement]:
        loop = asyncio.get_running_loop()
        raws = [each.raw for each in batch if each.verdict is None]
        kept = iter(await loop.run_in_executor(self._thread, self._keep, raws) if raws else ())
        return [each.verdict or next(kept) for each in batch]

    def _answer(self, batch: Sequence[Asked], verdicts: Sequence[Judgement]) -> None:
        now = clock.now()
        for each, verdict in zip(batch, verdicts, strict=True):
            own_id = f"LW{self._began}-{next(self._numbers)}"
            words = acknowledge(verdict.header, verdict.code, own_id, now, verdict.finding)
            each.asker.answer(framed(words), each.size)
        for asker in {each.asker for each in batch}:
            asker.send()
        self._inbox.settled(batch)


class _Told(ssl.SSLObject):
    """Says in the log why a sender could not be let in: it itself hears only that the connection ended."""

    def do_handshake(self) -> None:
        try:
            super().do_handshake()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            raise
        except ssl.SSLError as trouble:
            log.warning("hospital_line_not_let_in", reason=trouble.reason)
            raise


def tls_context(certificate: str, key: str | None, ca: str | None) -> ssl.SSLContext:
    """TLS 1.2 or later. With `ca` only senders with a certificate from it are let in."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.sslobject_class = _Told
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    if ca:
        context.load_verify_locations(ca)
        context.verify_mode = ssl.CERT_REQUIRED
    return context
