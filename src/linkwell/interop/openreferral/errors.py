"""Inner signals of this package: neither ever leaves it; both become a `Rejected`."""

from __future__ import annotations


class Unusable(Exception):
    """A value, or a whole record, that cannot be taken. Says why in plain words."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


class FeedStopped(Exception):
    """The feed itself cannot be read any further: not JSON, too large, unreachable."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NoSuchPage(FeedStopped):
    """The server has nothing at this address."""
