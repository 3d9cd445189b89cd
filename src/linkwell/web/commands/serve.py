import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from linkwell.core.postgres import layout, linkwell_home, stop
from linkwell.web import config
from linkwell.web.commands.progress import shown
from linkwell.web.commands.setting_up import bring_up_to_date, open_database

PATIENCE = 10.0
LONGEST_START = 60.0


@click.command()
def serve() -> None:
    """Run the web server and the job worker until told to stop (Ctrl-C)."""
    with alone():
        open_database()
        bring_up_to_date()
        run()


@contextmanager
def alone() -> Iterator[None]:
    """One server for each home. The lock ends with the program, however that ends."""
    home = linkwell_home()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / "serving.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise click.ClickException(f"Linkwell is already running in {home}.") from None
        end_leftovers()
        refuse_taken_port()
        yield


def refuse_taken_port() -> None:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((config.BIND.value, config.PORT.number))
        except OSError:
            raise click.ClickException(
                f"Port {config.PORT.value} is in use. Choose one: LINKWELL_PORT=8001 or make demo PORT=8001."
            ) from None


def run(when_ready: str = "") -> None:
    """Keep the web server and the worker going; if one ends it is started again. Clean up on the way out."""
    going = True

    def told_to_stop(number: int, frame: FrameType | None) -> None:
        nonlocal going
        going = False

    signal.signal(signal.SIGTERM, told_to_stop)
    signal.signal(signal.SIGINT, told_to_stop)
    children = {"web": _web(), "worker": _worker()}
    _note(children)
    wait_until_answering(children["web"])
    click.echo(when_ready or f"Linkwell is at {address()}")
    while going:
        time.sleep(0.3)
        for name, child in list(children.items()):
            if child.poll() is not None and going:
                time.sleep(1)
                children[name] = _web() if name == "web" else _worker()
                _note(children)
    _end(children)
    stop(linkwell_home(), shown)


def wait_until_answering(web: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and web.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex((config.BIND.value, config.PORT.number)) == 0:
                return
        time.sleep(0.1)


def address() -> str:
    return config.ADDRESS.value or f"http://localhost:{config.PORT.value}"


def _web() -> subprocess.Popen[bytes]:
    bind = f"{config.BIND.value}:{config.PORT.value}"
    options = ["--workers", config.WORKERS.value, "--threads", "4", "--worker-class", "gthread", "--bind", bind]
    quiet = ["--log-level", "warning", "--no-control-socket"]
    return _started(["-m", "gunicorn", "linkwell.web.wsgi", *options, *quiet])


def _worker() -> subprocess.Popen[bytes]:
    return _started(["-m", "linkwell.web.cli", "worker"])


def _started(arguments: list[str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches us alone, and we end the children in order.
    return subprocess.Popen([sys.executable, *arguments], start_new_session=True)  # noqa: S603


def _end(children: dict[str, "subprocess.Popen[bytes]"]) -> None:
    for child in children.values():
        child.terminate()
    for child in children.values():
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
    _pids_file().unlink(missing_ok=True)


def _pids_file() -> Path:
    return layout(linkwell_home()).home / "serving.pids"


def _note(children: dict[str, "subprocess.Popen[bytes]"]) -> None:
    # With the moment each began: process ids are used again by others.
    _pids_file().write_text("\n".join(f"{child.pid} {_began(child.pid)}" for child in children.values()))


def end_leftovers() -> None:
    """After a kill -9 of ours, its web server may still hold the port: end it."""
    path = _pids_file()
    if not path.exists():
        return
    for line in path.read_text().splitlines():
        pid, _, began = line.partition(" ")
        if began and _began(int(pid)) == began:
            os.killpg(int(pid), signal.SIGTERM)
            _wait_for_end(int(pid), began)
    path.unlink()


def _began(pid: int) -> str:
    """When this process began, as the system says it; empty when there is none."""
    seen = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return seen.stdout.strip()


def _wait_for_end(pid: int, began: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and _began(pid) == began:
        time.sleep(0.1)
