"""Start, stop and look at the embedded server of a home."""

import os
import shutil
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from psycopg.pq import Ping

from linkwell.core.postgres import processes
from linkwell.core.postgres.account import server_account
from linkwell.core.postgres.bases import forget_bases, take_base
from linkwell.core.postgres.errors import DatabaseError
from linkwell.core.postgres.home import Layout, layout, prepare_home
from linkwell.core.postgres.launch import answer, ensure_answering, initialise
from linkwell.core.postgres.locks import locked
from linkwell.core.postgres.passwords import make_passwords
from linkwell.core.postgres.progress import Progress, silent, unhurried
from linkwell.core.postgres.roles import prepare_embedded
from linkwell.core.postgres.urls import DatabaseUrls, embedded_urls

LONGEST_WAIT_TO_STOP = 600.0


@dataclass(frozen=True)
class RunningServer:
    """A server that takes connections."""

    home: Path
    urls: DatabaseUrls
    started_here: bool  # False when it was already running


@dataclass(frozen=True)
class ServerStatus:
    """What the embedded server of a home is doing."""

    state: Literal["no database", "stopped", "starting or stopping", "running"]
    pid: int | None


def start(
    home: Path,
    progress: Progress = silent,
    *,
    settings: Mapping[str, str] | None = None,
) -> RunningServer:
    """Start the server of this home, making the database first if there is none.

    Whatever the last run was killed in the middle of, this recovers from it, however long
    that takes. A server already running is used as it is. `settings` are written into
    postgresql.conf and win over Linkwell's own. Raises DatabaseError with the reason.
    """
    progress, chosen = unhurried(progress), settings or {}
    account = server_account(layout(home).cluster)
    paths = prepare_home(home, account)
    with locked(paths.lock, progress):
        refuse_unfinished_restore(paths)
        make_passwords(paths)
        new = not paths.cluster.exists()
        if new:
            initialise(paths, account, progress, durable=chosen.get("fsync") != "off")
        archived = chosen.get("archive_mode") != "off"
        if not archived:
            forget_bases(paths)
        started = ensure_answering(paths, account, progress, settings)
        prepare_embedded(paths)
        if new and archived:
            take_base(paths, progress)
    return RunningServer(paths.home, embedded_urls(paths), started)


def refuse_unfinished_restore(paths: Layout) -> None:
    """Raise DatabaseError if a restore into this home was interrupted: half of it may be there."""
    if paths.unfinished_restore.exists():
        raise DatabaseError(f"A restore into {paths.home} did not finish. Run the restore again, with --replace.")


def stop(home: Path, progress: Progress = silent) -> bool:
    """Stop the server: open transactions are undone, everything acknowledged is on disk.

    True if a server was running. Raises DatabaseError if it has not ended after ten minutes.
    """
    paths = layout(home)
    if not paths.home.exists():
        return False
    with locked(paths.lock, progress):
        return stop_locked(paths, progress)


def stop_locked(paths: Layout, progress: Progress) -> bool:
    """As stop, for a caller that holds the home's lock."""
    pid = processes.postmaster_pid(paths.cluster)
    if pid is None or not processes.is_postmaster(pid, paths.cluster):
        return False
    progress("Stopping the database")
    os.kill(pid, signal.SIGINT)
    if not processes.wait_for_end(pid, paths.cluster, LONGEST_WAIT_TO_STOP):
        raise DatabaseError(f"The database server (process {pid}) does not stop.")
    return True


def status(home: Path) -> ServerStatus:
    """What the server of this home is doing now. Changes nothing."""
    paths = layout(home)
    if not paths.cluster.exists():
        return ServerStatus("no database", None)
    pid = processes.postmaster_pid(paths.cluster)
    if answer(paths) == Ping.OK:
        return ServerStatus("running", pid)
    if pid is not None and processes.is_postmaster(pid, paths.cluster):
        return ServerStatus("starting or stopping", pid)
    return ServerStatus("stopped", None)


def remove_home(home: Path, progress: Progress = silent) -> None:
    """Stop the server and delete the whole home. There is no way back: for tests and demos."""
    paths = layout(home)
    stop(home, progress)
    shutil.rmtree(paths.socket_folder, ignore_errors=True)
    elsewhere = paths.database.parent if paths.database_link.is_symlink() else None
    for folder in filter(None, [elsewhere, paths.home]):
        shutil.rmtree(folder, ignore_errors=True)
