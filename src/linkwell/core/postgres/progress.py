"""How long work tells whoever waits what it is doing."""

import time
from typing import Protocol


class Progress(Protocol):
    """Called with a plain sentence and, when known, how much is done of how much.

    `done` and `total` share one unit (bytes, or steps); None means not known.
    """

    def __call__(self, message: str, done: int | None = None, total: int | None = None) -> None: ...


def unhurried(progress: Progress) -> Progress:
    """The same Progress, called only for a new sentence, the end, or once a second."""
    last_message, last_time = "", 0.0

    def report(message: str, done: int | None = None, total: int | None = None) -> None:
        nonlocal last_message, last_time
        now = time.monotonic()
        if message != last_message or now - last_time >= 1 or (done is not None and done == total):
            last_message, last_time = message, now
            progress(message, done, total)

    return report


def silent(message: str, done: int | None = None, total: int | None = None) -> None:
    """A Progress that says nothing."""
