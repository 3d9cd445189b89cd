"""If these fail, a trust's own rule or setting answers another question than its writer asked, and nobody is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkwell.cohorts import settings
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
