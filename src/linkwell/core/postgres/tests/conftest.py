"""Real servers in temporary folders, each gone after its test."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkwell.core.postgres import (
    DatabaseUrls,
    create_database,
    drop_database,
    remove_home,
    start,
    stop,
    temporary_server,
)
from linkwell.core.postgres.server import RunningServer

# Durable, as for real, without the first base backup, which these tests do not need.
DURABLE = {"archive_mode": "off", "shared_buffers": "64MB"}
EXTERNAL = ("LINKWELL_DATABASE_URL", "LINKWELL_DATABASE_ADMIN_URL")


@pytest.fixture(autouse=True)
def no_outside_server(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in EXTERNAL:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's own account can pass through, also when root runs the tests."""
    made = Path(tempfile.mkdtemp(prefix="linkwell-"))
    made.chmod(0o711)
    yield made
    for home in made.iterdir():
        if (home / "server.lock").exists():
            remove_home(home)
    shutil.rmtree(made)


@pytest.fixture
def nowhere(folder: Path) -> Path:
    """Where a home may be made; nothing is there yet."""
    return folder / "home"


@pytest.fixture(scope="session")
def pattern() -> Iterator[Path]:
    """A stopped home with an empty database: copying one takes a tenth of the time that making one does."""
    made = Path(tempfile.mkdtemp(prefix="linkwell-"))
    made.chmod(0o711)
    start(made / "home", settings=DURABLE)
    stop(made / "home")
    yield made / "home"
    shutil.rmtree(made)


@pytest.fixture
def home(pattern: Path, nowhere: Path) -> Path:
    """A home of one's own, stopped, with an empty database. Copied with its owners: the server has its own account."""
    subprocess.run(["cp", "-a", str(pattern), str(nowhere)], check=True)
    return nowhere


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """One running server for a whole file of tests."""
    with temporary_server() as running:
        yield running


@pytest.fixture
def database(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[DatabaseUrls]:
    """A new database on the shared server."""
    yield create_database(server.home, "scratch")
    for name in EXTERNAL:
        monkeypatch.delenv(name, raising=False)
    drop_database(server.home, "scratch")
