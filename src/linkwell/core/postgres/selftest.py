"""Refuse to run as a login that could get round the rules protecting people's records."""

import psycopg
from psycopg import sql

from linkwell.core.postgres.connect import Connection, column, connect, login_of
from linkwell.core.postgres.errors import UnsafeDatabase
from linkwell.core.postgres.roles import require_version

# Every role the login is or can become, directly or through others.
REACHABLE = sql.SQL("""
WITH RECURSIVE reachable(oid) AS (
    SELECT oid FROM pg_roles WHERE rolname = session_user
    UNION
    SELECT m.roleid FROM pg_auth_members m JOIN reachable r ON m.member = r.oid
)
""")


def refuse_if_privileged(app_url: str) -> None:
    """Raise UnsafeDatabase if the application's login has more power than it may have.

    It may not be, or be able to become, a superuser or a role that bypasses row-level
    security, creates roles or databases, or owns anything; every table with policies must
    force them on its owner too. Raises DatabaseError on PostgreSQL before 16.
    """
    with connect(app_url) as database:
        require_version(database)
        found = [
            *_powers(database),
            *_owned(database),
            *_creates(database),
            *_unforced(database),
        ]
    found += _open_doors(app_url)
    if found:
        reasons = "\n".join(f"- {reason}" for reason in found)
        raise UnsafeDatabase(
            f'Linkwell does not start with the database login "{login_of(app_url)}":\n{reasons}\n'
            "Give LINKWELL_DATABASE_URL a login that only reads and writes rows."
        )


def _powers(database: Connection) -> list[str]:
    rows = database.execute(
        REACHABLE
        + sql.SQL("""
        SELECT rolname, rolname = session_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
               rolreplication, rolname IN ('pg_read_all_data', 'pg_write_all_data',
               'pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')
        FROM pg_roles JOIN reachable USING (oid)
        """)
    )
    meaning = (
        "is a superuser",
        "bypasses row-level security",
        "creates roles",
        "creates databases",
        "copies the whole server",
        "reads or writes everything",
    )
    return [
        f"it {said}." if itself else f'it can become "{name}", which {said}.'
        for name, itself, *flags in rows
        for flag, said in zip(flags, meaning, strict=True)
        if flag
    ]


def _owned(database: Connection) -> list[str]:
    owned = column(
        database,
        REACHABLE
        + sql.SQL("""
        SELECT format('the table %s', c.oid::regclass) FROM pg_class c
        JOIN reachable ON c.relowner = reachable.oid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^(pg_|information_schema$)'
        UNION ALL
        SELECT format('the schema %s', nspname) FROM pg_namespace n
        JOIN reachable ON nspowner = reachable.oid WHERE n.nspname !~ '^(pg_|information_schema$)'
        UNION ALL
        SELECT format('the function %s', p.oid::regprocedure) FROM pg_proc p
        JOIN reachable ON p.proowner = reachable.oid JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname !~ '^(pg_|information_schema$)'
        UNION ALL
        SELECT format('the database %s', datname) FROM pg_database
        JOIN reachable ON datdba = reachable.oid
        LIMIT 5
        """),
    )
    return [f"it owns, or can become the owner of, {thing}." for thing in owned]


def _creates(database: Connection) -> list[str]:
    schemas = column(
        database,
        """
        SELECT nspname FROM pg_namespace n
        WHERE n.nspname !~ '^(pg_|information_schema$)' AND has_schema_privilege(session_user, n.oid, 'CREATE')
        """,
    )
    return [f'it can create tables in the schema "{name}".' for name in schemas]


def _unforced(database: Connection) -> list[str]:
    tables = column(
        database,
        """
        SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relrowsecurity AND NOT c.relforcerowsecurity AND n.nspname !~ '^(pg_|information_schema$)'
        ORDER BY 1 LIMIT 5
        """,
    )
    policed_but_off = column(
        database,
        """
        SELECT DISTINCT c.oid::regclass FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
        WHERE NOT c.relrowsecurity LIMIT 5
        """,
    )
    return [
        *(f"the policies of {name} do not bind the table's owner (FORCE is off)." for name in tables),
        *(f"the policies of {name} are switched off." for name in policed_but_off),
    ]


def _open_doors(app_url: str) -> list[str]:
    """Whether the server lets this machine in as a superuser without any password."""
    with connect(app_url) as database:
        superusers = column(database, "SELECT rolname FROM pg_roles WHERE rolsuper AND rolcanlogin")
    return [
        f'the server lets anybody in as "{name}" without a password.'
        for name in superusers
        if _enters_without_password(app_url, name)
    ]


def _enters_without_password(url: str, login: str) -> bool:
    try:
        psycopg.connect(url, user=login, password="", passfile="/nonexistent", connect_timeout=5).close()
    except psycopg.Error:
        return False
    return True
