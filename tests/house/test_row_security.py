"""If these fail, one organisation can read another's people."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, connections, transaction
from django.db.utils import DatabaseError

from linkwell.core import row_security
from linkwell.core.database import current_work, handed_over, scoped
from linkwell.core.unpoliced import UNPOLICED
from linkwell.kernel.errors import ScopeMissing
from linkwell.people.models import Person
from tests.place import Place

pytestmark = pytest.mark.django_db


def add_person(place: Place) -> Person:
    with scoped(place.worker.scope):
        return Person.objects.create(organisation_id=place.organisation_id, given_name="Ada", family_name="Moss")


def test_every_table_is_policed_or_listed_as_read_before_a_scope_exists() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    policed = {model._meta.db_table for model, _ in row_security.policed_models()}
    assert tables - policed == set(UNPOLICED), "A table without a policy must be listed, with its reason."


def test_the_database_polices_what_the_models_declare() -> None:
    assert row_security.differences() == []


@pytest.mark.fault("F14")
def test_another_organisation_sees_no_row_even_without_a_filter(place: Place) -> None:
    add_person(place)
    with scoped(place.stranger.scope):
        assert not Person.objects.exists()
    with scoped(place.colleague.scope):
        assert Person.objects.count() == 1


@pytest.mark.fault("F14")
def test_another_organisation_cannot_change_or_plant_a_row(place: Place) -> None:
    person = add_person(place)
    with scoped(place.stranger.scope):
        assert Person.objects.filter(pk=person.pk).update(given_name="Changed") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Person.objects.create(organisation_id=place.organisation_id, given_name="Planted", family_name="Row")


@pytest.mark.fault("F15")
def test_reading_without_a_scope_raises_and_is_never_empty() -> None:
    with pytest.raises(ScopeMissing):
        Person.objects.count()


@pytest.mark.fault("F15")
def test_raw_sql_without_a_scope_raises_in_the_database_itself(place: Place) -> None:
    add_person(place)
    raw = connections["default"].connection.cursor()
    with pytest.raises(Exception, match="uuid"), transaction.atomic():
        raw.execute("SELECT * FROM people_person")


@pytest.mark.fault("F15")
def test_a_scope_does_not_outlive_its_transaction(place: Place) -> None:
    with pytest.raises(RuntimeError, match="boom"), scoped(place.worker.scope):
        raise RuntimeError("boom")
    with pytest.raises(ScopeMissing):
        current_work()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('linkwell.organisation', true)")
        assert not cursor.fetchone()[0]


def test_work_for_one_scope_cannot_join_a_transaction_of_another(place: Place) -> None:
    with scoped(place.worker.scope), pytest.raises(ScopeMissing), scoped(place.stranger.scope):
        pass


def test_a_hand_over_writes_for_the_other_organisation_and_comes_back(place: Place) -> None:
    with scoped(place.worker.scope):
        with handed_over(place.stranger.scope):
            Person.objects.create(organisation_id=place.stranger_organisation_id, given_name="Bo", family_name="Reed")
        assert not Person.objects.exists()
    with scoped(place.stranger.scope):
        assert Person.objects.count() == 1


def test_a_query_cannot_write(place: Place) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), scoped(place.worker.scope, read_only=True):
        Person.objects.create(organisation_id=place.organisation_id, given_name="No", family_name="Write")


@pytest.mark.fault("F30")
@pytest.mark.parametrize("table", ["core_auditevent", "core_auditseal", "core_statechange", "core_timelineentry"])
def test_the_application_cannot_change_or_delete_the_trail(place: Place, table: str) -> None:
    for statement in (f"UPDATE {table} SET organisation_id = organisation_id", f"DELETE FROM {table}"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            scoped(place.worker.scope),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_what_is_temporary_never_stands_before_a_table_of_ours(place: Place) -> None:
    with scoped(place.system), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE accounts_team (id int) ON COMMIT DROP")
        cursor.execute("SELECT count(*) FROM accounts_team")
        assert cursor.fetchall() != [(0,)]
