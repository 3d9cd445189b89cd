"""If these fail, a hospital's activity is lost, counted twice, or opened by another."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import duckdb
import pytest

from linkwell.core.database import scoped
from linkwell.core.scope import Scope, system_scope
from linkwell.hospital.activity import queries
from linkwell.hospital.activity.actions import import_files
from linkwell.hospital.models import ListRun
from linkwell.hospital.queries import freshness
from linkwell.hospital.tests.candidate_people import Hospital, a_hospital
from linkwell.kernel.errors import Invalid, NotAllowed

pytestmark = pytest.mark.django_db
HEAD = "spell_id,person_id,admitted_at,discharged_at\n"


@pytest.fixture
def hospital(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Hospital:
    made = a_hospital()
    monkeypatch.setattr("linkwell.hospital.activity.store.linkwell_home", lambda: tmp_path / "home")
    return made


def taken(scope: Scope, folder: Path, rows: str) -> int:
    file = folder / "given.csv"
    file.write_text(HEAD + rows)
    return import_files(scope=scope, kind="spells", paths=[file]).rejected


def stored(scope: Scope) -> list[tuple[object, ...]]:
    files = [str(path) for path in queries.files(scope)["spells"]]
    asked = "select spell_id, discharged_at::date::varchar from read_parquet(?) order by 1"
    return duckdb.execute(asked, [files]).fetchall() if files else []


def test_a_stay_told_again_takes_the_place_of_its_earlier_telling(hospital: Hospital, tmp_path: Path) -> None:
    assert taken(hospital.system, tmp_path, "S1,P1,2025-12-30,\nS2,P2,2026-01-02,2026-01-03\n") == 0
    assert taken(hospital.system, tmp_path, "S1,P1,2025-12-30,2026-01-05\nS3,,2026-01-02,\n") == 1
    assert stored(hospital.system) == [("S1", "2026-01-05"), ("S2", "2026-01-03")]
    assert [path.stem for path in queries.files(hospital.system)["spells"]] == ["2025", "2026"]
    with scoped(hospital.system):
        totals = ListRun.objects.order_by("created_at").values_list("read", "loaded", "rejected", "changes")
        assert list(totals) == [(2, 2, 0, 2), (2, 1, 1, 0)]
    assert [(row.kind, row.stale) for row in freshness(hospital.system)] == [("activity", False)]


def test_a_file_that_cannot_be_understood_changes_nothing(hospital: Hospital, tmp_path: Path) -> None:
    taken(hospital.system, tmp_path, "S1,P1,2025-12-30,\n")
    (tmp_path / "bad.csv").write_text("nothing,known\n1,2\n")
    with pytest.raises(Invalid):
        import_files(scope=hospital.system, kind="spells", paths=[tmp_path / "bad.csv"])
    assert stored(hospital.system) == [("S1", None)]


@pytest.mark.fault("F14")
def test_no_person_and_no_other_hospital_opens_the_files(hospital: Hospital, tmp_path: Path) -> None:
    taken(hospital.system, tmp_path, "S1,P1,2025-12-30,\n")
    assert stored(system_scope(uuid4(), "test")) == []
    with pytest.raises(NotAllowed):
        queries.files(hospital.administrator.scope)
