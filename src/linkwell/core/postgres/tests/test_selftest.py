"""A login that could get round the rules stops the program from starting."""

from collections.abc import Iterator

import pytest
from psycopg import sql

from linkwell.core.postgres import DatabaseUrls, UnsafeDatabase, layout, refuse_if_privileged
from linkwell.core.postgres.connect import Connection, connect
from linkwell.core.postgres.server import RunningServer
from linkwell.core.postgres.urls import superuser_url


@pytest.fixture
def superuser(server: RunningServer, database: DatabaseUrls) -> Iterator[Connection]:
    """Upkeep of the scratch database; what it gives the application is taken back afterwards."""
    with connect(superuser_url(layout(server.home), "scratch")) as connection:
        yield connection
        connection.execute("ALTER ROLE linkwell_app NOSUPERUSER NOBYPASSRLS NOCREATEROLE")
        connection.execute("DROP ROLE IF EXISTS between")
        connection.execute("REVOKE linkwell_admin, pg_read_all_data FROM linkwell_app")
        connection.execute("REASSIGN OWNED BY linkwell_app TO linkwell_admin")


def test_the_login_linkwell_makes_is_accepted(database: DatabaseUrls) -> None:
    refuse_if_privileged(database.app)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("ALTER ROLE linkwell_app SUPERUSER", "it is a superuser"),
        ("ALTER ROLE linkwell_app BYPASSRLS", "it bypasses row-level security"),
        ("ALTER ROLE linkwell_app CREATEROLE", "it creates roles"),
        ("GRANT linkwell_admin TO linkwell_app", "can become the owner"),
        ("GRANT linkwell_admin TO linkwell_app WITH SET FALSE, INHERIT FALSE", "can become the owner"),
        ("GRANT pg_read_all_data TO linkwell_app", "reads or writes everything"),
        ("CREATE TABLE t (id int); ALTER TABLE t OWNER TO linkwell_app", "the table t"),
        ("GRANT CREATE ON SCHEMA public TO linkwell_app", "can create tables"),
        ("CREATE TABLE t (id int); ALTER TABLE t ENABLE ROW LEVEL SECURITY", "FORCE is off"),
        ("CREATE TABLE t (id int); CREATE POLICY p ON t USING (true)", "switched off"),
        (
            "CREATE ROLE between SUPERUSER; GRANT between TO linkwell_app",
            'it can become "between", which is a superuser',
        ),
    ],
)
def test_a_login_with_more_power_is_refused_with_the_reason(
    database: DatabaseUrls, superuser: Connection, given: str, reason: str
) -> None:
    superuser.execute(given.encode())

    with pytest.raises(UnsafeDatabase, match=reason):
        refuse_if_privileged(database.app)


def test_a_policy_that_binds_the_owner_too_is_accepted(database: DatabaseUrls, superuser: Connection) -> None:
    superuser.execute("CREATE TABLE t (id int)")
    for words in ("ENABLE ROW LEVEL SECURITY", "FORCE ROW LEVEL SECURITY", "OWNER TO linkwell_admin"):
        superuser.execute(sql.SQL("ALTER TABLE t {}").format(sql.SQL(words)))

    refuse_if_privileged(database.app)


def test_the_administrator_cannot_be_the_application(database: DatabaseUrls) -> None:
    with pytest.raises(UnsafeDatabase):
        refuse_if_privileged(database.admin)
