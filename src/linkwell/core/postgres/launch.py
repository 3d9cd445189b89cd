"""Make a cluster, and bring its server up whatever state it was left in."""

import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from psycopg.pq import PGconn, Ping

from linkwell.core.postgres import processes
from linkwell.core.postgres.account import Account
from linkwell.core.postgres.errors import DatabaseError
from linkwell.core.postgres.home import SOCKET_PORT, Layout, sync_folder, write_private
from linkwell.core.postgres.passwords import SUPERUSER, password
from linkwell.core.postgres.programs import (
    account_program,
    clean_environment,
    identity,
    run,
)
from linkwell.core.postgres.progress import Progress
from linkwell.core.postgres.settings import ACCESS_RULES, server_settings

# What the last processes of a killed server cause, until they have ended too.
STILL_ENDING = (
    "pre-existing shared memory block",
    'lock file "postmaster.pid" already exists',
)
LONGEST_WAIT_FOR_OLD_PROCESSES = 120.0
BUILDING = "cluster.building-"
LAUNCH = '"$@" </dev/null >>"$0" 2>&1 & echo $!'


def initialise(paths: Layout, account: Account, progress: Progress, *, durable: bool = True) -> None:
    """Make a new, empty cluster: scram passwords, checksums, UTF-8, the same order of text everywhere.

    It is made under another name, so that an interrupted start begins again from nothing.
    """
    progress("Making the database")
    for leftover in paths.database.glob(f"{BUILDING}*"):
        # The initdb of a killed starter may still be writing there; what it leaves goes next time.
        shutil.rmtree(leftover, ignore_errors=True)
    building = paths.database / f"{BUILDING}{secrets.token_hex(4)}"
    secret = paths.database / "superuser.password"
    write_private(secret, password(paths, SUPERUSER).encode())
    account.give(secret, 0o600)
    try:
        command = _initdb(account, building, secret)
        result = run(command if durable else [*command, "--no-sync"], account=account)
    finally:
        secret.unlink()
    if result.returncode != 0:
        raise DatabaseError(f"The database could not be made. {result.stderr.strip()}")
    building.rename(paths.cluster)
    sync_folder(paths.database)


def _initdb(account: Account, building: Path, secret: Path) -> list[str | Path]:
    return [
        account_program("initdb", account),
        *("--pgdata", building, "--username", SUPERUSER, "--pwfile", secret),
        *("--auth", "scram-sha-256", "--data-checksums", "--encoding", "UTF8"),
        # C.UTF-8 is built into PostgreSQL: an index stays valid when the system is upgraded.
        *(
            "--locale",
            "C",
            "--locale-provider",
            "builtin",
            "--builtin-locale",
            "C.UTF-8",
        ),
        "--no-instructions",
    ]


def answer(paths: Layout) -> Ping:
    """Whether a server answers on this home's socket; REJECT means it is starting or stopping."""
    state = Ping(PGconn.ping(f"host='{_escaped(paths.socket_folder)}' port={SOCKET_PORT} connect_timeout=5".encode()))
    if state == Ping.NO_ATTEMPT:
        raise DatabaseError(f"The socket {paths.socket} cannot be used.")
    return state


