"""What one sender may take of us: so many messages a second, and all together so many bytes at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class TokenBucket:
    """`rate` a second, `burst` at once. `delay` takes one and says how many seconds to wait before acting on it."""

    def __init__(self, rate: float, burst: float, now: Callable[[], float]) -> None:
        self._rate, self._burst, self._now = rate, burst, now
        self._left, self._at = burst, now()

    def delay(self, wanted: int) -> float:
        now = self._now()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate) - wanted
        self._at = now
        return max(0.0, -self._left / self._rate)


class ByteBudget:
    """The bytes of all connections that wait for their commit. Whoever would go over waits, and is not read on."""

    def __init__(self, most: int) -> None:
        self._most, self._taken = most, 0
        self._freed = asyncio.Event()

    async def take(self, size: int) -> None:
        # One that is larger than the whole budget still goes, alone.
        while self._taken and self._taken + size > self._most:
            self._freed.clear()
            await self._freed.wait()
        self._taken += size

    def give_back(self, size: int) -> None:
        self._taken -= size
        self._freed.set()
