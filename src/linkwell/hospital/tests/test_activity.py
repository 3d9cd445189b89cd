"""If these fail, a hospital's activity is lost, counted twice, or opened by another."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

import duckdb
import pytest

from linkwell.core.database import scoped
from linkwell.core.scope import Scope, system_scope
from linkwell.hospital.activity import queries, store
from linkwell.hospital.activity.actions import import_files, leave_out
from linkwell.hospital.models import ListRun
from linkwell.hospital.queries import freshness
from linkwell.hospital.tests.candidate_people import Hospital, a_hospital, a_patient
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


@pytest.mark.parametrize("rows", [("", "2026-01-03"), ("2026-01-03", "")])
def test_a_period_of_being_ready_told_twice_is_the_one_that_ended(
    hospital: Hospital, tmp_path: Path, rows: tuple[str, ...]
) -> None:
    """Lose this, and somebody who is ill again is listed as waiting to go home."""
    file = tmp_path / "ready.csv"
    file.write_text("spell_id,ready_at,not_ready_at\n" + "".join(f"S1,2026-01-01,{ended}\n" for ended in rows))
    read = import_files(scope=hospital.system, kind="delays", paths=[file])
    assert (read.rows_in, read.loaded, read.rejected) == (2, 1, 1)
    [path] = queries.files(hospital.system)["delays"]
    ended = duckdb.execute(f"select not_ready_at::date::varchar from '{path}'").fetchall()
    assert ended == [("2026-01-03",)]


def test_contacts_that_are_counted_as_loaded_are_kept(hospital: Hospital, tmp_path: Path) -> None:
    """Lose this, and the count a hospital is shown is not what it holds."""
    file = tmp_path / "gp.csv"
    file.write_text("person_id,at,kind\nP1,2026-01-01,phone\nP1,2026-01-01,phone\nP1,2026-01-02,phone\n")
    for _ in range(2):
        read = import_files(scope=hospital.system, kind="gp_contacts", paths=[file])
        assert (read.rows_in, read.loaded, read.rejected) == (3, 2, 1)
        assert "another row of this file" in read.findings[-1].message
        assert len(everything(hospital.system)) == read.loaded


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


def everything(scope: Scope) -> list[tuple[object, ...]]:
    held = [(table, str(path)) for table, paths in queries.files(scope).items() for path in paths]
    return sorted(
        row for table, path in held for row in duckdb.execute(f"select '{table}', * from '{path}'").fetchall()
    )


def test_whoever_is_erased_is_left_out_of_the_files_for_good(hospital: Hospital, tmp_path: Path) -> None:
    joan = a_patient(hospital, nhs_number="9434765919", number_status="verified")
    names = queries.names_of(hospital.system, ["9434765919"])
    own = f"H{joan.pk.hex[-8:]}"
    assert set(names) == {"9434765919", str(joan.pk), own}
    rows = f"S1,943 476 5919,2025-12-30,\nS2,P2,2026-01-02,2026-01-03\nS3,{own},2026-01-04,\n"
    taken(hospital.system, tmp_path, rows)
    ready = tmp_path / "ready.csv"
    ready.write_text("spell_id,ready_at\nS1,2026-01-01\nS2,2026-01-02\n")
    import_files(scope=hospital.system, kind="delays", paths=[ready])
    assert leave_out(scope=hospital.system, called=names) == 3
    assert [row[1] for row in everything(hospital.system)] == ["S2", "S2"]
    assert leave_out(scope=hospital.system, called=names) == 0
    # The next month's file tells of them again.
    assert taken(hospital.system, tmp_path, rows) == 2
    assert [row[1] for row in everything(hospital.system)] == ["S2", "S2"]
    with scoped(hospital.system):
        run = ListRun.objects.order_by("-created_at").first()
        assert run is not None
        assert (run.read, run.loaded, run.rejected) == (3, 1, 2)
    home = store.folder(hospital.organisation_id, "")
    assert all(b"9434765919" not in path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_no_period_of_being_ready_of_somebody_left_out_comes_in_again(hospital: Hospital, tmp_path: Path) -> None:
    ready = tmp_path / "ready.csv"

    def told_ready(*stays: str) -> int:
        ready.write_text("spell_id,ready_at\n" + "".join(f"{stay},2026-01-02\n" for stay in stays))
        return import_files(scope=hospital.system, kind="delays", paths=[ready]).rejected

    def held() -> list[object]:
        return [row[1] for row in everything(hospital.system) if row[0] == "delays"]

    taken(hospital.system, tmp_path, "S1,P1,2025-12-30,\nS2,P2,2026-01-01,\n")
    # Their second stay is not known of yet: the list of who is ready came first.
    assert told_ready("S1", "S2", "S3") == 0
    assert leave_out(scope=hospital.system, called=["P1"]) == 2
    assert told_ready("S1", "S2", "S3") == 1
    assert held() == ["S2", "S3"]
    assert taken(hospital.system, tmp_path, "S1,P1,2025-12-30,\nS3,P1,2026-01-02,\n") == 2
    assert held() == ["S2"]
    assert told_ready("S1", "S2", "S3") == 2
    assert held() == ["S2"]
    # Whoever is called as a stay was is somebody else.
    assert taken(hospital.system, tmp_path, "S4,S1,2026-01-05,\n") == 0


def test_leaving_somebody_out_that_was_killed_halfway_is_finished_when_done_again(
    hospital: Hospital, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(hospital.system, tmp_path, "S1,P1,2025-12-30,\nS2,P1,2026-01-02,\nS3,P2,2026-01-02,\n")
    replace = os.replace

    def killed(new: Path, old: Path) -> None:
        if old.name == "2026.parquet":
            raise KeyboardInterrupt
        replace(new, old)

    with monkeypatch.context() as halfway:
        halfway.setattr("linkwell.hospital.activity.store.os.replace", killed)
        with pytest.raises(KeyboardInterrupt):
            leave_out(scope=hospital.system, called=["P1"])
    assert [row[0] for row in stored(hospital.system)] == ["S2", "S3"]
    assert leave_out(scope=hospital.system, called=["P1"]) == 1
    assert [row[0] for row in stored(hospital.system)] == ["S3"]
