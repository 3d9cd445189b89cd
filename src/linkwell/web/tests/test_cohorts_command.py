"""If these fail, another engine finds other people, or a database is started where none is needed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from linkwell.cohorts.generating import Made, generate
from linkwell.cohorts.rules import known
from linkwell.kernel.errors import Invalid
from linkwell.web.commands.activity import activity
from linkwell.web.commands.cohorts import cohorts


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return generate(tmp_path_factory.mktemp("made"), people=3000, years=2, seed=3)


def run(made: Made, engine: str) -> Path:
    out = made.folder / engine
    files = [f"--{name}={made.folder / name}.parquet" for name in ("attendances", "spells", "delays")]
    asked = ["run", "--engine", engine, *files, "--as-of", made.as_of.isoformat(), "--out", str(out)]
    result = CliRunner().invoke(cohorts, asked, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return out


def test_duckdb_starts_no_database_and_postgres_gives_the_same_rows(
    made: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setitem(os.environ, "LINKWELL_HOME", str(tmp_path / "none"))
        here = run(made, "duckdb")
    assert not (tmp_path / "none").exists()
    there = run(made, "postgres")
    for rule in known():
        name = f"{rule.name}.parquet"
        rows = [duckdb.execute(f"select * from '{each / name}' order by all").fetchall() for each in (here, there)]
        assert rows[0] == rows[1], rule.name
    summary = json.loads((there / "summary.json").read_text())
    assert (summary["engine"], summary["as_of"]) == ("postgres", made.as_of.isoformat())


def test_the_rules_and_the_columns_can_be_read(tmp_path: Path) -> None:
    assert "repeat_attendance: People who came" in CliRunner().invoke(cohorts, ["rules"]).output
    assert "| `left_before_seen` | yes or no |" in CliRunner().invoke(activity, ["describe"]).output
    assert "medicines: waiting" in CliRunner().invoke(activity, ["describe", "--reasons"]).output
    result = CliRunner().invoke(activity, ["generate", "--people", "50", "--years", "1", "--out", str(tmp_path)])
    assert "give --as-of 2026-03-31" in result.output


MAPPED = '[attendances]\nattendance_id = "No"\nperson_id = "Who"\narrived_at = "Day"\n'


def asked_with(mapping: str, folder: Path) -> Result:
    """Rules asked of a file of visits with headings of its own."""
    (folder / "map.toml").write_text(mapping)
    (folder / "visits.csv").write_text("No,Who,Day\n" + "".join(f"{day},P1,2026-01-0{day}\n" for day in range(1, 7)))
    given = [f"--attendances={folder / 'visits.csv'}", f"--mapping={folder / 'map.toml'}", f"--out={folder / 'out'}"]
    return CliRunner().invoke(cohorts, ["run", *given, "--as-of", "2026-03-31"])


@pytest.mark.parametrize("mapping", [MAPPED, MAPPED.partition("\n")[2], MAPPED + '[spells]\nspell_id = "Stay"\n'])
def test_rules_are_asked_of_files_with_the_trusts_own_headings(mapping: str, tmp_path: Path) -> None:
    """Lose this, and a trust whose mapping is saved for its imports must write every file anew to try a rule."""
    result = asked_with(mapping, tmp_path)
    assert result.exit_code == 0, result.output
    assert duckdb.execute(f"select person_id from '{tmp_path}/out/repeat_attendance.parquet'").fetchall() == [("P1",)]


def test_the_four_problems_are_looked_for_in_files_with_the_trusts_own_headings(tmp_path: Path) -> None:
    """Lose this, and a trust must write its files anew to see whether it has a problem at all."""
    (tmp_path / "map.toml").write_text(MAPPED)
    (tmp_path / "visits.csv").write_text("No,Who,Day\n1,P1,2023-04-03\n2,P1,2026-01-05\n3,P2,2026-01-06\n")
    given = [f"--attendances={tmp_path / 'visits.csv'}", f"--mapping={tmp_path / 'map.toml'}", "--as-of", "2026-03-31"]
    result = CliRunner().invoke(cohorts, ["profile", *given, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    repeat = next(each for each in json.loads(result.output) if each["name"] == "repeat_attendance")
    assert sum(month["out_of"] for month in repeat["months"]) == 2


def test_a_map_of_files_is_not_left_out_without_a_word_where_no_file_is_read(tmp_path: Path) -> None:
    """Lose this, and somebody believes that their map was used."""
    (tmp_path / "map.toml").write_text(MAPPED)
    given = ["--live", "RZW01", f"--mapping={tmp_path / 'map.toml'}", f"--out={tmp_path / 'out'}"]
    wrong = CliRunner().invoke(cohorts, ["run", *given]).exception
    assert isinstance(wrong, Invalid)
    assert "no map" in wrong.findings[0].message


@pytest.mark.parametrize(
    ("mapping", "words"),
    [("no", "This is not a TOML file"), ('[visits]\nperson_id = "Who"', "There are no files called visits"),
     ('[attendances]\nwho = "Who"', "who is no column of attendances"), ("person_id = 1", "its heading is not text"),
     (f'person_id = "Who"\n{MAPPED}', "Write above the headings whose they are")],
)  # fmt: skip
def test_a_mapping_that_leaves_doubt_is_refused_in_words(mapping: str, words: str, tmp_path: Path) -> None:
    wrong = asked_with(mapping, tmp_path).exception
    assert isinstance(wrong, Invalid)
    assert words in " ".join(each.message for each in wrong.findings)