def _escaped(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace("'", "\\'")


def ensure_answering(paths: Layout, account: Account, progress: Progress, extra: Mapping[str, str] | None) -> bool:
    """Return once the server takes connections; start it if need be. True if it was started here.

    Recovery after a crash may take any time and is waited for. Raises DatabaseError when the
    server ends instead of starting.
    """
    launched: int | None = None
    first = time.monotonic()
    while (state := answer(paths)) != Ping.OK:
        pid = processes.postmaster_pid(paths.cluster) or launched
        if pid and _lost_its_socket(paths, pid):
            progress("Restarting the database, which nobody can reach")
            os.kill(pid, signal.SIGINT)
            processes.wait_for_end(pid, paths.cluster, LONGEST_WAIT_FOR_OLD_PROCESSES)
        elif state == Ping.REJECT or (pid and processes.is_postmaster(pid, paths.cluster)):
            progress(*_what_it_does(paths))
        elif launched and processes.is_postmaster(launched, paths.cluster):
            progress("Starting the database")
        else:
            if launched:
                _raise_unless_passing(paths, time.monotonic() - first)
                progress("Waiting for the last processes of the old database server to end")
                time.sleep(0.5)
            launched = _launch(paths, account, extra)
        time.sleep(0.05 if time.monotonic() - first < 2 else 0.5)
    return launched is not None


def _lost_its_socket(paths: Layout, pid: int) -> bool:
    """Whether a ready server's socket was deleted, as cleaners of temporary folders do."""
    return (
        not paths.socket.exists()
        and processes.says_ready(paths.cluster)
        and processes.is_postmaster(pid, paths.cluster)
    )


def _launch(paths: Layout, account: Account, extra: Mapping[str, str] | None) -> int:
    _set_aside_stale_files(paths)
    for name, text in {
        "postgresql.conf": server_settings(paths, extra),
        "pg_hba.conf": ACCESS_RULES,
    }.items():
        write_private(paths.cluster / name, text.encode())
        account.give(paths.cluster / name, 0o600)
    for old in (paths.start_log, paths.cluster / "current_logfiles"):
        old.unlink(missing_ok=True)
    write_private(paths.start_log, b"")
    account.give(paths.start_log, 0o600)
    # Through a shell that ends at once, so that the server is no child of this program.
    server: list[str | Path] = [
        account_program("postgres", account),
        "-D",
        paths.cluster,
    ]
    started = subprocess.run(  # noqa: S603 - a program of ours, no shell text
        ["/bin/sh", "-c", LAUNCH, paths.start_log, *server],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        cwd="/",
        env=clean_environment(),
        start_new_session=True,
        umask=0o077,
        check=True,
        **identity(account),
    )
    return int(started.stdout)


def _set_aside_stale_files(paths: Layout) -> None:
    """Clear what a killed server left, where its process number now belongs to another process.

    Only the number in postmaster.pid is replaced: the server still checks by the rest of it
    that no process of the old server is left.
    """
    pid = processes.postmaster_pid(paths.cluster)
    if pid and processes.exists(pid):
        file = paths.cluster / "postmaster.pid"
        lines = file.read_text().splitlines(keepends=True)
        file.write_text("".join([f"{processes.dead_pid()}\n", *lines[1:]]))
    for leftover in [paths.socket, paths.socket.with_name(paths.socket.name + ".lock")]:
        leftover.unlink(missing_ok=True)


def _raise_unless_passing(paths: Layout, waited: float) -> None:
    wrote = paths.start_log.read_text(errors="replace") + end_of_server_log(paths)
    passing = any(sign in wrote for sign in STILL_ENDING)
    if passing and waited < LONGEST_WAIT_FOR_OLD_PROCESSES:
        return
    said = "\n".join([line for line in wrote.splitlines() if "skipping missing configuration" not in line][-6:])
    raise DatabaseError(f"The database server did not start. It wrote in {paths.server_log}:\n{said}")


def _what_it_does(paths: Layout) -> tuple[str, int | None]:
    wrote = end_of_server_log(paths)
    begun = re.findall(r"redo starts at ([0-9A-F]+)/([0-9A-F]+)", wrote)
    now = re.findall(r"redo in progress, .* current LSN: ([0-9A-F]+)/([0-9A-F]+)", wrote)
    if begun and now:
        return "Recovering the database", _position(now[-1]) - _position(begun[-1])
    if begun:
        return "Recovering the database", None
    return "Starting the database", None


def _position(halves: tuple[str, str]) -> int:
    return (int(halves[0], 16) << 32) + int(halves[1], 16)


def end_of_server_log(paths: Layout, size: int = 64_000) -> str:
    """The newest lines the server wrote since it was last started."""
    try:
        name = (paths.cluster / "current_logfiles").read_text().split(maxsplit=1)[1].strip()
        with Path(name).open("rb") as log:
            log.seek(max(0, log.seek(0, 2) - size))
            wrote = log.read().decode(errors="replace")
    except (OSError, IndexError):
        return ""
    return wrote[wrote.rfind("starting PostgreSQL") + 1 :]
