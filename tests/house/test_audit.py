"""If these fail, somebody can change what the record says about who looked and who changed what."""

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from pytest_django import Settings

from linkwell.core import audit, audit_check, sealer
from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent
from linkwell.kernel import clock
from tests.place import Place

ROWS = 12


@pytest.fixture
def sealed(own_database: str, settings: Settings, tmp_path: Path, place_committed: Place) -> Place:
    settings.AUDIT_HEADS = tmp_path / "heads"
    for number in range(ROWS):
        with scoped(place_committed.worker.scope):
            audit.record(place_committed.worker.scope, f"tried {number}", "test", None)
    sealer.seal_all()
    return place_committed


def as_owner(statement: str) -> None:
    """What somebody with the administrator's password could do."""
    with connections["admin"].cursor() as cursor:
        cursor.execute(statement)


def kinds(place: Place) -> set[str]:
    return {trouble.kind for trouble in audit_check.verify(place.organisation_id).troubles}


def any_row() -> int:
    return random.Random(7).randint(2, ROWS - 1)


def test_an_untouched_trail_is_sound(sealed: Place) -> None:
    verdict = audit_check.verify(sealed.organisation_id)
    assert (verdict.sound, verdict.checked) == (True, ROWS)


def edit() -> None:
    as_owner(f"UPDATE core_auditevent SET verb = 'nothing' WHERE id = {any_row()}")


def delete() -> None:
    as_owner(f"DELETE FROM core_auditevent WHERE id = {any_row()}")


def delete_with_its_seal() -> None:
    delete()
    as_owner(f"DELETE FROM core_auditseal WHERE audit_id = {any_row()}")


def reorder() -> None:
    as_owner("UPDATE core_auditevent SET verb = CASE id WHEN 3 THEN 'tried 3' ELSE 'tried 2' END WHERE id IN (3, 4)")


def insert() -> None:
    as_owner(
        "INSERT INTO core_auditevent (organisation_id, at, actor_kind, role, purpose, verb, object_kind, fields)"
        " SELECT organisation_id, at, actor_kind, role, purpose, 'planted', object_kind, fields"
        " FROM core_auditevent WHERE id = 3"
    )


def cut_the_tail() -> None:
    as_owner("DELETE FROM core_auditseal WHERE number > 8")
    as_owner("DELETE FROM core_auditevent WHERE id > 8")


@pytest.mark.fault("F30")
@pytest.mark.parametrize(
    ("attack", "found"),
    [
        (edit, "row changed, moved or inserted"),
        (delete, "row deleted"),
        (delete_with_its_seal, "seals missing"),
        (reorder, "row changed, moved or inserted"),
        (insert, "row never queued for sealing"),
        (cut_the_tail, "tail missing"),
    ],
)
def test_tampering_is_found(sealed: Place, attack: Callable[[], None], found: str) -> None:
    attack()
    assert found in kinds(sealed)


@pytest.mark.fault("F30")
def test_a_row_left_unsealed_too_long_is_found(sealed: Place) -> None:
    with scoped(sealed.worker.scope):
        audit.record(sealed.worker.scope, "late", "test", None)
    assert kinds(sealed) == set()
    as_owner(f"UPDATE core_auditevent SET at = '{clock.now() - timedelta(seconds=61)}' WHERE verb = 'late'")
    assert kinds(sealed) == {"row unsealed for over 60 seconds"}


def test_the_trail_holds_no_values(sealed: Place) -> None:
    with scoped(sealed.worker.scope):
        columns = {field.name for field in AuditEvent._meta.get_fields()}
    assert columns == {
        *("id", "organisation_id", "at", "actor_kind", "actor_id", "role", "purpose"),
        *("verb", "object_kind", "object_id", "person_id", "fields"),
    }
