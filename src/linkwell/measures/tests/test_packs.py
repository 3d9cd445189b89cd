"""If these fail, somebody's answers are scored by a rule that is not the instrument's."""

from __future__ import annotations

import copy
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from linkwell.kernel.errors import Invalid
from linkwell.measures import reading, scoring
from linkwell.measures.cli import measures
from linkwell.measures.said import SAID, TITLES

PACKS = reading.shipped()


def scores(name: str, answers: dict[str, int | None]) -> dict[str, float | None]:
    return {each.code: each.value for each in scoring.score(PACKS[name], answers)}


def all_alike(name: str, answer: int) -> dict[str, int | None]:
    return {item.code: answer for item in PACKS[name].items}


def test_wording_is_shipped_only_where_anybody_may_pass_it_on() -> None:
    assert {name for name, pack in PACKS.items() if pack.has_wording} == {"ons4", "loneliness", "phq9", "gad7", "plan"}
    for name in ("swemwbs", "brs", "mycaw"):
        assert not any(item.words for item in PACKS[name].items)


def test_what_scores_are_called_can_be_said_in_welsh() -> None:
    named = {one.words for pack in PACKS.values() for one in pack.scores}
    bands = {band.words for pack in PACKS.values() for one in pack.scores for band in one.bands}
    assert set(SAID) == named | bands
    assert set(TITLES) == {pack.title for pack in PACKS.values()}


# Published: Stewart-Brown 2009 (raw to metric), the ends and middles of PHQ-9, GAD-7, UCLA-3 and BRS.
@pytest.mark.parametrize(
    ("name", "answer", "code", "value", "band"),
    [
        ("swemwbs", 1, "metric", 7.0, ""),
        ("swemwbs", 3, "metric", 19.25, ""),
        ("swemwbs", 5, "metric", 35.0, ""),
        ("phq9", 0, "total", 0, "none or minimal"),
        ("phq9", 1, "total", 9, "mild"),
        ("phq9", 2, "total", 18, "moderately severe"),
        ("phq9", 3, "total", 27, "severe"),
        ("gad7", 2, "total", 14, "moderate"),
        ("gad7", 3, "total", 21, "severe"),
        ("loneliness", 1, "ucla", 3, ""),
        ("loneliness", 3, "ucla", 9, ""),
        ("ons4", 5, "anxious", 5, "medium"),
        ("ons4", 5, "happy", 5, "medium"),
        # Half of the six are turned round, so alike answers meet in the middle.
        ("brs", 5, "mean", 3.0, "normal"),
    ],
)
def test_published_scores_come_out(name: str, answer: int, code: str, value: float, band: str) -> None:
    scored = {each.code: each for each in scoring.score(PACKS[name], all_alike(name, answer))}[code]
    assert (scored.value, scored.band) == (value, band)


def test_resilience_turns_round_the_second_fourth_and_sixth() -> None:
    best = {"brs1": 5, "brs2": 1, "brs3": 5, "brs4": 1, "brs5": 5, "brs6": 1}
    assert scores("brs", {**best}) == {"mean": 5.0}


@given(name=st.sampled_from(sorted(PACKS)), data=st.data())
def test_what_is_missing_is_never_taken_for_a_zero(name: str, data: st.DataObject) -> None:
    pack = PACKS[name]
    answers = {
        item.code: data.draw(st.one_of(st.none(), st.integers(item.lowest, item.highest)), item.code)
        for item in pack.items
    }
    given_only = {code: answer for code, answer in answers.items() if answer is not None}
    assert scoring.score(pack, answers) == scoring.score(pack, given_only)
    for one, scored in zip(pack.scores, scoring.score(pack, answers), strict=True):
        answered = [code for code in one.items if code in given_only]
        assert (scored.value is None) == (len(answered) < one.fewest)
        assert set(scored.missing) == set(one.items) - set(answered)
        if scored.value is not None and one.bands:
            assert scored.band


def test_an_answer_that_cannot_be_is_named_and_nothing_is_scored() -> None:
    with pytest.raises(Invalid) as refused:
        scores("ons4", {"happy": 11, "cheerful": 3})
    assert {finding.where for finding in refused.value.findings} == {"happy", "cheerful"}


