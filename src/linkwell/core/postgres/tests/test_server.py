"""The server comes up again, whatever it was killed in the middle of."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from linkwell.core.postgres import DatabaseError, layout, start, status, stop
from linkwell.core.postgres.connect import connect, value
from linkwell.core.postgres.processes import is_postmaster, postmaster_pid
from linkwell.core.postgres.tests.conftest import DURABLE
from linkwell.core.postgres.tests.prove_recovery import kill_program_rounds, kill_server_rounds
from linkwell.core.postgres.urls import superuser_url


def test_a_second_start_is_quick_and_finds_everything(home: Path) -> None:
    with connect(start(home, settings=DURABLE).urls.admin) as database:
        database.execute("CREATE TABLE kept AS SELECT 1 AS id")
    assert stop(home)
    assert status(home).state == "stopped"

    begun = time.monotonic()
    running = start(home, settings=DURABLE)

    assert time.monotonic() - begun < 10
    assert running.started_here
    assert status(home).state == "running"
    with connect(running.urls.app) as database:
        assert value(database, "SELECT id FROM kept") == 1


def test_a_running_server_is_used_as_it_is(home: Path) -> None:
    start(home, settings=DURABLE)
    pid = status(home).pid

    assert not start(home, settings=DURABLE).started_here
    assert status(home).pid == pid


def test_stopping_twice_or_before_any_start_does_nothing(home: Path, folder: Path) -> None:
    assert not stop(folder / "nothing")
    assert status(folder / "nothing").state == "no database"
    start(home, settings=DURABLE)
    assert stop(home)
    assert not stop(home)


def test_two_who_start_at_once_get_one_server(nowhere: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        started = list(pool.map(lambda _: start(nowhere, settings=DURABLE).started_here, range(3)))

    assert sorted(started) == [False, False, True]


@pytest.mark.fault("F2")
def test_nothing_acknowledged_is_lost_when_the_server_is_killed_under_load(home: Path) -> None:
    [outcome] = kill_server_rounds(home, rounds=1, seed=1)

    assert outcome.acknowledged > 50
    assert outcome.lost == 0
    assert outcome.amcheck_clean


@pytest.mark.fault("F2")
def test_a_program_killed_while_starting_leaves_a_home_that_starts(folder: Path) -> None:
    for outcome in kill_program_rounds(folder, rounds=2, seed=2):
        assert outcome.started, outcome


def test_a_stale_process_number_that_now_belongs_to_another_process_does_not_stop_a_start(home: Path) -> None:
    start(home, settings=DURABLE)
    paths = layout(home)
    pid = _kill(home)
    file = paths.cluster / "postmaster.pid"
    file.write_text(file.read_text().replace(str(pid), str(os.getpid()), 1))
    lock = paths.socket.with_name(paths.socket.name + ".lock")
    lock.write_text(f"{os.getpid()}\n")

    assert start(home, settings=DURABLE).started_here


def test_a_deleted_socket_does_not_leave_the_server_out_of_reach(home: Path) -> None:
    start(home, settings=DURABLE)
    layout(home).socket.unlink()

    assert start(home, settings=DURABLE).started_here


def test_a_long_recovery_is_waited_for_and_told(home: Path) -> None:
    settings = DURABLE | {"log_startup_progress_interval": "1ms", "full_page_writes": "on"}
    with connect(start(home, settings=settings).urls.admin) as database:
        database.execute("CREATE TABLE much AS SELECT i, repeat('x', 200) AS text FROM generate_series(1, 400000) i")
        database.execute("UPDATE much SET i = i + 1")
    _kill(home)
    said: list[str] = []

    start(home, lambda message, done=None, total=None: said.append(message), settings=settings)

    assert "Recovering the database" in said


def test_a_server_that_cannot_start_says_why(home: Path) -> None:
    start(home, settings=DURABLE)
    stop(home)

    with pytest.raises(DatabaseError, match="shared_buffers"):
        start(home, settings=DURABLE | {"shared_buffers": "a lot"})


def test_every_login_needs_its_password_and_nothing_listens_to_the_network(home: Path) -> None:
    running = start(home, settings=DURABLE)
    paths = layout(home)

    with connect(superuser_url(paths)) as server:
        assert value(server, "SHOW listen_addresses") == ""
        assert value(server, "SHOW data_checksums") == "on"
        assert value(server, "SHOW fsync") == "on"
        assert value(server, "SHOW server_encoding") == "UTF8"
    for login in ("linkwell_app", "linkwell_admin", "linkwell_superuser"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(running.urls.app, user=login, password="wrong")


def test_a_home_with_awkward_letters_in_its_path_works(folder: Path) -> None:
    home = folder / 'it\'s "odd" $HOME, 100% ünïcode'

    with connect(start(home, settings=DURABLE).urls.app) as database:
        assert value(database, "SELECT 1") == 1


def test_the_server_outlives_the_program_that_started_it(home: Path) -> None:
    program = f"from pathlib import Path; from linkwell.core.postgres import start; start(Path({str(home)!r}))"
    subprocess.run([sys.executable, "-c", program], check=True)

    assert status(home).state == "running"
    assert not start(home).started_here


def test_values_people_typed_stay_out_of_the_server_log(home: Path) -> None:
    with connect(start(home, settings=DURABLE).urls.admin) as database:
        database.execute("CREATE TABLE person (name text PRIMARY KEY)")
        for _ in range(2):
            with contextlib.suppress(psycopg.errors.UniqueViolation):
                database.execute("INSERT INTO person VALUES (%s)", ("Ada Private",))
    wrote = "".join(path.read_text() for path in layout(home).server_log.iterdir())

    assert "duplicate key" in wrote
    assert "Ada" not in wrote


def _kill(home: Path) -> int:
    """End the server as a power cut would; its number."""
    cluster = layout(home).cluster
    pid = postmaster_pid(cluster)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while is_postmaster(pid, cluster):
        time.sleep(0.01)
    return pid
