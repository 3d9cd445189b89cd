"""If these fail, whoever gives a command is not told what is wrong with what they gave, or where."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.db import connection, transaction

from linkwell.web import cli


def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """What `linkwell` with these words says of what it refuses."""
    monkeypatch.setattr(sys, "argv", ["linkwell", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    return capsys.readouterr().err.splitlines()


def test_each_thing_that_is_wrong_is_said_with_its_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    visits, rules, own = tmp_path / "visits.csv", tmp_path / "rules.toml", tmp_path / "own.toml"
    visits.write_text("Besuch,Wer\n1,2\n")
    rules.write_text("[long_stay]\nnights = -1\n[no_such]\na = 1\n")
    own.write_text("words = 'Falls'\n")
    asked = ["cohorts", "run", f"--attendances={visits}", "--as-of=2026-03-31", f"--out={tmp_path / 'out'}"]
    told = said(monkeypatch, capsys, *asked)
    assert told[0] == "linkwell: Some of what you entered needs another look."
    assert [line.split(":")[0] for line in told[1:]] == ["  attendance_id", "  person_id", "  arrived_at"]
    assert "There is no column for arrived_at (When the person arrived.) in this file." in told[3]
    of_settings = said(monkeypatch, capsys, *asked, f"--settings={rules}")
    assert of_settings[1].startswith("  long_stay.nights: The fewest nights of a long stay.")
    assert of_settings[2].startswith("  no_such: There is no rule called no_such.")
    of_own = said(monkeypatch, capsys, *asked, f"--own-rule={own}")
    assert "  name: The rule needs name, as text." in of_own
    assert of_own[-1] == "  all: The rule needs at least one [[all]] with what must be true."


def test_one_thing_that_is_wrong_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "visits.xlsx").touch()
    asked = ["cohorts", "run", f"--attendances={tmp_path}/visits.xlsx", f"--out={tmp_path / 'out'}"]
    assert said(monkeypatch, capsys, *asked) == ["linkwell: Give --as-of, the last day that counts, as 2026-03-31."]
    assert said(monkeypatch, capsys, *asked, "--as-of=2026-03-31") == [
        "linkwell: visits.xlsx: Activity files are CSV or Parquet. Unpack or save this one as one of them."
    ]


@pytest.mark.django_db
def test_before_there_are_tables_a_command_says_how_to_make_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def asks(words: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)

    for missing in ("select 1 from accounts_not_made_yet", "select linkwell_not_made_yet()"):
        monkeypatch.setattr(cli, "cli", lambda missing=missing: asks(missing))
        assert said(monkeypatch, capsys) == [f"linkwell: {cli.NO_TABLES}"]
    monkeypatch.setattr(cli, "cli", lambda: asks("select 1 where 1 = 'x'::int"))
    with pytest.raises(Exception, match="invalid input syntax"):
        cli.main()
