"""Setting up an empty system from the command line, and a leaver from there."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from linkwell.accounts.cli import organisation, user
from linkwell.accounts.models import Membership, Organisation, User
from linkwell.accounts.queries import organisation_by_code
from linkwell.kernel.errors import NotFound
from tests.place import Place


def run(group: Any, *words: str, status: int = 0) -> dict[str, Any]:
    done = CliRunner().invoke(group, [*words, "--json"])
    assert done.exit_code == status, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_an_empty_system_gets_its_first_organisation_and_administrator(db: None) -> None:
    given = ("--code", "wex02", "--name", "Wexcombe Links", "--kind", "voluntary")
    assert run(organisation, "add", *given) == {"in": 1, "added": 1, "rejected": []}
    assert run(organisation, "list")["organisations"][0]["code"] == "WEX02"
    first = ("--email", "ada@example.org", "--name", "Ada Long", "--organisation", "WEX02", "--role", "administrator")
    answer = run(user, "invite", *first)
    assert "/invitation/" in answer["link"]
    assert run(user, "list", "--organisation", "wex02")["users"][0]["invited"] is True


def test_every_row_of_a_file_is_added_or_rejected_with_a_reason(db: None, tmp_path: Path) -> None:
    path = tmp_path / "organisations.csv"
    path.write_text(
        "code,name,kind\nP90010,Mill Lane,practice\nP90010,Again,practice\n,No code,practice\n"
        "P90011,Odd kind,bakery\nP90012,Cross Street,practice\n",
        encoding="utf-8-sig",
    )
    answer = run(organisation, "add", str(path), status=1)
    assert (answer["in"], answer["added"]) == (5, 2)
    assert [(each["row"], each["field"]) for each in answer["rejected"]] == [(2, "code"), (3, "code"), (4, "kind")]
    assert all(each["reason"] for each in answer["rejected"])


def test_a_json_file_works_too(db: None, tmp_path: Path) -> None:
    path = tmp_path / "organisations.json"
    path.write_text(json.dumps([{"code": "T01", "name": "A trust", "kind": "trust"}, "nonsense", {"code": 7}]))
    answer = run(organisation, "add", str(path), status=1)
    assert (answer["in"], answer["added"], {each["row"] for each in answer["rejected"]}) == (3, 1, {2, 3})


BROKEN = [b"", b"code,name\nA1,x\n", b"\xff\xfe\x00", b"code,name,kind\nA1,x\n", b'code,name,kind\n"A1']


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_file_is_refused_in_words_and_nothing_is_added(db: None, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "organisations.csv"
    path.write_bytes(content)
    assert run(organisation, "add", str(path), status=1)["error"]
    assert Organisation.objects.count() == 0


@pytest.mark.parametrize("content", ["{", "{}", "7", "[" * 100_000])
def test_broken_json_is_refused_in_words(db: None, tmp_path: Path, content: str) -> None:
    path = tmp_path / "organisations.json"
    path.write_text(content)
    assert run(organisation, "add", str(path), status=1)["error"]


def test_the_commands_say_what_is_wrong(place: Place) -> None:
    given = ("--email", "x@example.org", "--name", "X Y", "--role", "link_worker")
    assert "no organisation" in run(user, "invite", *given, "--organisation", "NOPE", status=1)["error"]
    assert run(user, "invite", *given, "--organisation", "WEX01", status=1)["findings"][0]["field"] == "team"
    run(user, "invite", *given, "--organisation", "WEX01", "--team", "wexcombe")
    assert User.objects.filter(email="x@example.org").exists()
    assert (
        "Nobody signs in"
        in run(user, "close", "--email", "no@example.org", "--organisation", "WEX01", status=1)["error"]
    )


def test_a_leaver_with_duties_is_refused_with_the_list(place: Place) -> None:
    given = ("--email", place.lead.email, "--organisation", "WEX01")
    assert run(user, "close", *given, status=1)["waiting"] == [{"what": "duties for a team", "count": 1}]
    given = ("--email", place.colleague.email, "--organisation", "WEX01")
    assert run(user, "close", *given) == {"closed": place.colleague.email}
    assert not Membership.objects.filter(user_id=place.colleague.user_id, ended_at=None).exists()


def test_an_unknown_code_finds_nothing(db: None) -> None:
    with pytest.raises(NotFound):
        organisation_by_code("NOPE")
