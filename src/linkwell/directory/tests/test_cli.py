"""`linkwell directory import`: what a person and a machine are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from linkwell.directory.cli import directory
from linkwell.directory.tests.samples import a_service
from tests.place import Place


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(directory, ["import", *arguments], catch_exceptions=False)
    return done.exit_code, done.stdout


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([a_service(1), a_service(2), {"id": "x", "name": ""}]))
    return path


def test_a_machine_gets_counts_that_add_up(place: Place, feed: Path) -> None:
    code, said = run(str(feed), "--organisation", "WEX01", "--json")
    result = json.loads(said)
    assert code == 0
    assert (result["read"], result["added"], result["updated"], result["unchanged"]) == (3, 2, 0, 0)
    assert result["rejected"] == [
        {"id": "x", "field": "name", "reason": "It has no name. Give it the name people know it by."}
    ]
    again = json.loads(run(str(feed), "--organisation", "WEX01", "--json")[1])
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 2)


def test_a_person_is_told_in_words(place: Place, feed: Path) -> None:
    code, said = run(str(feed), "--organisation", "WEX01")
    assert code == 0
    assert "Read 3: 2 added, 0 updated, 0 unchanged, 1 not loaded." in said
    assert "Not loaded: x (name): It has no name." in said


def test_a_held_feed_and_a_broken_one_end_with_a_failure(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([a_service(number) for number in range(12)]))
    assert run(str(path), "--organisation", "WEX01")[0] == 0
    path.write_text(json.dumps([a_service(1)]))
    code, said = run(str(path), "--organisation", "WEX01")
    assert code == 1
    assert "lost 11 of 12" in said
    path.write_text("[{")
    code, said = run(str(path), "--organisation", "WEX01")
    assert code == 1
    assert "broke off" in said


@pytest.mark.fault("F27")
def test_an_address_inside_the_network_is_refused(place: Place) -> None:
    code, said = run("http://127.0.0.1:9/feed", "--organisation", "WEX01")
    assert code == 1
    assert "private network" in said


def test_a_missing_file_or_organisation_is_said_plainly(place: Place, feed: Path) -> None:
    code, _ = run("nowhere.json", "--organisation", "WEX01")
    assert code == 1
