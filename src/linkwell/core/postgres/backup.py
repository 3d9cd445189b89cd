"""Back up everything of a home into one encrypted file: database, files, seals and keys."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from linkwell.core.postgres.bases import (
    archive_log_until_now,
    base_for_window,
    keep_bases,
    log_since,
)
from linkwell.core.postgres.bundle import BundleWriter, Manifest, new_bundle
from linkwell.core.postgres.connect import connect
from linkwell.core.postgres.dump import dump_external
from linkwell.core.postgres.errors import DatabaseError
from linkwell.core.postgres.home import Layout, layout
from linkwell.core.postgres.locks import locked
from linkwell.core.postgres.progress import Progress, silent, unhurried
from linkwell.core.postgres.server import start
from linkwell.core.postgres.urls import DatabaseUrls, external_urls, superuser_url


@dataclass(frozen=True)
class BackupReport:
    """A finished backup, read back whole. Any second from `earliest` to `latest` can be restored."""

    path: Path
    size: int  # bytes
    earliest: datetime
    latest: datetime


def backup(home: Path, target: Path, passphrase: str, progress: Progress = silent) -> BackupReport:
    """Write an encrypted backup to `target`: a new file, or a folder in which one is made.

    The file appears under its name only when it is complete and was read back. Without the
    passphrase nobody can read it, and nobody can help. Raises DatabaseError.
    """
    target, progress = _target(target), unhurried(progress)
    urls = external_urls()
    paths = layout(home) if urls else layout(start(home, progress).home)
    paths.backups.mkdir(parents=True, exist_ok=True)
    with locked(paths.backups / ".lock", progress):
        if urls:
            manifest = _external(paths, urls, target, passphrase, progress)
        else:
            manifest = _embedded(paths, target, passphrase, progress)
    return BackupReport(target, target.stat().st_size, manifest.earliest, manifest.latest)


def _target(target: Path) -> Path:
    target = target.expanduser().absolute()
    if target.is_dir():
        target = target / f"linkwell-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.backup"
    if target.exists():
        raise DatabaseError(f"{target} already exists. Name a new file.")
    if not target.parent.is_dir():
        raise DatabaseError(f"There is no folder {target.parent}.")
    return target


def _embedded(paths: Layout, target: Path, passphrase: str, progress: Progress) -> Manifest:
    keep_bases(paths, progress)
    latest = archive_log_until_now(paths, progress)
    base = base_for_window(paths, latest)
    manifest = Manifest("embedded", datetime.now(UTC), base.ended, latest, _version(superuser_url(paths)))
    with new_bundle(target, passphrase, manifest, progress) as bundle:
        bundle.add_file("database/base.tar.gz", base.tar)
        for segment in log_since(paths, base):
            bundle.add_file(f"database/wal/{segment.name}", segment)
        _add_rest(bundle, paths)
    return manifest


def _external(paths: Layout, urls: DatabaseUrls, target: Path, passphrase: str, progress: Progress) -> Manifest:
    now = datetime.now(UTC)
    manifest = Manifest("external", now, now, now, _version(urls.admin))
    with (
        dump_external(urls, paths.backups, progress) as dumped,
        new_bundle(target, passphrase, manifest, progress) as bundle,
    ):
        bundle.add_file("database/dump", dumped)
        _add_rest(bundle, paths)
    return manifest


def _add_rest(bundle: BundleWriter, paths: Layout) -> None:
    # After the database: a file is stored before the row that names it, so none is missing.
    for name, folder in {"files": paths.files, "audit-heads": paths.audit_heads, "keys": paths.keys}.items():
        bundle.add_folder(name, folder)


def _version(url: str) -> str:
    with connect(url) as database:
        return database.info.parameter_status("server_version") or ""


def keep_window(home: Path, progress: Progress = silent) -> None:
    """Daily upkeep of the embedded server: a fresh base, and no log older than the window needs.

    Does nothing on a server we do not run.
    """
    if external_urls():
        return
    paths = layout(home)
    with locked(paths.backups / ".lock", progress):
        keep_bases(paths, progress)
