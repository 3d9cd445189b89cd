"""If these fail, a hospital's own words for why somebody waits are lost, and a whole board reads "other"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from linkwell.cohorts import code_lists, duck
from linkwell.cohorts.code_lists import in_time, reason_code, reasons, written_as
from linkwell.cohorts.columns import DELAYS
from linkwell.cohorts.reading import Reading, read

HEAD = "spell_id,ready_at,reason\n"


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duck.opened() as ready:
        yield ready


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Awaiting transport", "transport"),
        ("AWAITING MEDICINES TO TAKE HOME ", "medicines"),
        ("ii. Awaiting a medical decision/ intervention including writing the discharge summary.", "medical_decision"),
        ("Homeless/no right of recourse to public funds/no place to discharge to", "homeless"),
        ("5) TTOs", "medicines"),
        ("pathway_2_bed", "pathway_2_bed"),
        ("waiting for a care home place", "pathway_3_bed"),
        ("Her sister Jean has the key", None),
        ("not awaiting transport", None),
        ("Awaiting", None),
        ("", None),
    ],
)
def test_words_as_published_are_our_reason_and_others_none(written: str, code: str | None) -> None:
    assert reason_code(written) == code


def test_every_reason_is_known_by_its_code_and_words_and_no_words_mean_two() -> None:
    told = [(words, code) for code in reasons() for words in (code, reasons()[code].words, *written_as(code))]
    assert [(words, reason_code(words)) for words, _ in told] == told
    assert all(written_as(code) for code in reasons())


def taken(con: duckdb.DuckDBPyConnection, folder: Path, rows: str) -> Reading:
    (folder / "given.csv").write_text(HEAD + rows)
    return read(con, [folder / "given.csv"], DELAYS, folder / "out.parquet")


def stored(reading: Reading) -> list[str | None]:
    return [reason for (reason,) in duckdb.execute(f"select reason from ({reading.rows}) order by spell_id").fetchall()]


def test_an_activity_file_in_published_words_is_kept_in_our_codes(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = "S1,2026-01-02,Awaiting transport\nS2,2026-01-02,transport\nS3,2026-01-02,Something else\nS4,2026-01-02,\n"
    reading = taken(con, tmp_path, rows)
    assert stored(reading) == ["transport", "transport", "Something else", None]
    (noted,) = reading.findings
    assert noted.where == "reason"
    assert noted.message.startswith("33.3% of the reasons are none we know")
    assert "“Something else” (1)" in noted.message
    assert reading.rows_in == reading.loaded == 4


def test_a_reason_before_the_published_set_had_it_is_loaded_and_said(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = "S1,2022-06-01,housing_offer\nS2,2023-06-01,housing_offer\nS3,,housing_offer\nS4,2023-06-01,transport\n"
    reading = taken(con, tmp_path, rows)
    assert [each.message.split(" of")[0] for each in reading.findings] == ["25.0%"]
    assert stored(reading).count("housing_offer") == 3
    assert (in_time("housing_offer", dt.date(2023, 3, 31)), in_time("housing_offer", dt.date(2023, 4, 1))) == (
        False,
        True,
    )


def test_a_reason_that_is_over_is_out_of_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    over = code_lists.Reason("transport", "", community=False, since="2022-04-01", until="2024-05-31")
    monkeypatch.setattr(code_lists, "reasons", lambda: {"transport": over})
    assert [in_time("transport", dt.date(2024, month, 1)) for month in (5, 6)] == [True, False]


@pytest.mark.parametrize(("reason", "as_it_lies"), [("transport", True), ("Awaiting transport", False)])
def test_a_parquet_file_in_published_words_is_read_like_any_other(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, reason: str, as_it_lies: bool
) -> None:
    file, into = tmp_path / "own.parquet", tmp_path / "out.parquet"
    made = f"select 'S1' as spell_id, timestamp '2021-01-02' as ready_at, '{reason}' as reason"
    con.execute(f"copy ({made}) to '{file}' (format parquet)")
    reading = read(con, [file], DELAYS, into, copy=False)
    assert into.exists() is not as_it_lies
    assert stored(reading) == ["transport"]
    assert [each.message.split(" of")[0] for each in reading.findings] == ["100.0%"]
