"""If these fail, an upgrade, a full disk or a slow table stops the service, or leaves something half done."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import iter_modules
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.migrations import Migration
from django.http import HttpResponse
from psycopg.conninfo import make_conninfo

from linkwell.core import migrate as core_migrate
from linkwell.core import row_security
from linkwell.core.database import scoped
from linkwell.people.models import Person
from linkwell.referrals.models import Referral
from linkwell.referrals.tests.test_pages import FORM
from tests.place import Place, sign_in

pytestmark = pytest.mark.fault("F32")


def our_migrations() -> Iterator[type[Migration]]:
    for app in settings.OUR_APPS:
        try:
            package = import_module(f"{app}.migrations")
        except ModuleNotFoundError:
            continue
        for found in iter_modules(package.__path__):
            yield import_module(f"{package.__name__}.{found.name}").Migration


def test_a_migration_that_breaks_off_leaves_nothing_half_done() -> None:
    found = list(our_migrations())
    assert len(found) > 10
    assert [each.__module__ for each in found if not each.atomic] == []


@contextmanager
def held(table: str) -> Iterator[None]:
    """Somebody else has read this table in a transaction they have not ended."""
    with psycopg.connect(_address()) as other, other.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN ACCESS SHARE MODE")
        yield
        other.rollback()


def _address() -> str:
    own = connections["admin"].settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return make_conninfo(**{ours: str(own[theirs]) for ours, theirs in names.items()})


def test_a_table_in_use_is_not_waited_for_and_the_upgrade_says_so(
    place_committed: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core_migrate, "LOCK_TIMEOUT", "200ms")

    def take_it(command: str, **options: object) -> None:
        if command != "migrate":
            return
        with connections["admin"].cursor() as cursor:
            cursor.execute("ALTER TABLE people_person ADD COLUMN of_the_next_version text")

    monkeypatch.setattr(core_migrate, "call_command", take_it)
    with held("people_person"), pytest.raises(core_migrate.TablesInUse, match="in use"):
        core_migrate.migrate()
    # Nobody who reads stands in a queue behind the upgrade.
    with scoped(place_committed.worker.scope):
        assert Person.objects.count() == 0
    core_migrate.migrate()


def test_this_version_works_on_with_the_tables_of_the_next(place_committed: Place) -> None:
    """While copies of the program are replaced one by one, the old one meets new columns and tables."""
    with connections["admin"].cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"ALTER TABLE {table} ADD COLUMN of_the_next_version text NOT NULL DEFAULT 'new'")
        cursor.execute("CREATE TABLE of_the_next_version (id uuid PRIMARY KEY)")
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('people', '9999_next', now())")
    assert row_security.differences() == []
    core_migrate.migrate()
    assert sent(place_committed, str(uuid4())).status_code == 302
    assert referrals(place_committed) == 1


FULL = """CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$"""
SLOW = """CREATE FUNCTION disk_is_slow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_sleep(30); RETURN NEW; END $$"""


@pytest.mark.parametrize(("trouble", "name"), [(FULL, "disk_is_full"), (SLOW, "disk_is_slow")], ids=["full", "slow"])
def test_a_full_or_slow_disk_loses_no_referral_and_says_to_send_it_again(
    place_committed: Place, trouble: str, name: str
) -> None:
    key = str(uuid4())
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '500ms'")
    with connections["admin"].cursor() as cursor:
        cursor.execute(trouble)
        # The last thing that a referral writes: everything before it must go too.
        cursor.execute(f"CREATE TRIGGER trouble BEFORE INSERT ON core_outboxevent EXECUTE FUNCTION {name}()")

    answer = sent(place_committed, key)
    assert answer.status_code == 503
    assert "not saved, not even in part" in answer.content.decode()
    assert referrals(place_committed) == 0

    with connections["admin"].cursor() as cursor:
        cursor.execute("DROP TRIGGER trouble ON core_outboxevent")
    assert sent(place_committed, key).status_code == 302
    assert referrals(place_committed) == 1


def sent(place: Place, key: str) -> HttpResponse:
    """Somebody at the practice sends the form."""
    client = sign_in(place.referrer)
    client.raise_request_exception = False
    answer = client.post("/referrals/refer/wexcombe/", FORM | {"submission_key": key})
    assert isinstance(answer, HttpResponse)
    return answer


def referrals(place: Place) -> int:
    with scoped(place.lead.scope):
        return Referral.objects.count()
