"""What came on all connections and waits for its commit, in the order in which it came."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from linkwell.interop.hl7v2.judging import Judgement


class Asker(Protocol):
    """Who sent something, and is owed the answers in the order of the messages."""

    def answer(self, words: bytes, size: int) -> None: ...

    def send(self) -> None: ...

    def abandon(self) -> None: ...


@dataclass(slots=True)
class Asked:
    """A message to keep, or the verdict on what is none. `size` is in bytes and never nought."""

    asker: Asker
    raw: bytes
    size: int
    verdict: Judgement | None


class Inbox:
    """Filled by every connection, emptied batch by batch by one keeper."""

    def __init__(self, most_bytes: int) -> None:
        self._queue: deque[Asked] = deque()
        self._most_bytes, self._bytes = most_bytes, 0
        self._come = asyncio.Event()
        self._ended = False

    @property
    def full(self) -> bool:
        return self._bytes > self._most_bytes

    def put(self, asked: Asked) -> None:
        self._queue.append(asked)
        self._bytes += asked.size
        self._come.set()

    async def next(self, most: int) -> list[Asked]:
        """Whatever came while the last batch was kept; nothing when the line has ended and all is kept."""
        if not self._queue and not self._ended:
            self._come.clear()
            await self._come.wait()
        return [self._queue.popleft() for _ in range(min(most, len(self._queue)))]

    def settled(self, batch: Sequence[Asked]) -> None:
        """These were answered, or never will be."""
        self._bytes -= sum(each.size for each in batch)

    def end(self) -> None:
        """Nothing more will come."""
        self._ended = True
        self._come.set()
