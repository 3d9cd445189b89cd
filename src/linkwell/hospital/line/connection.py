"""One sender's connection: frames in, answers out in the order of the messages."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import cast

from linkwell.hospital.line.inbox import Asked, Inbox
from linkwell.hospital.line.limits import Limits, TokenBucket
from linkwell.interop.hl7v2.acknowledging import Code
from linkwell.interop.hl7v2.judging import Judgement
from linkwell.interop.hl7v2.mllp import LARGEST_FRAME, Deframer, Frame
from linkwell.kernel.errors import Finding

TOO_LARGE = Judgement(None, Code.REJECTED, Finding("MSH", f"The message is larger than {LARGEST_FRAME:,} bytes."))
BROKEN_OFF = Judgement(None, Code.ERROR, Finding("MSH", "The message broke off before its end."))
_FRAME_MARKS = 3


class Callers:
    """Who is connected, and how quickly each address may send."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.connected: set[Connection] = set()
        self._buckets: dict[str, TokenBucket] = {}

    @property
    def full(self) -> bool:
        return len(self.connected) >= self.limits.connections

    def bucket_of(self, address: str) -> TokenBucket:
        rate = self.limits.per_second
        if len(self._buckets) > 10 * self.limits.connections:
            self._buckets.clear()
        now = asyncio.get_running_loop().time
        return self._buckets.setdefault(address, TokenBucket(rate, 2 * rate, now))


class Connection(asyncio.Protocol):
    """Nothing waits in here: what is whole goes to the inbox, and its answer comes back from the keeper.

    It is not read on while anything holds it: too much that is unanswered, its rate, answers that it does not read.
    """

    _transport: asyncio.Transport

    def __init__(self, callers: Callers, inbox: Inbox) -> None:
        self._callers, self._limits, self._inbox = callers, callers.limits, inbox
        self._loop = asyncio.get_running_loop()
        self._deframer = Deframer()
        self._answers: list[bytes] = []
        self._unanswered = 0
        self._holds = 0
        self._full = self._unread = False
        # Nothing more of it is read; it is closed when all that came is answered.
        self._last_heard = False
        self._deadline = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        if self._callers.full:
            self.abandon()
            return
        self._callers.connected.add(self)
        self._bucket = self._callers.bucket_of(str((transport.get_extra_info("peername") or ("",))[0]))
        self._give_time()

    def connection_lost(self, _why: Exception | None) -> None:
        # What it was not told is kept it sends again.
        self._last_heard = True
        self._callers.connected.discard(self)

    def data_received(self, data: bytes) -> None:
        if self._last_heard:
            return
        was_waiting = self._deframer.waiting
        frames = self._deframer.feed(data)
        if frames or not was_waiting:
            self._give_time()
        if frames:
            self._ask(frames)

    def eof_received(self) -> bool:
        """Whether to stay open: there is something to answer. TLS cannot be closed on one side only."""
        left = None if self._last_heard else self._deframer.finish()
        if left is not None:
            self._ask([left])
        self._last_heard = True
        return self._unanswered > 0 and self._transport.get_extra_info("sslcontext") is None

    def _ask(self, frames: Sequence[Frame]) -> None:
        for frame in frames:
            size = len(frame.data) + _FRAME_MARKS
            self._unanswered += size
            self._inbox.put(Asked(self, frame.data, size, _refused(frame)))
            self._last_heard |= frame.too_large
        delay = self._bucket.delay(len(frames))
        if delay:
            self._hold()
            self._loop.call_later(delay, self._release)
        if not self._full and (self._unanswered > self._limits.bytes_unanswered or self._inbox.full):
            self._full = True
            self._hold()

    def answer(self, words: bytes, size: int) -> None:
        """The answer to its oldest message without one, which was of this size; it goes out with `send`."""
        self._answers.append(words)
        self._unanswered -= size

    def send(self) -> None:
        words, self._answers = b"".join(self._answers), []
        if self._transport.is_closing():
            return
        self._transport.write(words)
        if self._unanswered:
            return
        if self._last_heard:
            self._transport.close()
        elif self._full:
            self._full = False
            self._release()

    def abandon(self) -> None:
        """What it sent was not kept, or it takes too much time: no more answers, it calls again."""
        self._last_heard = True
        self._transport.abort()

    def stop(self) -> None:
        """Read nothing more; close when everything is answered."""
        self._last_heard = True
        if not self._unanswered:
            self._transport.close()

    def late(self, now: float) -> bool:
        """Whether it is too slow in sending what it began, or in reading what it is told. Not while it waits for us."""
        return now > self._deadline and (self._unread or not self._holds)

    def pause_writing(self) -> None:
        self._unread = True
        self._deadline = self._loop.time() + self._limits.seconds_a_message
        self._hold()

    def resume_writing(self) -> None:
        self._unread = False
        self._release()

    def _hold(self) -> None:
        self._holds += 1
        if self._holds == 1:
            self._transport.pause_reading()

    def _release(self) -> None:
        self._holds -= 1
        if not self._holds and not self._transport.is_closing():
            self._give_time()
            self._transport.resume_reading()

    def _give_time(self) -> None:
        limits = self._limits
        self._deadline = self._loop.time() + (
            limits.seconds_a_message if self._deframer.waiting else limits.seconds_idle
        )


def _refused(frame: Frame) -> Judgement | None:
    if frame.too_large:
        return TOO_LARGE
    if not frame.ended and not frame.data.endswith((b"\r", b"\n")):
        return BROKEN_OFF
    return None