def test_any_answer_to_the_question_of_self_harm_is_seen() -> None:
    calm = all_alike("phq9", 0)
    assert not scoring.needs_help_today(PACKS["phq9"], calm)
    assert scoring.needs_help_today(PACKS["phq9"], {**calm, "phq9": 1})
    assert not scoring.needs_help_today(PACKS["phq9"], {**calm, "phq9": None})


BREAKS: list[tuple[str, Any]] = [
    ("pack.version", lambda pack: pack.update(version=0)),
    ("pack.colour", lambda pack: pack.update(colour="red")),
    ("pack.title", lambda pack: pack.pop("title")),
    ("pack.name", lambda pack: pack.update(name="Ours!")),
    ("licence", lambda pack: pack.update(licence="free")),
    ("pack.crisis", lambda pack: pack.update(crisis=["phq99"])),
    ("phq1", lambda pack: pack["items"][0].update(lowest=3)),
    ("phq1", lambda pack: pack["items"][0].update(labels={"0": "Never"})),
    ("phq1", lambda pack: pack["licence"].update(wording_is_free=False)),
    ("phq1", lambda pack: pack["items"][0].pop("words")),
    ("pack.items", lambda pack: pack["items"].append(pack["items"][0])),
    ("total.items", lambda pack: pack["scores"][0].update(items=["phq1", "phq77"])),
    ("total.how", lambda pack: pack["scores"][0].update(how="guess")),
    ("total.better", lambda pack: pack["scores"][0].update(better="more")),
    ("total.fewest", lambda pack: pack["scores"][0].update(fewest=10)),
    ("total.reversed", lambda pack: pack["scores"][0].update(reversed=["phq77"])),
    ("total.table", lambda pack: pack["scores"][0].update(how="table", table={"0": 1.0})),
    ("total.bands", lambda pack: pack["scores"][0]["bands"].pop()),
    ("total.reliable_change", lambda pack: pack["scores"][0].update(reliable_change=-1)),
    ("scores 1.fewest", lambda pack: pack["scores"][0].update(fewest=True)),
]


@pytest.mark.parametrize(("where", "broken"), BREAKS, ids=[f"{n} {where}" for n, (where, _) in enumerate(BREAKS)])
def test_a_pack_that_breaks_its_own_rules_is_refused_and_says_where(where: str, broken: Any) -> None:
    given = copy.deepcopy(tomllib.loads((reading.FOLDER / "phq9.toml").read_text()))
    reading.read(given)
    broken(given)
    with pytest.raises(Invalid) as refused:
        reading.read(given)
    assert where in {finding.where for finding in refused.value.findings}


def run(*given: str) -> dict[str, Any]:
    done = CliRunner().invoke(measures, ["score", *given, "--json"], catch_exceptions=False)
    assert done.exit_code == 0
    said: dict[str, Any] = json.loads(done.output)
    return said


def test_every_line_of_a_file_is_scored_or_rejected_with_its_reason(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("\ufeffid,satisfied,worthwhile,happy,anxious\na,7,8,,2\nb,11,1,1,1\nc,seven,1,1,1\nd,1,2,3,4,5\n")
    said = run("ons4", str(file))
    assert said["read"] == 4
    assert [each["id"] for each in said["scored"]] == ["a"]
    assert said["scored"][0]["scores"]["happy"] == {"value": None, "band": "", "missing": ["happy"]}
    assert [(each["id"], each["field"]) for each in said["rejected"]] == [
        ("b", "satisfied"),
        ("c", "satisfied"),
        ("d", ""),
    ]


def test_json_is_read_like_csv(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps([{"happy": 3}, {"happy": True}, {"happy": "4"}]))
    said = run("ons4", str(file))
    assert [each["scores"]["happy"]["value"] for each in said["scored"]] == [3, 4]
    assert [each["row"] for each in said["rejected"]] == [2]


UNREADABLE = [b"\xff\xfe\x00", b"[1, 2]", b"{", b"colour\nred\n", b"happy,happy\n1,2\n", b"[" * 90_000]


@pytest.mark.parametrize("content", UNREADABLE, ids=range(len(UNREADABLE)))
def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "answers"
    file.write_bytes(content)
    with pytest.raises(Invalid) as refused:
        CliRunner().invoke(measures, ["score", "ons4", str(file)], catch_exceptions=False)
    assert refused.value.findings
