"""Connections for upkeep; the application's own connections are Django's."""

from urllib.parse import unquote, urlsplit

import psycopg
from psycopg.abc import QueryNoTemplate
from psycopg.rows import TupleRow

from linkwell.core.postgres.errors import NotReachable

Connection = psycopg.Connection[TupleRow]
SECONDS_TO_CONNECT = 15


UPKEEP = "linkwell upkeep"


def connect(url: str, purpose: str = UPKEEP) -> Connection:
    """Connect, each statement its own transaction. Raises NotReachable without the password in it."""
    try:
        return psycopg.connect(
            url,
            autocommit=True,
            connect_timeout=SECONDS_TO_CONNECT,
            application_name=purpose,
        )
    except psycopg.Error as error:
        raise NotReachable(f"Cannot connect to {describe(url)}: {str(error).strip()}") from None


def describe(url: str) -> str:
    """Which login, server and database an address means, without its password."""
    parts = urlsplit(url)
    where = parts.netloc.rpartition("@")[2] or "this machine"
    return f'database "{unquote(parts.path[1:])}" on {where} as "{login_of(url)}"'


def login_of(url: str) -> str:
    """The login an address names."""
    return unquote(urlsplit(url).username or "")


def value(connection: Connection, query: QueryNoTemplate, parameters: tuple[object, ...] = ()) -> object:
    """The first column of the first row; None when there is no row."""
    row = connection.execute(query, parameters or None).fetchone()
    return row[0] if row else None


def column(connection: Connection, query: QueryNoTemplate, parameters: tuple[object, ...] = ()) -> list[str]:
    """The first column of every row, as text."""
    return [str(row[0]) for row in connection.execute(query, parameters or None)]
