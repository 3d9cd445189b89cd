"""The logins of a database, what each may do, and the extensions Linkwell needs.

linkwell_app        reads and writes rows. Owns nothing, changes no structure, cannot get
                    round row-level security. Temporary tables it may make, for the rules.
linkwell_admin      owns the database and its schema: migrations, backups.
linkwell_superuser  upkeep of the embedded server only: creates extensions.
"""

from pathlib import Path

import psycopg
from psycopg import sql

from linkwell.core.postgres.connect import UPKEEP, Connection, column, connect, login_of, value
from linkwell.core.postgres.errors import DatabaseError, NotReachable
from linkwell.core.postgres.home import Layout, layout
from linkwell.core.postgres.passwords import ADMIN, APP, password
from linkwell.core.postgres.urls import (
    DATABASE,
    DatabaseUrls,
    embedded_urls,
    external_urls,
    superuser_url,
)

EXTENSIONS = (
    "vector",
    "pg_trgm",
    "unaccent",
    "btree_gist",
    "fuzzystrmatch",
    "amcheck",
    "pg_stat_statements",
)
OLDEST_VERSION = 16
PREPARING = "linkwell preparing"


def prepare_embedded(paths: Layout) -> None:
    """Make the logins, the database and what belongs in it, where missing. Safe to repeat."""
    with connect(superuser_url(paths), PREPARING) as server:
        # A starter that was killed may have left its server process still making the database.
        server.execute(
            "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
            " WHERE application_name = %s AND pid <> pg_backend_pid()",
            (PREPARING,),
        )
        for login in (ADMIN, APP):
            _make_login(server, paths, login)
        for name in ("postgres", "template1"):
            server.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        if not _database_exists(server, DATABASE):
            _create(server, DATABASE, ADMIN, template=None)
    _prepare_as_superuser(paths, DATABASE, PREPARING)


def _make_login(server: Connection, paths: Layout, login: str) -> None:
    name = sql.Identifier(login)
    if not value(server, "SELECT 1 FROM pg_roles WHERE rolname = %s", (login,)):
        server.execute(sql.SQL("CREATE ROLE {}").format(name))
    elif _lets_in(paths, login):
        return
    server.execute(
        sql.SQL("ALTER ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD {}").format(
            name, sql.Literal(password(paths, login))
        )
    )


def _lets_in(paths: Layout, login: str) -> bool:
    urls = embedded_urls(paths)
    try:
        connect(urls.app if login == APP else urls.admin).close()
    except NotReachable:
        return False
    return True


def _database_exists(server: Connection, name: str) -> bool:
    return value(server, "SELECT 1 FROM pg_database WHERE datname = %s", (name,)) is not None


def _create(server: Connection, name: str, owner: str, *, template: str | None) -> None:
    server.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} ENCODING 'UTF8'").format(
            sql.Identifier(name),
            sql.Identifier(owner),
            sql.Identifier(template or "template0"),
        )
    )


def _prepare_as_superuser(paths: Layout, name: str, purpose: str = UPKEEP) -> None:
    with connect(superuser_url(paths, name), purpose) as database:
        database.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(ADMIN)))
        _require_extensions(database)
        grant_to_app(database, admin=ADMIN, app=APP)


def grant_to_app(database: Connection, *, admin: str, app: str) -> None:
    """Give the application's login rows and temporary tables and nothing else, in tables made from now on too.

    Tables that may only be added to are narrowed by the migration that makes them.
    """
    names = {
        "database": sql.Identifier(database.info.dbname),
        "admin": sql.Identifier(admin),
        "app": sql.Identifier(app),
    }
    future = "ALTER DEFAULT PRIVILEGES FOR ROLE {admin} IN SCHEMA public"
    for statement in (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {app}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {app}",
        f"{future} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {{app}}",
        f"{future} GRANT USAGE, SELECT ON SEQUENCES TO {{app}}",
    ):
        database.execute(sql.SQL(statement).format(**names))


def withhold_from_app(database: Connection, *, admin: str, app: str) -> None:
    """Give the application nothing in tables made from now on: a reload brings each table's own grants."""
    for kind in ("TABLES", "SEQUENCES"):
        database.execute(
            sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public REVOKE ALL ON {} FROM {}").format(
                sql.Identifier(admin), sql.SQL(kind), sql.Identifier(app)
            )
        )


def _require_extensions(database: Connection) -> None:
    """Create the extensions that are missing. Raises DatabaseError naming those that cannot be."""
    present = set(column(database, "SELECT extname FROM pg_extension"))
    refused = []
    for name in EXTENSIONS:
        if name in present:
            continue
        try:
            database.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(sql.Identifier(name)))
        except psycopg.Error:
            refused.append(name)
    if refused:
        raise DatabaseError(
            f'The database "{database.info.dbname}" lacks the extension'
            f"{'s' if len(refused) > 1 else ''} {', '.join(refused)}. Install what is missing on the server, "
            f"then as its superuser run: " + " ".join(f"CREATE EXTENSION {name} SCHEMA public;" for name in refused)
        )


def require_version(database: Connection) -> None:
    """Raise DatabaseError unless the server is PostgreSQL 16 or newer."""
    if database.info.server_version < OLDEST_VERSION * 10000:
        raise DatabaseError(
            f"Linkwell needs PostgreSQL {OLDEST_VERSION} or newer; this server is "
            f"{database.info.parameter_status('server_version')}."
        )


def prepare_external(urls: DatabaseUrls) -> None:
    """Check a server we do not run, and make what may be made on it. Safe to repeat.

    Raises DatabaseError when it is too old, lacks an extension or does not let a login in.
    """
    with connect(urls.admin) as database, connect(urls.app) as application:
        require_version(database)
        _require_same_database(database, application)
        _require_extensions(database)
        grant_to_app(database, admin=login_of(urls.admin), app=login_of(urls.app))


def _require_same_database(database: Connection, application: Connection) -> None:
    query = "SELECT current_database() || ' ' || pg_postmaster_start_time()"
    if value(database, query) != value(application, query):
        raise DatabaseError("LINKWELL_DATABASE_URL and LINKWELL_DATABASE_ADMIN_URL lead to different databases.")


def create_database(home: Path, name: str, *, template: str | None = None) -> DatabaseUrls:
    """A new database beside the usual one, with logins and extensions, for tests and drills.

    `template` names a database to copy; nobody may be connected to it. On a server we do not
    run, the administrator's login needs the right to create databases.
    """
    if urls := external_urls():
        with connect(urls.admin) as server:
            _create(server, name, login_of(urls.admin), template=template)
        made = urls.of_database(name)
        prepare_external(made)
        return made
    paths = layout(home)
    with connect(superuser_url(paths)) as server:
        _create(server, name, ADMIN, template=template)
    _prepare_as_superuser(paths, name)
    return embedded_urls(paths).of_database(name)


def drop_database(home: Path, name: str) -> None:
    """Delete a database and end every connection to it. No error if there is none."""
    urls = external_urls()
    with connect(urls.admin if urls else superuser_url(layout(home))) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
