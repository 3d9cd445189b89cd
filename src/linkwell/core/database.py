"""The scoped transaction: who is acting is told to PostgreSQL, for this transaction only.

Row-level security reads these settings; reading a policed table without them raises.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import psycopg
from django.apps import apps
from django.db import connection, transaction

from linkwell.core.scope import Scope
from linkwell.kernel.errors import ScopeMissing

SETTINGS = ("linkwell.organisation", "linkwell.actor_kind", "linkwell.actor", "linkwell.role", "linkwell.object")
_TELL = "SELECT linkwell_tell(%s::text[])"
_READ_ONLY = _TELL + ", set_config('transaction_read_only', 'on', true)"


@dataclass(slots=True)
class Work:
    """What is going on in the open scoped transaction."""

    scope: Scope
    audited: int = 0
    # None while something may be written: what was read before may no longer be so.
    known: dict[str, dict[Any, Any]] | None = None


_open: ContextVar[Work | None] = ContextVar("linkwell_scoped_work", default=None)


def current_work() -> Work:
    """The open scoped transaction, or ScopeMissing."""
    work = _open.get()
    if work is None:
        raise ScopeMissing("This was asked for outside any scope.")
    return work


def already_known(about: str) -> dict[Any, Any]:
    """What this one read has found out about something, to look up in and add to: a page asks the same more than once.

    Gone when the read ends. Inside an action, and outside any scope, it is empty every time.
    """
    work = _open.get()
    if work is None or work.known is None:
        return {}
    return work.known.setdefault(about, {})


def who_reads() -> tuple[UUID, str] | None:
    """The user whose read is going on, and their name; None where it is none's or has no name."""
    work = _open.get()
    scope = work.scope if work else None
    return (scope.user_id, scope.actor_name) if scope and scope.user_id and scope.actor_name else None


@contextmanager
def scoped(scope: Scope, *, read_only: bool = False, reading: bool = False) -> Iterator[Work]:
    """Open a transaction in which the database knows the scope, or join the one already open for it.

    `reading`: nothing but openings is written in it, so what was found out stays true (`already_known`).
    """
    outer = _open.get()
    if outer is not None:
        if _authority(outer.scope) != _authority(scope):
            raise ScopeMissing("A transaction of one scope cannot do work for another.")
        yield outer
        return
    inside_another = connection.in_atomic_block
    with transaction.atomic():
        work = Work(scope, known={} if reading else None)
        token = _open.set(work)
        try:
            _tell(scope, read_only=read_only)
            yield work
        finally:
            _open.reset(token)
        if inside_another:
            _forget()


@contextmanager
def handed_over(scope: Scope) -> Iterator[Work]:
    """Inside an open scoped transaction, work for another scope, then go back to the first: one commit for both.

    For the few acts that leave a row with each of two organisations (a referral and the referrer's own row of it).
    """
    outer = current_work()
    work = Work(scope)
    token = _open.set(work)
    try:
        _tell(scope, read_only=False)
        yield work
        _tell(outer.scope, read_only=False)
        outer.audited += work.audited
    finally:
        _open.reset(token)


def at_once(scope: Scope, function: str, values: Sequence[Any]) -> int:
    """Call a function of the database as a whole transaction; the number that it gives back.

    It is given the scope's settings first, to tell (`linkwell_tell`), then the values, and audits what it writes
    (`linkwell_audit`). For what is done hundreds of times a second: one word there, one word back, no plan made anew.
    """
    if _open.get() is not None:
        raise RuntimeError("A transaction that is sent in one go stands alone.")
    inside_another = connection.in_atomic_block
    connection.ensure_connection()
    places = ", ".join(["%s"] * len(values))
    try:
        with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(f"SELECT {function}(%s::text[], {places})", [_settings(scope), *values], prepare=True)
            row = cursor.fetchone()
    finally:
        if not inside_another:
            # Nothing else looks after the connection of a process that never ends.
            connection.close_if_unusable_or_obsolete()
    if inside_another:
        _forget()
    return int(row[0]) if row else 0


def _authority(scope: Scope) -> tuple[object, ...]:
    return scope.organisation_id, scope.actor_kind, scope.actor_id, scope.role, scope.object_id


def _settings(scope: Scope) -> list[str]:
    return [
        str(scope.organisation_id),
        scope.actor_kind.value,
        str(scope.actor_id or ""),
        scope.role.value,
        str(scope.object_id or ""),
    ]


def _tell(scope: Scope, *, read_only: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_READ_ONLY if read_only else _TELL, [_settings(scope)])


def _forget() -> None:
    # Only needed where an outer transaction lives on (tests): a real one ends here and takes LOCAL settings with it.
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [[""] * len(SETTINGS)])


@cache
def _policed_tables() -> re.Pattern[str]:
    tables = [model._meta.db_table for model in apps.get_models() if getattr(model, "row_security", None)]
    return re.compile("|".join(rf'"{re.escape(table)}"' for table in tables) or r"(?!)")


def refuse_without_scope(
    execute: Callable[[str, Any, bool, dict[str, Any]], Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Raise where a policed table is named and no scope is open: an empty answer would be believed."""
    if _open.get() is None and context["connection"].alias == "default":
        found = _policed_tables().search(str(sql))
        if found:
            raise ScopeMissing(f"Table {found.group()} was asked for outside any scope.")
    return execute(sql, params, many, context)
