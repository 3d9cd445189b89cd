"""If these fail, a trust's own rule or setting answers another question than its writer asked, and nobody is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkwell.cohorts import headings, settings
from linkwell.cohorts.columns import ATTENDANCES
from linkwell.cohorts.rules import own
from linkwell.kernel.errors import Invalid

RULE = "name='falls'\nwords='w'\nfinds='f'\n{head}\n[[all]]\ntable='attendances'\ndays=30\n{condition}\n"


def written(folder: Path, head: str = "", condition: str = "", name: str = "own.toml") -> Path:
    file = folder / name
    file.write_text(RULE.format(head=head, condition=condition))
    return file


def refused(path: Path) -> str:
    with pytest.raises(Invalid) as raised:
        own.read(path)
    return " ".join(f"{each.where}: {each.message}" for each in raised.value.findings)


def test_no_answer_is_written_over_another_of_its_name(tmp_path: Path) -> None:
    file = written(tmp_path)
    assert [rule.name for rule in own.read_all([file], ["long_stay"])] == ["falls"]
    with pytest.raises(Invalid, match="comes with Linkwell"):
        own.read_all([file], ["falls"])
    with pytest.raises(Invalid, match="given 2 times"):
        own.read_all([file, file], ["long_stay"])


def test_nothing_at_the_head_of_a_rule_is_read_past(tmp_path: Path) -> None:
    assert "no any at its head" in refused(written(tmp_path, condition="[[any]]\ntable='spells'"))
    assert "legal_basis is text" in refused(written(tmp_path, head="legal_basis=5"))
    file = tmp_path / "listed.toml"
    file.write_text(RULE.format(head="", condition="").replace("'attendances'", "['attendances']"))
    assert "table is attendances or spells" in refused(file)


def test_a_rule_that_a_hospital_keeps_already_still_opens() -> None:
    assert own.from_text(RULE.format(head="", condition="[[any]]\ndays=3"), kept=True).name == "falls"


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    file = written(tmp_path)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert own.read(file).name == "falls"
    file.write_bytes(b"\xef\xbb\xbf[repeat_attendance]\nvisits = 6\n")
    assert settings.read(file) == {"repeat_attendance": {"visits": 6}}


@pytest.mark.parametrize(
    ("rule", "setting"),
    [("repeat_attendance", "days"), ("repeat_attendance", "visits"), ("emergency_readmission", "days"),
     ("long_stay", "nights"), ("mild_mental_ill_health", "ae_days"), ("social_circumstances", "days")],
)  # fmt: skip
def test_a_number_below_any_meaning_is_refused_and_the_lowest_is_said(tmp_path: Path, rule: str, setting: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f"[{rule}]\n{setting} = 0\n")
    with pytest.raises(Invalid) as raised:
        settings.read(file)
    [finding] = raised.value.findings
    assert finding.where == f"{rule}.{setting}"
    assert "a whole number from 1 to" in finding.message
    file.write_text(f"[{rule}]\n{setting} = 1\n")
    assert settings.read(file)[rule] == {setting: 1}


def test_nought_where_it_has_a_meaning_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[repeat_attendance]\nrecent_days = 0\n")
    assert settings.read(file)["repeat_attendance"]["recent_days"] == 0


def test_a_saved_mapping_to_a_heading_that_is_not_there_is_refused() -> None:
    """Lose this, and a column is empty for everybody because its heading was misspelt."""
    given = ["attendance_id", "person_id", "arrived_at", "Alone?"]
    assert headings.found(given, ATTENDANCES, {"lives_alone": "Alone?"}).columns["lives_alone"] == ("Alone?",)
    with pytest.raises(Invalid, match="nix"):
        headings.found(given, ATTENDANCES, {"lives_alone": "nix"})


def test_a_value_no_row_can_have_is_refused_and_how_to_write_it_is_said(tmp_path: Path) -> None:
    """Lose this, and a rule finds no one for ever, because its writer wrote a code as their own system does."""
    assert "write no_fixed_abode." in refused(written(tmp_path, condition="accommodation='No fixed abode'"))
    assert "write 1." in refused(written(tmp_path, condition="category=['2', '01']"))
    assert own.read(written(tmp_path, condition="accommodation='no_fixed_abode'\ncategory=['1']")).name == "falls"
