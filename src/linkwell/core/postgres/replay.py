"""Build a cluster from a base backup, and replay the archived log up to a moment."""

import os
import shlex
import shutil
import tarfile
import time
from datetime import UTC, datetime
from pathlib import Path

from linkwell.core.postgres import processes
from linkwell.core.postgres.account import Account
from linkwell.core.postgres.connect import connect, value
from linkwell.core.postgres.errors import DatabaseError, NotReachable
from linkwell.core.postgres.home import Layout, sync_folder
from linkwell.core.postgres.launch import end_of_server_log, ensure_answering
from linkwell.core.postgres.progress import Progress
from linkwell.core.postgres.roles import prepare_embedded
from linkwell.core.postgres.urls import superuser_url


def rebuild_cluster(paths: Layout, parts: Path, account: Account, progress: Progress) -> None:
    """Unpack base and log of a backup to where the server will read them."""
    progress("Unpacking the database")
    building = paths.database / "cluster.building"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(mode=0o700)
    with tarfile.open(parts / "base.tar.gz", "r:gz") as tar:
        if hasattr(tarfile, "data_filter"):  # Python before 3.11.4 has none; the file is proved ours
            tar.extraction_filter = tarfile.data_filter
        tar.extractall(building)  # noqa: S202 - sealed by us, and proved untouched
    (building / "recovery.signal").touch()
    log = _log_to_replay(paths)
    shutil.rmtree(log, ignore_errors=True)
    (parts / "wal").rename(log)
    for folder in (building, log):
        _hand_over(folder, account)
    building.rename(paths.cluster)
    sync_folder(paths.database)


def _log_to_replay(paths: Layout) -> Path:
    return paths.database / "replay"


def _hand_over(folder: Path, account: Account) -> None:
    account.give(folder, 0o700)
    for parent, folders, files in os.walk(folder):
        for name in folders:
            account.give(Path(parent, name), 0o700)
        for name in files:
            account.give(Path(parent, name), 0o600)


def replay(paths: Layout, account: Account, to: datetime | None, progress: Progress) -> None:
    """Start the server, let it replay up to `to` (None: everything), and begin a new history.

    Raises DatabaseError with the server's own words if it cannot.
    """
    progress("Replaying what happened since the base backup")
    ensure_answering(paths, account, progress, _recovery_settings(paths, to))
    while _is_replaying(paths):
        progress("Replaying what happened since the base backup")
        time.sleep(0.2)
    prepare_embedded(paths)
    shutil.rmtree(_log_to_replay(paths))


def _recovery_settings(paths: Layout, to: datetime | None) -> dict[str, str]:
    folder = shlex.quote(str(_log_to_replay(paths))).replace("%", "%%")
    settings = {
        "restore_command": f'cp {folder}/%f "%p"',
        "recovery_target_timeline": "latest",
    }
    if to is not None:
        settings["recovery_target_time"] = to.astimezone(UTC).isoformat(sep=" ")
        settings["recovery_target_action"] = "promote"
    return settings


def _is_replaying(paths: Layout) -> bool:
    try:
        with connect(superuser_url(paths)) as server:
            return value(server, "SELECT pg_is_in_recovery()") is True
    except NotReachable:
        pid = processes.postmaster_pid(paths.cluster)
        if pid and processes.is_postmaster(pid, paths.cluster):
            return True
        wrote = "\n".join(end_of_server_log(paths).splitlines()[-5:])
        raise DatabaseError(f"The database could not be brought to that moment:\n{wrote}") from None
