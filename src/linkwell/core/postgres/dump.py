"""Dump and reload the database of a server we do not run."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from linkwell.core.postgres.connect import Connection, column, connect
from linkwell.core.postgres.errors import DatabaseError
from linkwell.core.postgres.programs import program, run
from linkwell.core.postgres.progress import Progress
from linkwell.core.postgres.urls import DatabaseUrls

# Made by whoever prepares the database, and owned by its superuser.
NOT_RELOADED = (
    " EXTENSION - ",
    " COMMENT - EXTENSION ",
    " SCHEMA - public ",
    " ACL - SCHEMA public ",
    " COMMENT - SCHEMA ",
)

# Tables whose policies hide rows from the administrator, who would then dump less than all.
PARTLY_HIDDEN = """
SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relrowsecurity AND n.nspname !~ '^(pg_|information_schema$)'
AND NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls))
AND (c.relforcerowsecurity OR NOT pg_has_role(c.relowner, 'USAGE'))
AND (NOT EXISTS (
        SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd IN ('*', 'r')
        AND pg_get_expr(p.polqual, c.oid) = 'true'
        AND EXISTS (SELECT 1 FROM unnest(p.polroles) r WHERE r = 0 OR pg_has_role(r, 'USAGE')))
    OR EXISTS (
        SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive AND p.polcmd IN ('*', 'r')
        AND EXISTS (SELECT 1 FROM unnest(p.polroles) r WHERE r = 0 OR pg_has_role(r, 'USAGE'))))
ORDER BY 1
"""


@contextmanager
def dump_external(urls: DatabaseUrls, folder: Path, progress: Progress) -> Iterator[Path]:
    """The whole database in pg_dump's own format, in a private file deleted afterwards."""
    with connect(urls.admin) as database:
        if hidden := column(database, PARTLY_HIDDEN):
            raise DatabaseError(
                "The administrator's login cannot see every row of these tables, so a backup would "
                f"lack some: {', '.join(hidden)}. Give it a policy that shows all rows."
            )
    progress("Copying the database")
    handle, name = tempfile.mkstemp(dir=folder, prefix=".dump.")
    os.close(handle)
    try:
        _run_tool(urls.admin, "pg_dump", "--format", "custom", "--enable-row-security", "--file", name)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def reload_external(urls: DatabaseUrls, dumped: Path, progress: Progress) -> None:
    """Load a dump into an empty database, all or nothing."""
    progress("Loading the database")
    listed = run([program("pg_restore"), "--list", dumped])
    if listed.returncode != 0:
        raise DatabaseError(f"The backup's database cannot be read: {listed.stderr.strip()}")
    wanted = [line for line in listed.stdout.splitlines() if not any(sign in line for sign in NOT_RELOADED)]
    order = dumped.with_name("dump.list")
    order.write_text("\n".join(wanted) + "\n")
    _run_tool(
        urls.admin,
        "pg_restore",
        *("--use-list", str(order), "--no-owner", "--exit-on-error", "--single-transaction", str(dumped)),
    )


def require_empty(database: Connection) -> None:
    """Raise DatabaseError if the database already holds tables of its own."""
    tables = column(
        database,
        """
        SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema$)'
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') LIMIT 1
        """,
    )
    if tables:
        raise DatabaseError(
            f'The database "{database.info.dbname}" is not empty (it has {tables[0]}). Restore into a new, empty one.'
        )


def _run_tool(url: str, name: str, *arguments: str) -> None:
    parameters = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    # In the list of processes everybody can read arguments; the environment is private.
    secret = parameters.pop("password", "")
    text = make_conninfo("", **parameters)
    result = run([program(name), "--dbname", text, *arguments], env={"PGPASSWORD": secret})
    if result.returncode != 0:
        raise DatabaseError(f"{name} failed: {result.stderr.strip()}")
