"""Passwords of the embedded server's logins, each in a file only its owner can read."""

import secrets

from linkwell.core.postgres.errors import DatabaseError
from linkwell.core.postgres.home import Layout, write_private

SUPERUSER = "linkwell_superuser"
ADMIN = "linkwell_admin"
APP = "linkwell_app"
LOGINS = (SUPERUSER, ADMIN, APP)


def make_passwords(paths: Layout) -> None:
    """Choose a password for each login that has none. Never changes one that is there."""
    for login in LOGINS:
        file = paths.keys / f"database-{login}"
        if not file.exists():
            write_private(file, secrets.token_urlsafe(32).encode())


def password(paths: Layout, login: str) -> str:
    """The password of one login. Raises DatabaseError before the first start."""
    file = paths.keys / f"database-{login}"
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        raise DatabaseError(f"{paths.home} holds no database yet. Start Linkwell first.") from None
    except PermissionError:
        raise DatabaseError(f"{file} can be read by another user only. Run Linkwell as that user.") from None
