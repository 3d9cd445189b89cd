"""A real running Linkwell for browser tests: web server and job worker as processes of their own.

Fixture ``live``: the made-up world served on a free port. What its log says is shown when a test fails.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page

from linkwell.core.permissions import Role
from linkwell.core.postgres.home import layout
from linkwell.core.postgres.urls import embedded_urls
from linkwell.web import build_assets
from tests.place import Member
from tests.world import World

READY_WITHIN = 90.0
END_WITHIN = 20.0
# A page may take this long on a machine that is busy with other tests, in milliseconds.
PATIENCE = 60_000


class NotReady(RuntimeError):
    """The server did not come up; the message is its log."""


@dataclass(frozen=True)
class Live:
    """A running Linkwell: its address, the world it serves, and the file both processes write their log to."""

    address: str
    world: World
    log: Path

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def sign_in(self, page: Page, who: Role | str) -> None:
        """Sign in on the demonstration page, as a role's member of the world or as somebody of this name."""
        name = who if not isinstance(who, Role) else self.name_of(self.world.members[who])
        page.set_default_timeout(PATIENCE)
        page.goto(self.url("/demo/"))
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_url(self.url("/"))

    def name_of(self, member: Member) -> str:
        return member.scope.actor_name


@pytest.fixture(scope="session")
def live_started(world_built: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    build_assets.build()
    with running(world_built, tmp_path_factory.mktemp("live") / "linkwell.log") as server:
        yield server


@pytest.fixture
def live(live_started: Live) -> Iterator[Live]:
    """The running world for one test. A fault in the server's log fails the test that caused it."""
    before = len(live_started.log.read_text())
    yield live_started
    said = live_started.log.read_text()[before:]
    sys.stdout.write(said)
    assert "Traceback" not in said, "The server noted a fault; see its log above."


@contextmanager
def running(world: World, log: Path) -> Iterator[Live]:
    """Web server and worker on the world's database, ended whatever happens."""
    port = free_port()
    address = f"http://localhost:{port}"
    environment = _environment(world.database, port, address)
    children: list[subprocess.Popen[bytes]] = []
    try:
        children.append(_started(_web(port), environment, log))
        children.append(_started(["-m", "linkwell.web.cli", "worker"], environment, log))
        _wait_until_ready(address, children, log)
        yield Live(address, world, log)
    finally:
        _end(children)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _environment(database: str, port: int, address: str) -> dict[str, str]:
    home = Path(os.environ["LINKWELL_HOME"])
    urls = embedded_urls(layout(home)).of_database(database)
    return os.environ | {
        "LINKWELL_DATABASE_URL": urls.app,
        "LINKWELL_DATABASE_ADMIN_URL": urls.admin,
        "LINKWELL_DEMO": "1",
        "LINKWELL_BIND": "127.0.0.1",
        "LINKWELL_PORT": str(port),
        "LINKWELL_ADDRESS": address,
        "LINKWELL_MANY_OPENINGS": "10000",
        "DJANGO_SETTINGS_MODULE": "linkwell.web.settings",
    }


def _web(port: int) -> list[str]:
    bind = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "2", "--worker-class", "gthread"]
    return ["-m", "gunicorn", "linkwell.web.wsgi", *bind, "--log-level", "warning", "--no-control-socket"]


def _started(arguments: list[str], environment: dict[str, str], log: Path) -> "subprocess.Popen[bytes]":
    with log.open("ab") as output:
        return subprocess.Popen([sys.executable, *arguments], env=environment, stdout=output, stderr=output)


def _wait_until_ready(address: str, children: "list[subprocess.Popen[bytes]]", log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and all(child.poll() is None for child in children):
        with suppress(httpx.HTTPError):
            if httpx.get(f"{address}/demo/", timeout=10).status_code == 200:
                return
        time.sleep(0.2)
    raise NotReady(log.read_text())


def _end(children: "list[subprocess.Popen[bytes]]") -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
