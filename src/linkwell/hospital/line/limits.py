"""What one sender may take of us: so many messages a second, so many bytes at once, so much time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What we bear: messages a second of one address, seconds for one message to arrive, bytes that wait.

    `bytes_unanswered` is of one connection: it is not read on until these have their answers.
    """

    per_second: int = 5_000
    seconds_a_message: float = 30.0
    seconds_idle: float = 3_600.0
    bytes_waiting: int = 64 * 1024 * 1024
    bytes_unanswered: int = 64 * 1024
    connections: int = 500
    together: int = 1_000


class TokenBucket:
    """`rate` a second, `burst` at once. `delay` takes some and says how many seconds to wait before taking more."""

    def __init__(self, rate: float, burst: float, now: Callable[[], float]) -> None:
        self._rate, self._burst, self._now = rate, burst, now
        self._left, self._at = burst, now()

    def delay(self, wanted: int) -> float:
        now = self._now()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate) - wanted
        self._at = now
        return max(0.0, -self._left / self._rate)
