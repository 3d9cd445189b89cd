"""A server of its own for tests and drills, gone afterwards."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from linkwell.core.postgres.server import RunningServer, remove_home, start

# Nothing here outlives the run, so nothing need survive a power cut.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "archive_mode": "off",
    "shared_buffers": "128MB",
    "max_wal_size": "256MB",
    "autovacuum": "off",
}


@contextmanager
def temporary_server(settings: Mapping[str, str] = FAST) -> Iterator[RunningServer]:
    """A new home with a running server in a temporary folder; both are removed at the end."""
    home = Path(tempfile.mkdtemp(prefix="linkwell-"))
    try:
        yield start(home, settings=settings)
    finally:
        remove_home(home)
