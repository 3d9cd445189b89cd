"""How long work tells whoever waits what it is doing."""

from typing import Protocol


class Progress(Protocol):
    """Called with a plain sentence and, when known, how much is done of how much.

    `done` and `total` share one unit (bytes, or steps); None means not known.
    """

    def __call__(self, message: str, done: int | None = None, total: int | None = None) -> None: ...


def silent(message: str, done: int | None = None, total: int | None = None) -> None:
    """A Progress that says nothing."""
