"""If these fail, a question can be chosen after its answer is known, and nobody sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from linkwell.evaluation.cli import impact
from linkwell.evaluation.protocol.register import read
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.tests.asking import ask, refused, written
from linkwell.evaluation.tests.test_paired import COLUMNS, HEADING, some_pairs

FIXED = {
    "--design": "paired",
    "--question": "Does well-being rise?",
    "--population": "Everybody supported in 2026",
    "--outcome": "score",
    "--comparison": "The same people before",
    "--from": "2026-01-01",
    "--until": "2026-06-30",
    "--minimum-n": "30",
}


def opened(register: Path, **other: str) -> None:
    given = FIXED | {f"--{name.replace('_', '-')}": value for name, value in other.items()}
    options = [word for pair in given.items() for word in pair]
    ask("protocol", "open", "--register", register, *options)


def run(folder: Path, register: Path, *options: object, count: int = 40) -> object:
    path = written(folder, HEADING, some_pairs(count))
    return ask("paired", "--data", path, *COLUMNS, "--protocol", register, *options)["protocol"]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return tmp_path / "register.jsonl"


def test_a_run_that_keeps_to_its_protocol_says_so(tmp_path: Path, register: Path) -> None:
    opened(register, setting="minimum-change=1")
    found = run(tmp_path, register, "--minimum-change", 1.0, "--report", tmp_path)
    assert isinstance(found, dict)
    assert found["departures"] == []
    assert "This run did not depart from what could be checked." in (tmp_path / "report.html").read_text()


def test_every_departure_is_said(tmp_path: Path, register: Path) -> None:
    opened(register, design="its", outcome="calm", until="2026-03-01", setting="minimum-change=2")
    found = run(tmp_path, register, "--minimum-change", 1, "--report", tmp_path)
    assert isinstance(found, dict)
    said = "; ".join(found["departures"])
    assert "design is “paired”, the protocol says “its”" in said
    assert "outcome is “score”, the protocol says “calm”" in said
    assert "option minimum_change is “1.0”, the protocol says “2”" in said
    assert "the data go from 2026-01-05 to 2026-04-05" in said
    page = (tmp_path / "report.html").read_text()
    assert "This run departed from it" in page


def test_every_other_protocol_is_listed_with_what_became_of_it(tmp_path: Path, register: Path) -> None:
    opened(register, question="Does calm rise?")
    opened(register, question="Do visits fall?")
    opened(register)
    ask("protocol", "abandon", "--register", register, 1, "--reason", "Nobody filled it in.")
    ask("protocol", "refuse", "--register", register, 2, "--reason", "Too few people.")
    found = run(tmp_path, register)
    assert isinstance(found, dict)
    assert [(each["number"], each["state"], each["reason"]) for each in found["register"]] == [
        (1, "abandoned", "Nobody filled it in."),
        (2, "refused", "Too few people."),
        (3, "opened", ""),
    ]
    assert found["head"] == read(register).head


def test_fewer_than_the_protocol_asks_for_is_refused_without_a_number(tmp_path: Path, register: Path) -> None:
    opened(register, minimum_n="41")
    path = written(tmp_path, HEADING, some_pairs())
    assert "asks for at least 41; there are 40" in refused("paired", "--data", path, *COLUMNS, "--protocol", register)


def test_a_protocol_that_was_given_up_cannot_be_run_under(tmp_path: Path, register: Path) -> None:
    opened(register)
    ask("protocol", "abandon", "--register", register, 1, "--reason", "Changed our minds.")
    path = written(tmp_path, HEADING, some_pairs())
    base = ("paired", "--data", path, *COLUMNS, "--protocol", register)
    assert "no open protocol" in refused(*base)
    assert "was abandoned: Changed our minds." in refused(*base, "--under", 1)
    assert "no protocol 9" in refused(*base, "--under", 9)
    assert "already abandoned" in refused("protocol", "refuse", "--register", register, 1, "--reason", "Again.")


def test_a_line_changed_taken_out_moved_or_put_in_is_seen(register: Path) -> None:
    for question in ("one?", "two?", "three?", "four?"):
        opened(register, question=question)
    lines = register.read_text().splitlines()
    assert [each.protocol.question for each in read(register).kept] == ["one?", "two?", "three?", "four?"]
    forged = json.loads(lines[1]) | {"at": "2020-01-01T00:00:00+00:00"}
    for changed in (
        [lines[0], json.dumps(forged, sort_keys=True), *lines[2:]],
        [lines[0], *lines[2:]],
        lines[1:],
        [lines[1], lines[0], *lines[2:]],
        [*lines[:2], lines[1], *lines[2:]],
        [*lines, "not a line"],
        [*lines, "{}"],
        [*lines, "[]"],
    ):
        register.write_text("\n".join(changed) + "\n")
        with pytest.raises(Refused, match=r"^Line \d"):
            read(register)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("question", " ", "says its question"),
        ("until", "2025-01-01", "ends before it begins"),
        ("minimum_n", "0", "with how many"),
        ("setting", "family", "not an option and its value"),
    ],
)
def test_a_protocol_that_leaves_something_open_is_refused(register: Path, name: str, value: str, reason: str) -> None:
    given = FIXED | {f"--{name.replace('_', '-')}": value}
    options = [word for pair in given.items() for word in pair]
    assert reason in refused("protocol", "open", "--register", register, *options)
    assert not read(register).kept


def test_without_a_protocol_the_report_says_it_is_a_first_look(tmp_path: Path) -> None:
    ask("paired", "--data", written(tmp_path, HEADING, some_pairs()), *COLUMNS, "--report", tmp_path)
    assert "No protocol was fixed before the data were opened" in (tmp_path / "report.html").read_text()


def test_help_names_every_command_without_starting_any() -> None:
    said = CliRunner().invoke(impact, ["--help"]).stdout
    assert all(name in said for name in ("funnel", "its", "paired", "protocol", "spc"))


def test_a_report_that_cannot_be_written_is_said_without_a_number(tmp_path: Path) -> None:
    path = written(tmp_path, HEADING, some_pairs())
    (tmp_path / "taken").write_text("")
    said = refused("paired", "--data", path, *COLUMNS, "--report", tmp_path / "taken" / "below")
    assert "cannot be read or written" in said
