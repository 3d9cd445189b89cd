"""If these fail, somebody who would gain is not found, or somebody is found for a reason that is not so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linkwell.cohorts import rules
from linkwell.cohorts.rules import delayed_discharge, own
from linkwell.cohorts.tests.asking import TODAY, Asking, asking, day, sql_of, stay, visit
from linkwell.kernel.errors import Invalid


@pytest.fixture
def hospital(tmp_path: Path) -> Iterator[Asking]:
    with asking(tmp_path) as ready:
        yield ready


def visits(person: str, *days: str, **facts: Any) -> list[dict[str, Any]]:
    return [visit(person, each, **facts) for each in days]


FIVE = ("2025-04-01", "2025-05-01", "2025-06-01", "2025-07-01", "2026-03-31")


def test_five_visits_in_365_days_are_found_and_nothing_less(hospital: Asking) -> None:
    planned = visits("planned", *FIVE[:4]) + visits("planned", "2025-08-01", category="4")
    away = [visit("two trusts", each, provider=f"Z{at % 2}") for at, each in enumerate(FIVE)]
    hospital.holds(
        attendances=visits("found", *FIVE)
        + visits("a day too long", "2025-03-31", *FIVE[1:])
        + visits("four", *FIVE[:4])
        + visits("after today", *FIVE[:4], "2026-04-01")
        + visits("long ago", *(each.replace("2025", "2014").replace("2026", "2015") for each in FIVE))
        + planned
        + away
        + visits("left", *FIVE, left_before_seen=True)
    )
    found = hospital.ask("repeat_attendance")
    assert set(found) == {"found", "long ago", "two trusts", "left"}
    assert (found["found"].since, found["found"].score) == (dt.date(2026, 3, 31), 5)
    assert found["left"].evidence["left"] == "5"
    assert len(found["found"].evidence["ids"].split(",")) == 5
    assert set(hospital.ask("repeat_attendance", same_provider=True)) == {"found", "long ago", "left"}
    assert set(hospital.ask("repeat_attendance", recent_days=365)) == {"found", "two trusts", "left"}


def test_who_is_back_within_30_days_is_found_as_the_national_indicator_counts(hospital: Asking) -> None:
    def back(person: str, admitted: str = "2026-01-15", first: dict[str, Any] | None = None, **facts: Any) -> list[Any]:
        return [stay(person, "2026-01-01", "2026-01-10", **(first or {})), stay(person, admitted, None, **facts)]

    moved = {"discharge_destination": "51"}
    hospital.holds(
        spells=back("found")
        + back("same day", "2026-01-10")
        + back("day 29", "2026-02-08")
        + back("day 30", "2026-02-09")
        + back("by plan", admission_method="11")
        + back("died", first={"discharge_method": "4"})
        + back("died by destination", first={"discharge_destination": "79"})
        + back("gave birth", first={"main_specialty": "501"})
        + back("expecting", icd10=["O800"])
        + back("cancer", first={"icd10": ["C509"]})
        + [stay("cancer before", "2025-02-01", "2025-02-02", icd10=["Z511"]), *back("cancer before")]
        + [stay("cancer long ago", "2024-12-01", "2024-12-02", icd10=["C509"]), *back("cancer long ago")]
        + back("day case", first={"patient_class": "2"})
        + back("moved", "2026-01-12", first=moved, admission_source="51")
        + back("sent home, back", "2026-01-11", admission_source="51")
        + [*back("moved, then back", "2026-01-12", first=moved) [:1],
           stay("moved, then back", "2026-01-11", "2026-01-20", admission_method="81"),
           stay("moved, then back", "2026-02-10", None)]
    )  # fmt: skip
    found = hospital.ask("emergency_readmission")
    assert set(found) == {
        "found", "same day", "day 29", "cancer long ago", "sent home, back", "moved, then back",
    }  # fmt: skip
    assert found["moved, then back"].evidence["days"] == "21"
    assert found["same day"].evidence["days"] == "0"


def test_a_wait_to_go_home_is_counted_from_the_period_that_counts(hospital: Asking) -> None:
    def ready(person: str, at: str, until: str | None = None, reason: str | None = None) -> dict[str, Any]:
        return {
            "spell_id": f"{person}-2026-03-01", "ready_at": day(at),
            "not_ready_at": day(until) if until else None, "reason": reason,
        }  # fmt: skip

    left = dict.fromkeys(
        ("ended", "ended twice", "not ready at the end", "nothing recorded", "same time"), "2026-03-20"
    )
    people = [*left, "waits", "waits again", "not ready now", "short stay"]
    hospital.holds(
        spells=[stay(each, "2026-03-01", left.get(each)) for each in people if each != "short stay"]
        + [stay("short stay", "2026-03-01", "2026-03-01")],
        delays=[
            ready("ended", "2026-03-15"),
            ready("ended twice", "2026-03-05", "2026-03-08"), ready("ended twice", "2026-03-19"),
            ready("not ready at the end", "2026-03-05", "2026-03-08"),
            ready("same time", "2026-03-15", "2026-03-20"),
            ready("waits", "2026-03-21", reason="medicines"), ready("waits", "2026-03-21", reason="transport"),
            ready("waits again", "2026-03-02", "2026-03-05"), ready("waits again", "2026-03-29"),
            ready("not ready now", "2026-03-02", "2026-03-05"),
        ],
    )  # fmt: skip
    found = hospital.ask("delayed_discharge")
    assert {person: hit.score for person, hit in found.items()} == {
        "ended": 5, "ended twice": 1, "same time": 5, "waits": 10, "waits again": 2,
    }  # fmt: skip
    assert rules.sentence(found["waits"], clinical=True) == (
        "Has waited 10 days to go home, ready since 21 March 2026: "
        "waiting for medicines to take home and waiting for transport."
    )
    assert set(hospital.ask("delayed_discharge", waiting_now_only=True)) == {"waits", "waits again"}
    from linkwell.cohorts.activity import Activity
    from linkwell.cohorts.engines.local import compiled

    asked = f"select spell_id, waited from ({compiled(delayed_discharge.waits(Activity(TODAY)))})"
    known = dict(hospital.con.execute(asked).fetchall())
    assert known["short stay-2026-03-01"] == 0
    assert known["nothing recorded-2026-03-01"] is None
    assert known["not ready at the end-2026-03-01"] is None


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "0"), (1, "1"), (3, "2-3"), (4, "4-6"), (13, "7-13"), (20, "14-20"), (21, "21+"), (99, "21+")],
)
def test_a_wait_is_in_its_published_band(days: int, words: str) -> None:
    assert delayed_discharge.band(days) == words


def test_conditions_count_for_people_who_use_ae_and_for_three_years(hospital: Asking) -> None:
    hospital.holds(
        attendances=[
            visit("in ae", "2026-01-01", icd10=["J449", "E119"]),
            visit("in a stay", "2026-01-01"),
            visit("too long ago", "2026-01-01"),
            visit("nothing listed", "2026-01-01", icd10=["S525"]),
            visit("planned only", "2026-01-01", category="4", icd10=["J449"]),
            visit("low", "2026-01-01", icd10=["F329"]),
            visit("severe only", "2026-01-01", icd10=["F209"]),
            visit("both", "2026-01-01", icd10=["F411", "X609"]),
            visit("severe depression", "2026-01-01", icd10=["F322"]),
        ],
        spells=[
            stay("in a stay", "2023-05-01", "2023-05-03", icd10=["I10"]),
            stay("too long ago", "2023-03-01", "2023-03-03", icd10=["I10"]),
            stay("never in ae", "2026-01-01", "2026-01-03", icd10=["I10"]),
        ],
    )
    assert {who: hit.score for who, hit in hospital.ask("long_term_condition").items()} == {"in ae": 2, "in a stay": 1}
    low = hospital.ask("mild_mental_ill_health")
    assert set(low) == {"low", "both"}
    assert rules.sentence(low["low"], clinical=True) == "Came to A&E, with a record of low mood or depression."
    assert "Speak to liaison psychiatry" in rules.sentence(low["both"], clinical=True)
    others = rules.sentence(low["both"], clinical=False)
    assert others.endswith("Check with the clinical team.")
    assert not {"anxiety", "self-harm", "psychiatry"} & set(others.replace(".", "").split())


def test_whom_to_speak_to_first_is_told_however_long_ago_it_was_written(hospital: Asking) -> None:
    """Lose this, and a person who was severely ill is offered support as mildly ill, without a word to their team."""
    hospital.holds(
        attendances=[
            visit("ill in 2022", "2022-02-01", icd10=["F200"]), visit("ill in 2022", "2026-03-01", icd10=["F320"]),
            visit("stay in 2016", "2026-03-01", icd10=["F320"]), visit("never", "2026-03-01", icd10=["F320"]),
            visit("low long ago", "2022-02-01", icd10=["F320"]), visit("low long ago", "2026-03-01"),
        ],
        spells=[stay("stay in 2016", "2016-02-01", "2016-02-03", icd10=["X609"])],
    )  # fmt: skip
    found = hospital.ask("mild_mental_ill_health")
    assert {who: hit.speak_first for who, hit in found.items()} == {
        "ill in 2022": True, "stay in 2016": True, "never": False,
    }  # fmt: skip


def test_circumstances_strain_and_long_stays_are_found(hospital: Asking) -> None:
    hospital.holds(
        attendances=[
            visit("alone", "2026-01-01", lives_alone=True),
            visit("nowhere", "2026-01-01", accommodation="no_fixed_abode"),
            visit("housing", "2026-01-01", icd10=["Z591"]),
            visit("neither", "2026-01-01", lives_alone=False, accommodation="own_home", icd10=["Z661"]),
            visit("carer", "2026-01-01", icd10=["Z742"]),
        ],
        spells=[
            stay("long", "2026-03-10", None), stay("not long", "2026-03-11", None),
            stay("left lately", "2026-02-01", "2026-03-05"), stay("left before", "2026-01-01", "2026-02-05"),
            # Thirty nights in all and never 21 in one hospital.
            stay("moved", "2026-03-01", "2026-03-15", discharge_destination="51"),
            stay("moved", "2026-03-15", None, admission_method="81", admission_source="51"),
        ],
    )  # fmt: skip
    assert set(hospital.ask("social_circumstances")) == {"alone", "nowhere", "housing"}
    assert set(hospital.ask("carer_strain")) == {"carer"}
    long = hospital.ask("long_stay")
    assert {who: hit.score for who, hit in long.items()} == {"long": 21, "left lately": 32}
    assert rules.sentence(long["long"], clinical=False) == "Has been in hospital for 21 nights, since 10 March 2026."


def test_who_objects_is_not_found_and_each_rule_can_answer_no_one(hospital: Asking) -> None:
    hospital.holds(
        frozenset({"attendances", "spells", "delays", "objections"}),
        attendances=[visit(who, "2026-01-01", lives_alone=True, icd10=["J449"]) for who in ("all", "one", "none")],
        objections=[{"person_id": "all"}, {"person_id": "one", "rule": "social_circumstances"}],
    )
    assert set(hospital.ask("social_circumstances", objections=True)) == {"none"}
    assert set(hospital.ask("long_term_condition", objections=True)) == {"one", "none"}
    hospital.holds()
    assert {rule.name: hospital.ask(rule.name) for rule in rules.known()} == {rule.name: {} for rule in rules.known()}


def test_a_trust_writes_a_rule_of_its_own(hospital: Asking, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("""
        name = "falls_alone"
        words = "Fell and lives alone"
        finds = "People who fell twice and live alone."
        [[all]]
        table = "attendances"
        days = 120
        at_least = 2
        codes = ["W0", "W18"]
        [[all]]
        table = "attendances"
        days = 365
        lives_alone = true
    """)
    falls = [
        visit(who, each, icd10=["W010", "W189"])
        for who in ("found", "not alone")
        for each in ("2026-01-01", "2026-02-01")
    ]
    hospital.holds(
        attendances=[
            *falls, visit("found", "2025-06-01", lives_alone=True), visit("not alone", "2025-06-01", lives_alone=False),
            visit("one fall", "2026-01-01", icd10=["W010", "W011"], lives_alone=True),
        ]
    )  # fmt: skip
    rows = hospital.con.execute(sql_of(own.read(file), {})).fetchall()
    assert [(row[0], row[1], row[3]) for row in rows] == [("found", "falls_alone", 3)]


@pytest.mark.parametrize(
    "text",
    ["name = ", "name = 'x'", "name = 'Not Small'\nwords='w'\nfinds='f'\n[[all]]\ntable='spells'\ndays=3",
     "name='fine'\nwords='w'\nfinds='f'", "name='fine'\nwords='w'\nfinds='f'\n[[all]]\ntable='delays'",
     "name='fine'\nwords='w'\nfinds='f'\n[[all]]\ntable='spells'\ndays=true",
     "name='fine'\nwords='w'\nfinds='f'\n[[all]]\ntable='spells'\ndays=3\ncodes=['; drop table']",
     "name='fine'\nwords='w'\nfinds='f'\n[[all]]\ntable='spells'\ndays=3\nnothing_such='1'"],
)  # fmt: skip
def test_a_rule_that_cannot_be_asked_is_refused_in_plain_words(tmp_path: Path, text: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(Invalid):
        own.read(file)


def test_every_rule_says_whom_it_finds_and_on_what_legal_basis() -> None:
    for rule in rules.known():
        assert rule.finds.endswith(".")
        assert "UK GDPR" in rule.legal_basis
        assert not {"repeat", "frequent", "intensity"} & set(rule.words.lower().split())
