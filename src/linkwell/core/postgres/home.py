"""Where Linkwell keeps things on this machine.

    database/cluster   PostgreSQL's own files          database/wal   its write-ahead log, archived
    logs/              what the server wrote           run/           its socket
    files/             uploaded and made files         audit-heads/   seals of the audit trail
    keys/              passwords and keys              backups/       base backups, and archives
    pages/             templates as compiled, made anew whenever they are missing

Only the owner can look inside. Run by root, the server's own folders belong to its account.
"""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from linkwell.core.postgres.account import Account
from linkwell.core.postgres.errors import DatabaseError

ROOT_FOLDER = Path("/var/lib/linkwell")
# macOS allows 104 bytes for the path of a socket, Linux 108.
LONGEST_SOCKET_PATH = 100
SOCKET_PORT = 5432


def linkwell_home() -> Path:
    """The folder named by LINKWELL_HOME, or the usual one. Absolute; may not exist yet."""
    if named := os.environ.get("LINKWELL_HOME"):
        return Path(named).expanduser().absolute()
    if os.geteuid() == 0:
        return ROOT_FOLDER / "home"
    return Path.home() / ".linkwell"


@dataclass(frozen=True)
class Layout:
    """The paths inside one home."""

    home: Path

    @property
    def database_link(self) -> Path:
        return self.home / "database"

    @property
    def database(self) -> Path:
        """The server's own folder, where it really is: its account follows no link of ours."""
        return self.database_link.resolve()

    @property
    def cluster(self) -> Path:
        return self.database / "cluster"

    @property
    def wal_archive(self) -> Path:
        return self.database / "wal"

    @property
    def server_log(self) -> Path:
        return self.database / "log"

    @property
    def start_log(self) -> Path:
        return self.server_log / "start.log"

    @property
    def files(self) -> Path:
        return self.home / "files"

    @property
    def keys(self) -> Path:
        return self.home / "keys"

    @property
    def audit_heads(self) -> Path:
        return self.home / "audit-heads"

    @property
    def backups(self) -> Path:
        return self.home / "backups"

    @property
    def bases(self) -> Path:
        return self.backups / "base"

    @property
    def pages(self) -> Path:
        return self.home / "pages"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def lock(self) -> Path:
        return self.home / "server.lock"

    @property
    def unfinished_restore(self) -> Path:
        return self.home / "restore-not-finished"

    @property
    def socket_folder(self) -> Path:
        """Folder of the server's socket: run/, or a short one when that path cannot be used.

        It may be too long, or hold a comma, which separates hosts in an address.
        The short one does not depend on the environment, so that a later command, run from
        another session, finds the same server.
        """
        usual = self.database.parent / "run"
        length = len(os.fsencode(usual / f".s.PGSQL.{SOCKET_PORT}"))
        if length <= LONGEST_SOCKET_PATH and "," not in str(usual):
            return usual
        return Path("/tmp") / f"linkwell-{_digest(self.home)}"  # noqa: S108 - its owner is checked

    @property
    def socket(self) -> Path:
        return self.socket_folder / f".s.PGSQL.{SOCKET_PORT}"

    def private_folders(self) -> list[Path]:
        return [
            self.files,
            self.keys,
            self.audit_heads,
            self.backups,
            self.bases,
            self.pages,
            self.logs,
        ]


def layout(home: Path) -> Layout:
    """The paths of one home; symbolic links above it are followed."""
    return Layout(home.expanduser().resolve())


def prepare_home(home: Path, account: Account) -> Layout:
    """Create the folders of a home, private to their owners. Safe to repeat.

    No folder above the home is changed. When the server's account cannot pass through them,
    the server's own folder is kept under /var/lib/linkwell and linked to from the home.
    """
    paths = layout(home)
    made = not paths.home.exists()
    paths.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in paths.private_folders():
        folder.mkdir(mode=0o700, exist_ok=True)
    _let_account_pass(paths.home, account, private=made)
    database = _database_folder(paths, account)
    for folder in [database, database / "wal", database / "log"]:
        folder.mkdir(mode=0o700, exist_ok=True)
        account.give(folder, 0o700)
    _prepare_socket_folder(paths.socket_folder, account)
    return paths


def _let_account_pass(home: Path, account: Account, *, private: bool) -> None:
    if not account.switch or _passable(home, account):
        return
    if private or home.stat().st_uid == os.geteuid():
        os.chown(home, -1, account.gid)
        home.chmod(stat.S_IMODE(home.stat().st_mode) | stat.S_IXGRP)


def _database_folder(paths: Layout, account: Account) -> Path:
    link = paths.database_link
    if link.is_symlink() and not link.exists():
        raise DatabaseError(f"{link} points to {link.readlink()}, which is missing.")
    if link.exists():
        return paths.database
    if not account.switch or all(_passable(f, account) for f in [paths.home, *paths.home.parents]):
        return paths.database
    elsewhere = account_folder("homes") / _digest(paths.home)
    elsewhere.mkdir(mode=0o711, exist_ok=True)
    database = elsewhere / "database"
    database.mkdir(mode=0o700, exist_ok=True)
    link.symlink_to(database)
    return paths.database


def account_folder(name: str) -> Path:
    """A folder under /var/lib/linkwell that the server's account can pass through."""
    for folder in [ROOT_FOLDER, ROOT_FOLDER / name]:
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    return ROOT_FOLDER / name


def _passable(folder: Path, account: Account) -> bool:
    status = folder.stat()
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def _prepare_socket_folder(folder: Path, account: Account) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    # In /tmp somebody else may have put a folder or a link of that name there first.
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {
        os.geteuid(),
        account.uid,
    }:
        raise DatabaseError(f"{folder} belongs to somebody else. Remove it, and start again.")
    account.give(folder, 0o700)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


def write_private(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a whole file, readable by its owner only, so that a crash leaves old or new."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fchmod(stream.fileno(), mode)
            os.fsync(stream.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
