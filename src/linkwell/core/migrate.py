"""Bring the database's tables, caches and row security to what this version of the program expects."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import OperationalError, connections
from psycopg.errors import LockNotAvailable

from linkwell.core import row_security
from linkwell.core.postgres import DatabaseError

LOCK_TIMEOUT = "10s"
# Any number will do, as long as every copy of the program uses the same.
ONE_AT_A_TIME = 7_201_946

# Its epoch is what a restore raises, so the row must be there before the first backup.
ONE_INSTALLATION = """
INSERT INTO core_installation ("only", fictional, epoch, created_at) VALUES (true, false, 1, now())
ON CONFLICT DO NOTHING
"""


class TablesInUse(DatabaseError):
    """Somebody holds a table that has to change. What was changed before it stays; the rest waits for the next run."""


def migrate(progress: Callable[[str], None] = lambda words: None) -> None:
    """Run as the admin login. Programs starting at once take turns; a table somebody holds is not waited for long."""
    with connections["admin"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
            _prepare(progress)
            cursor.execute(ONE_INSTALLATION)
        except OperationalError as held:
            if not isinstance(held.__cause__, LockNotAvailable):
                raise
            raise TablesInUse("A table that has to change is in use. Nothing is half done: try again.") from held
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def _prepare(progress: Callable[[str], None]) -> None:
    progress("Preparing the tables")
    call_command("migrate", database="admin", verbosity=0, interactive=False)
    call_command("createcachetable", database="admin", verbosity=0)
    progress("Preparing who may see what")
    row_security.apply()
