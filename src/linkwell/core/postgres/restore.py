"""Bring a home back from a backup file, as it was at the end or at a chosen second."""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from linkwell.core.postgres.account import server_account
from linkwell.core.postgres.aside import holds_anything, move_aside
from linkwell.core.postgres.bundle import Manifest, open_bundle
from linkwell.core.postgres.connect import Connection, connect, login_of, value
from linkwell.core.postgres.dump import reload_external, require_empty
from linkwell.core.postgres.errors import DatabaseError
from linkwell.core.postgres.home import Layout, layout, prepare_home, write_private
from linkwell.core.postgres.locks import locked
from linkwell.core.postgres.progress import Progress, silent, unhurried
from linkwell.core.postgres.replay import rebuild_cluster, replay
from linkwell.core.postgres.roles import prepare_external, withhold_from_app
from linkwell.core.postgres.server import stop_locked
from linkwell.core.postgres.urls import DatabaseUrls, external_urls, superuser_url

KEPT_PARTS = ("files", "audit-heads", "keys")


@dataclass(frozen=True)
class RestoreReport:
    """A finished restore. The server is stopped; nothing waiting to be sent goes out by itself."""

    restored_to: datetime
    moved_aside: Path | None  # what the home held before
    outbox_held: bool  # False when the backup had no outbox yet


def restore(
    home: Path,
    source: Path,
    passphrase: str,
    to: datetime | None = None,
    progress: Progress = silent,
    *,
    replace: bool = False,
) -> RestoreReport:
    """Restore a backup into an empty home; `replace` moves what is there aside first.

    `to` (with a time zone) picks the moment, to the second; None means all the backup holds.
    The whole file is read and proved untouched before anything in the home changes. Raises
    WrongPassphrase, DamagedBackup or DatabaseError.
    """
    if to is not None and to.tzinfo is None:
        raise DatabaseError("The moment to restore to needs a time zone.")
    source, progress = source.expanduser().absolute(), unhurried(progress)
    if not source.is_file():
        raise DatabaseError(f"There is no backup {source}.")
    paths = prepare_home(home, server_account(layout(home).cluster))
    with locked(paths.lock, progress):
        if holds_anything(paths) and not replace:
            raise DatabaseError(f"{paths.home} is not empty. Use --replace to move what is there aside.")
        staging = paths.home / "restoring"
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(mode=0o700)
        try:
            manifest = _unpack(source, passphrase, staging, to, progress)
            return _install(paths, manifest, staging, to, progress)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def _unpack(source: Path, passphrase: str, staging: Path, to: datetime | None, progress: Progress) -> Manifest:
    total, done = source.stat().st_size, 0
    with open_bundle(source, passphrase) as (manifest, parts):
        _require_moment(manifest, to)
        for name, stream in parts:
            path = staging / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with path.open("xb") as file:
                path.chmod(0o600)
                shutil.copyfileobj(stream, file, 1024 * 1024)
                done += file.tell()
            progress("Reading the backup (bytes)", done)
    progress("The backup is whole", total, total)
    return manifest


def _require_moment(manifest: Manifest, to: datetime | None) -> None:
    external = external_urls() is not None
    if (manifest.kind == "external") != external:
        kind = "a server of its own" if manifest.kind == "embedded" else "another server"
        raise DatabaseError(f"This backup was made with {kind}; restore it into the same kind of set-up.")
    if to is None:
        return
    if external:
        raise DatabaseError("A backup of another server can only be restored whole.")
    if not manifest.earliest <= to <= manifest.latest:
        raise DatabaseError(
            f"This backup reaches from {manifest.earliest:%Y-%m-%d %H:%M:%S %Z} to "
            f"{manifest.latest:%Y-%m-%d %H:%M:%S %Z}; {to.astimezone(UTC):%Y-%m-%d %H:%M:%S %Z} is not between."
        )


def _install(
    paths: Layout, manifest: Manifest, staging: Path, to: datetime | None, progress: Progress
) -> RestoreReport:
    urls = external_urls()
    if urls:
        with connect(urls.admin) as database:
            require_empty(database)
    occupied = holds_anything(paths)
    write_private(paths.unfinished_restore, datetime.now(UTC).isoformat().encode())
    stop_locked(paths, progress)
    aside = move_aside(paths) if occupied else None
    account = server_account(paths.cluster)
    prepare_home(paths.home, account)
    for name in KEPT_PARTS:
        if (staging / name).exists():
            (paths.home / name).rmdir()
            (staging / name).rename(paths.home / name)
    if urls:
        held = _load_external(urls, staging, progress)
    else:
        rebuild_cluster(paths, staging / "database", account, progress)
        replay(paths, account, to, progress)
        held = _hold(superuser_url(paths, "linkwell"))
        stop_locked(paths, progress)
    os.sync()
    paths.unfinished_restore.unlink()
    return RestoreReport(to or manifest.latest, aside, held)


def _load_external(urls: DatabaseUrls, staging: Path, progress: Progress) -> bool:
    prepare_external(urls)
    with connect(urls.admin) as database:
        # Otherwise tables that may only be added to would come back open to change.
        withhold_from_app(database, admin=login_of(urls.admin), app=login_of(urls.app))
    reload_external(urls, staging / "database" / "dump", progress)
    prepare_external(urls)
    return _hold(urls.admin)


def _hold(url: str) -> bool:
    with connect(url) as database:
        return hold_outbox(database)


def hold_outbox(database: Connection) -> bool:
    """Begin a new epoch and hold the outbox: what was pending then may have been sent since.

    True if done; False in a database from before there was an outbox.
    """
    if value(database, "SELECT to_regclass('core_installation')") is None:
        return False
    changed = database.execute("UPDATE core_installation SET epoch = epoch + 1")
    return changed.rowcount > 0
