"""Long proof: kill the server, and the program that starts it, at random moments, many times.

Run by `make prove`; a few rounds run with the ordinary tests.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from linkwell.core.postgres import layout, remove_home, start, stop
from linkwell.core.postgres.connect import column, connect, value
from linkwell.core.postgres.home import SOCKET_PORT
from linkwell.core.postgres.passwords import SUPERUSER, password
from linkwell.core.postgres.processes import is_postmaster, postmaster_pid
from linkwell.core.postgres.programs import program, run

WRITERS = 16
DURABLE = {"archive_mode": "off", "shared_buffers": "64MB"}


@dataclass(frozen=True)
class ServerKilled:
    """One round: the server killed while sixteen writers commit."""

    acknowledged: int
    lost: int
    seconds_to_start: float
    amcheck_clean: bool


@dataclass(frozen=True)
class ProgramKilled:
    """One round: the starting program killed, then a start that must succeed."""

    killed_after: float  # seconds
    started: bool


class Writers:
    """Sixteen connections that insert and remember each number the server acknowledged."""

    def __init__(self, url: str, first: int) -> None:
        self.acknowledged: list[int] = []
        self._url, self._next, self._lock = url, first, threading.Lock()
        self._threads = [threading.Thread(target=self._write, daemon=True) for _ in range(WRITERS)]
        for thread in self._threads:
            thread.start()

    def _write(self) -> None:
        try:
            with psycopg.connect(self._url, autocommit=True) as database:
                while True:
                    with self._lock:
                        number, self._next = self._next, self._next + 1
                    database.execute("INSERT INTO acknowledged VALUES (%s, %s)", (number, "x" * 100))
                    self.acknowledged.append(number)
        except psycopg.Error:
            return  # the server was killed

    def wait(self) -> None:
        for thread in self._threads:
            thread.join()


def kill_server_rounds(home: Path, *, rounds: int, seed: int) -> Iterator[ServerKilled]:
    """Kill the server under load, start it again, and look for every acknowledged row."""
    chance = random.Random(seed)
    urls = start(home, settings=DURABLE).urls
    with connect(urls.admin) as database:
        database.execute("CREATE TABLE acknowledged (id bigint PRIMARY KEY, text text)")
    first = 0
    for _ in range(rounds):
        writers = Writers(urls.app, first)
        enough = chance.randrange(100, 3000)
        while len(writers.acknowledged) < enough:
            time.sleep(0.01)
        kill_server(home)
        writers.wait()
        first += 1_000_000
        begun = time.monotonic()
        start(home, settings=DURABLE)
        seconds = time.monotonic() - begun
        with connect(urls.app) as database:
            present = set(column(database, "SELECT id FROM acknowledged"))
        lost = sum(str(number) not in present for number in writers.acknowledged)
        yield ServerKilled(len(writers.acknowledged), lost, seconds, amcheck(home))


def kill_server(home: Path) -> None:
    """End the server with no chance to tidy up."""
    cluster = layout(home).cluster
    pid = postmaster_pid(cluster)
    if pid is None:
        raise RuntimeError("no server to kill")
    os.kill(pid, signal.SIGKILL)
    while is_postmaster(pid, cluster):
        time.sleep(0.01)


def amcheck(home: Path) -> bool:
    """Whether pg_amcheck finds every table and index of the database sound."""
    paths = layout(home)
    result = run(
        [
            program("pg_amcheck"),
            *("--host", paths.socket_folder, "--port", str(SOCKET_PORT), "--username", SUPERUSER),
            *("--heapallindexed", "--no-password", "linkwell"),
        ],
        env={"PGPASSWORD": password(paths, SUPERUSER)},
    )
    return result.returncode == 0 and not result.stdout.strip()


def kill_program_rounds(folder: Path, *, rounds: int, seed: int) -> Iterator[ProgramKilled]:
    """Kill a program that makes and starts a home, at a random moment; then start that home."""
    chance = random.Random(seed)
    for number in range(rounds):
        home = folder / f"killed-{number}"
        after = chance.uniform(0.1, 2.5)
        text = f"from pathlib import Path; from linkwell.core.postgres import start; start(Path({str(home)!r}))"
        child = subprocess.Popen([sys.executable, "-c", text])
        time.sleep(after)
        child.kill()
        child.wait()
        with connect(start(home, settings=DURABLE).urls.app) as database:
            yield ProgramKilled(after, value(database, "SELECT 1") == 1)
        stop(home)
        remove_home(home)


def table(folder: Path, *, rounds: int, seed: int) -> str:
    """Both proofs as a Markdown table, with the seed that repeats them."""
    servers = list(kill_server_rounds(folder / "home", rounds=rounds, seed=seed))
    remove_home(folder / "home")
    programs = list(kill_program_rounds(folder, rounds=rounds, seed=seed))
    return "\n".join(
        [
            f"Seed {seed}.",
            "",
            "| proof | rounds | result |",
            "|---|---|---|",
            f"| rows acknowledged before the server was killed | {rounds} | {sum(r.acknowledged for r in servers)} |",
            f"| of these lost | {rounds} | {sum(r.lost for r in servers)} |",
            f"| pg_amcheck found everything sound | {rounds} | {sum(r.amcheck_clean for r in servers)} |",
            f"| longest start after a kill (seconds) | {rounds} | {max(r.seconds_to_start for r in servers):.1f} |",
            f"| homes that started after their starter was killed | {rounds} | {sum(r.started for r in programs)} |",
        ]
    )
