"""If these fail, an organisation cannot take its records with it, or loses some on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from linkwell.core.transfer import export_everything, import_everything
from linkwell.core.transfer.tables import STAYS, travelling
from linkwell.kernel.errors import Invalid
from tests.databases import current_name, temporary_database, use_database
from tests.prove.copies import copied
from tests.world import World

pytestmark = pytest.mark.xdist_group("world")


def quiet(message: str, done: int | None = None, total: int | None = None) -> None:
    """Progress is not shown in a test."""


# Not what somebody wrote: how someone signs in, and the database's own mark of when it last changed a listing.
NOT_CARRIED = {"password", "last_login", "changed_in", "changed_at"}


def contents() -> dict[str, list[tuple[object, ...]]]:
    found = {}
    for model in travelling():
        fields = [field.attname for field in model._meta.concrete_fields if field.attname not in NOT_CARRIED]
        found[model._meta.db_table] = list(model._default_manager.using("admin").order_by("pk").values_list(*fields))
    return found


@dataclass(frozen=True)
class WentOut:
    """One export of the world as it was built, and what was in it then."""

    path: Path
    before: dict[str, list[tuple[object, ...]]]
    rows: dict[str, int]


@pytest.fixture(scope="module")
def went_out(
    world_built: World, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[WentOut]:
    back_to = current_name()
    # What other tests opened and noted would travel too, and takes a minute.
    with django_db_blocker.unblock(), copied(world_built):
        before = contents()
        exported = export_everything(tmp_path_factory.mktemp("out") / "everything.zip", quiet)
        yield WentOut(exported.path, before, exported.rows)
    use_database(back_to)


def test_what_went_out_comes_back_the_same(world: World, went_out: WentOut) -> None:
    assert went_out.rows == {table: len(rows) for table, rows in went_out.before.items()}
    with temporary_database("empty", back_to=world.database):
        import_everything(went_out.path, quiet)
        assert contents() == went_out.before
        with connections["admin"].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM core_auditpending")
            assert cursor.fetchone()[0] == len(went_out.before["core_auditevent"])


def test_an_export_is_not_loaded_over_what_is_there(world: World, went_out: WentOut) -> None:
    with pytest.raises(Invalid, match="not empty"):
        import_everything(went_out.path, quiet)


@pytest.mark.fault("F24")
def test_a_damaged_export_loads_nothing(world: World, went_out: WentOut, tmp_path: Path) -> None:
    whole = went_out.path.read_bytes()
    path = tmp_path / "half.zip"
    path.write_bytes(whole[: len(whole) // 2])
    with temporary_database("empty", back_to=world.database):
        with pytest.raises(Invalid, match="damaged"):
            import_everything(path, quiet)
        assert not any(contents().values())


def test_the_file_is_for_its_owner_alone(went_out: WentOut) -> None:
    assert went_out.path.stat().st_mode & 0o077 == 0


def test_key_safe_notes_and_passwords_never_leave(went_out: WentOut) -> None:
    assert "people_homeaccess" in STAYS
    with ZipFile(went_out.path) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Key safe by the door" not in text
    assert b"scrypt$" not in text
