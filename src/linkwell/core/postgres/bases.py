"""Base backups of the embedded server, and the archived log that leads on from them.

A base and the log written since bring back any second from the base on. Bases are kept until a
newer one reaches back over the whole window; log older than the oldest base is deleted.
"""

import json
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from linkwell.core.postgres.connect import column, connect, value
from linkwell.core.postgres.errors import DatabaseError
from linkwell.core.postgres.home import SOCKET_PORT, Layout, write_private
from linkwell.core.postgres.passwords import SUPERUSER, password
from linkwell.core.postgres.programs import program, run
from linkwell.core.postgres.progress import Progress
from linkwell.core.postgres.urls import superuser_url

WINDOW = timedelta(days=2)
NEW_BASE_AFTER = timedelta(days=1)
LONGEST_WAIT_FOR_ARCHIVE = 600.0
SEGMENT = re.compile(r"[0-9A-F]{24}")


@dataclass(frozen=True)
class Base:
    """One base backup: a compressed tar of the cluster, without the log it needs."""

    folder: Path
    ended: datetime  # the first moment it can bring back
    first_segment: str  # name of the first log file it needs

    @property
    def tar(self) -> Path:
        return self.folder / "base.tar.gz"

    @property
    def manifest(self) -> Path:
        return self.folder / "backup_manifest"


def bases(paths: Layout) -> list[Base]:
    """The complete base backups of a home, oldest first."""
    found = []
    for about in paths.bases.glob("*/base.json"):
        values = json.loads(about.read_text())
        found.append(Base(about.parent, datetime.fromisoformat(values["ended"]), values["first_segment"]))
    return sorted(found, key=lambda base: base.ended)


def base_for_window(paths: Layout, now: datetime) -> Base:
    """The newest base that reaches back over the whole window, else the oldest there is."""
    kept = bases(paths)
    return ([base for base in kept if base.ended <= now - WINDOW] or kept[:1])[-1]


def keep_bases(paths: Layout, progress: Progress, *, now: datetime | None = None) -> None:
    """Take a new base if the newest is over a day old, and delete what no window needs."""
    now = now or datetime.now(UTC)
    kept = bases(paths)
    if not kept or kept[-1].ended < now - NEW_BASE_AFTER:
        take_base(paths, progress)
    _prune(paths, base_for_window(paths, now))


def take_base(paths: Layout, progress: Progress) -> Base:
    """Copy the running cluster, and check the copy against its checksums."""
    progress("Copying the database")
    for leftover in paths.bases.glob(".*"):
        # The copying program of a killed Linkwell may still be writing there.
        shutil.rmtree(leftover, ignore_errors=True)
    started = datetime.now(UTC)
    folder = paths.bases / f".{started:%Y%m%dT%H%M%S.%fZ}"
    _copy(paths, folder)
    segments = json.loads((folder / "backup_manifest").read_text())["WAL-Ranges"]
    first = _segment(int(segments[0]["Timeline"]), segments[0]["Start-LSN"])
    about = {"ended": datetime.now(UTC).isoformat(), "first_segment": first}
    write_private(folder / "base.json", json.dumps(about).encode())
    finished = folder.rename(paths.bases / folder.name[1:])
    return next(base for base in bases(paths) if base.folder == finished)


def _copy(paths: Layout, folder: Path) -> None:
    steps: list[list[str | Path]] = [
        [
            program("pg_basebackup"),
            *("--pgdata", folder, "--format", "tar", "--compress", "client-gzip:1"),
            *("--wal-method", "none", "--checkpoint", "fast", "--manifest-checksums", "SHA256"),
            *("--host", paths.socket_folder, "--port", str(SOCKET_PORT), "--username", SUPERUSER),
            *("--no-password", "--label", "linkwell"),
        ],
        [program("pg_verifybackup"), "--no-parse-wal", "--quiet", folder],
    ]
    for step in steps:
        result = run(step, env={"PGPASSWORD": password(paths, SUPERUSER)})
        if result.returncode != 0:
            raise DatabaseError(f"The database could not be copied: {result.stderr.strip()}")


def _segment(timeline: int, position: str) -> str:
    high, low = (int(half, 16) for half in position.split("/"))
    return f"{timeline:08X}{high:08X}{low // (16 * 1024 * 1024):08X}"


def _prune(paths: Layout, oldest: Base) -> None:
    for base in bases(paths):
        if base.ended < oldest.ended:
            shutil.rmtree(base.folder)
    run([program("pg_archivecleanup"), paths.wal_archive, oldest.first_segment])


def forget_bases(paths: Layout) -> None:
    """Delete every base, for a server about to run without archiving its log."""
    for base in bases(paths):
        shutil.rmtree(base.folder)


def log_since(paths: Layout, base: Base) -> Iterator[Path]:
    """The archived log files that lead on from a base, and the histories of restores."""
    for path in sorted(paths.wal_archive.iterdir()):
        if path.name.endswith(".history") or (SEGMENT.fullmatch(path.name) and path.name[8:] >= base.first_segment[8:]):
            yield path


def archive_log_until_now(paths: Layout, progress: Progress) -> datetime:
    """Bring everything committed so far into the archived log; the moment it now reaches to."""
    with connect(superuser_url(paths)) as server:
        if value(server, "SHOW archive_mode") == "off":
            raise DatabaseError("This server runs without an archive of its log, so it cannot be backed up.")
        reached = value(server, "SELECT clock_timestamp()")
        # A restore to a moment stops at the first commit after it, so there has to be one.
        server.execute("SELECT pg_current_xact_id()")
        segment = str(value(server, "SELECT pg_walfile_name(pg_switch_wal())"))
        deadline = time.monotonic() + LONGEST_WAIT_FOR_ARCHIVE
        while not (paths.wal_archive / segment).exists():
            progress("Waiting for the database's log to be archived")
            if time.monotonic() > deadline:
                failed = column(server, "SELECT coalesce(last_failed_wal, '') FROM pg_stat_archiver")[0]
                raise DatabaseError(f"The database's log {failed} is not being archived. Is the disk full?")
            time.sleep(0.1)
    if not isinstance(reached, datetime):
        raise TypeError(reached)
    return reached.astimezone(UTC)
