"""The system account the database server runs as.

PostgreSQL refuses to run as root. When Linkwell is started by root, the server runs as an
account of its own, which owns the server's folders and nothing else. Anybody else runs the
server as themselves.
"""

import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from linkwell.core.postgres.errors import DatabaseError

ACCOUNT_NAME = "linkwell"
# macOS has no useradd, and ships an account made for this.
MACOS_ACCOUNT_NAME = "_postgres"


@dataclass(frozen=True)
class Account:
    """Whom the server's processes and files belong to."""

    uid: int
    gid: int
    switch: bool  # whether this differs from the user running Linkwell

    def give(self, path: Path, mode: int) -> None:
        """Set mode, and hand one file or folder to the account."""
        path.chmod(mode)
        if self.switch:
            os.chown(path, self.uid, self.gid)


def server_account(cluster: Path) -> Account:
    """The account for the server whose files are, or will be, in `cluster`.

    Creates one when run by root on Linux. A cluster that exists stays with its owner.
    Raises DatabaseError when no account can run the server.
    """
    owner = cluster.stat() if cluster.exists() else None
    if os.geteuid() != 0:
        if owner and owner.st_uid != os.geteuid():
            raise DatabaseError(f"{cluster} belongs to another user. Run Linkwell as that user.")
        return Account(os.geteuid(), os.getegid(), switch=False)
    if owner and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, switch=True)
    names = [ACCOUNT_NAME, MACOS_ACCOUNT_NAME] if sys.platform == "darwin" else [ACCOUNT_NAME]
    for name in names:
        if found := _find(name):
            return found
    _create()
    if found := _find(ACCOUNT_NAME):
        return found
    raise DatabaseError(_no_account())


def _find(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    if entry.pw_uid == 0:
        raise DatabaseError(f'The account "{name}" is another name for root. {_no_account()}')
    return Account(entry.pw_uid, entry.pw_gid, switch=True)


def _create() -> None:
    useradd = shutil.which("useradd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if useradd is None:
        return
    command = [
        useradd,
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
    ]
    shell = next(
        (s for s in ("/usr/sbin/nologin", "/sbin/nologin") if Path(s).exists()),
        "/bin/false",
    )
    # Two starters may both get here: the loser's failure is settled by looking again.
    subprocess.run([*command, "--shell", shell, ACCOUNT_NAME], capture_output=True, check=False)  # noqa: S603 - a program of ours, no shell text


def _no_account() -> str:
    return (
        "The database server cannot run as root. Create a system account named "
        f'"{ACCOUNT_NAME}", or run Linkwell as an ordinary user.'
    )
