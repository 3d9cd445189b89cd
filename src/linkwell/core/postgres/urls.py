"""Which database Linkwell uses, and as whom."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from linkwell.core.postgres.errors import DatabaseError
from linkwell.core.postgres.home import SOCKET_PORT, Layout, layout
from linkwell.core.postgres.passwords import ADMIN, APP, SUPERUSER, password

DATABASE = "linkwell"
APP_VARIABLE = "LINKWELL_DATABASE_URL"
ADMIN_VARIABLE = "LINKWELL_DATABASE_ADMIN_URL"


@dataclass(frozen=True)
class DatabaseUrls:
    """postgresql:// addresses of one database: for the application, and for its administrator.

    They hold passwords; never print or log them.
    """

    app: str = field(repr=False)
    admin: str = field(repr=False)
    embedded: bool = True

    def of_database(self, name: str) -> "DatabaseUrls":
        """The same logins on another database of the same server."""
        return DatabaseUrls(
            with_database(self.app, name),
            with_database(self.admin, name),
            self.embedded,
        )


def database_urls(home: Path) -> DatabaseUrls:
    """The addresses from the environment, else those of this home's embedded server.

    Raises DatabaseError if only one of the two variables is set, or if the home has no
    database yet.
    """
    return external_urls() or embedded_urls(layout(home))


def external_urls() -> DatabaseUrls | None:
    """The addresses the environment names; None when it names none."""
    app, admin = os.environ.get(APP_VARIABLE, ""), os.environ.get(ADMIN_VARIABLE, "")
    if not app and not admin:
        return None
    if not app or not admin:
        raise DatabaseError(f"Set both {APP_VARIABLE} and {ADMIN_VARIABLE}, or neither.")
    for variable, url in [(APP_VARIABLE, app), (ADMIN_VARIABLE, admin)]:
        if urlsplit(url).scheme not in {"postgresql", "postgres"}:
            raise DatabaseError(f"{variable} must look like postgresql://login:password@host/database.")
    return DatabaseUrls(app, admin, embedded=False)


def embedded_urls(paths: Layout) -> DatabaseUrls:
    """The addresses of the embedded server of a home."""
    return DatabaseUrls(_url(paths, APP, DATABASE), _url(paths, ADMIN, DATABASE))


def superuser_url(paths: Layout, database: str = "postgres") -> str:
    """The address for upkeep of the embedded server; never given to the application."""
    return _url(paths, SUPERUSER, database)


def _url(paths: Layout, login: str, database: str) -> str:
    secret = quote(password(paths, login), safe="")
    folder = quote(str(paths.socket_folder), safe="")
    return f"postgresql://{login}:{secret}@/{quote(database, safe='')}?host={folder}&port={SOCKET_PORT}"


def with_database(url: str, name: str) -> str:
    """The same address with another database name."""
    return urlunsplit(urlsplit(url)._replace(path="/" + quote(name, safe="")))
