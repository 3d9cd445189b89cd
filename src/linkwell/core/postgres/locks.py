"""One starter, stopper or restorer of a home at a time."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linkwell.core.postgres.progress import Progress


@contextmanager
def locked(file: Path, progress: Progress) -> Iterator[None]:
    """Hold the lock in `file`, waiting as long as it takes.

    The lock ends with the process that holds it, so a killed holder leaves nothing behind.
    """
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while not _taken(handle):
            progress("Waiting for another Linkwell command to finish with the database")
            time.sleep(0.2)
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
