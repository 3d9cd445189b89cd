"""If these fail, capacity is called money, or a number stands there surer than anybody can be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from linkwell.evaluation.money.costs import Cost, Costs, read_costs
from linkwell.evaluation.money.freed import UNSURE, Amount, Range, worth_of
from linkwell.evaluation.money.prices import in_one_price, read_deflator
from linkwell.evaluation.tests.asking import ask, refused
from linkwell.evaluation.tests.test_its import REFERENCES

BEDS = ("--fewer", "bed_day=120,40,200")


def test_the_interval_is_that_of_a_product_worked_out_by_hand() -> None:
    """Mean and variance of a normal times an independent uniform are known; the middle of many draws comes near."""
    costs = Costs({"bed": "bed days"}, (Cost("bed", 300, 500, "2024", "made up"),))
    found = worth_of([Amount("bed", Range(100, 60.8, 139.2))], costs, support=None, draws=400_000).together
    mean, sd, spread = 100.0, 20.0, (500 - 300) ** 2 / 12
    variance = (mean**2 + sd**2) * (400**2 + spread) - (mean * 400) ** 2
    assert found.value == pytest.approx(40_000, rel=0.02)
    assert (found.high - found.low) / (2 * 1.96) == pytest.approx(np.sqrt(variance), rel=0.03)


def test_sources_that_conflict_are_all_shown_and_widen_the_interval() -> None:
    one = Costs({"gp": "visits"}, (Cost("gp", 40, 40, "2024", "one"),))
    two = Costs({"gp": "visits"}, (*one.costs, Cost("gp", 90, 90, "2023", "other")))
    amount = [Amount("gp", Range(100, 95, 105))]
    narrow, wide = (worth_of(amount, costs, support=None) for costs in (one, two))
    assert wide.together.high - wide.together.low > 2 * (narrow.together.high - narrow.together.low)
    assert [each.worth.value for each in wide.freed[0].by_source] == [4000, 9000]
    assert narrow.together.high > 4000 * (1 + UNSURE)


def test_a_cost_that_is_not_used_is_shown_and_not_counted_with() -> None:
    found = ask("money", "--fewer", "gp_appointment=600,300,900")["freed"][0]
    old = [each for each in found["by_source"] if not each["cost"]["used"]]
    assert [each["cost"]["source"] for each in old] == ["PSSRU 2015: 11.7 minutes (psnc.org.uk)"]
    assert found["gp_hours"] == {"value": 100, "low": 50, "high": 150}


def test_prices_of_different_years_are_moved_to_one_before_they_are_counted(tmp_path: Path) -> None:
    """By hand: 2023/24 is three quarters 2023 and one quarter 2024; “2022/24” the mean of three years."""
    found = ask("money", "--fewer", "gp_appointment=600,300,900", "--report", tmp_path)
    by_prices = {each["cost"]["prices"]: each["cost"]["low"] for each in found["freed"][0]["by_source"]}
    newest = 0.75 * 96.2507 + 0.25 * 100
    assert found["prices_of"] == "2023/24"
    assert by_prices["2023/24"] == 37
    assert by_prices["2022/24"] == pytest.approx(56 * newest / ((90.5005 + 96.2507 + 100) / 3))
    assert by_prices["2015"] == pytest.approx(33 * newest / 75.1536)
    page = (tmp_path / "report.html").read_text()
    assert "Open Government Licence" in page
    assert "<td>£56</td><td>£56.94</td>" in page.replace(' class="number"', "").replace("\n", "")


def test_years_that_the_index_does_not_reach_are_not_added_up(tmp_path: Path) -> None:
    both = (*BEDS, "--fewer", "gp_appointment=600,300,900")
    assert "index of prices does not tell of 2025/26" in refused("money", *both)
    newer = tmp_path / "newer.toml"
    newer.write_text('source = "made up"\npublished = "2027"\nlicence = "none"\n[index]\n'
                     + "".join(f"{year} = {year - 1900}\n" for year in range(2014, 2028)))  # fmt: skip
    assert ask("money", *both, "--deflator", newer)["prices_of"] == "2025/26"
    newer.write_text('source = "made up"\n[index]\n2014 = 3\n')
    assert "is no index of prices" in refused("money", *both, "--deflator", newer)


def test_moving_there_and_back_changes_nothing() -> None:
    known, deflator = read_costs(), read_deflator()
    there = in_one_price(known, {"gp_appointment"}, deflator, "2016").costs
    back = [each.low / each.factor for each in there.costs]
    assert back == pytest.approx([each.low for each in known.costs])


def test_every_shipped_cost_says_its_source_its_year_and_its_range() -> None:
    known = read_costs()
    assert len(known.costs) >= 12
    assert {cost.kind for cost in known.costs} == set(known.kinds)
    assert all(cost.used or cost.why_not for cost in known.costs)


def test_it_is_a_saving_only_where_a_named_budget_fell(tmp_path: Path) -> None:
    assert ask("money", *BEDS, "--report", tmp_path)["called"] == "capacity freed"
    page = (tmp_path / "report.html").read_text()
    assert "saving" not in page.lower()
    assert "Capacity freed: 120 (40 to 200) days in a hospital bed." in page.replace(".0 to", " to")
    assert ask("money", *BEDS, "--budget", "Ward 7=900000,900000")["called"] == "capacity freed"
    fell = ask("money", *BEDS, "--budget", "Ward 7=900000,850000", "--report", tmp_path)
    assert (fell["called"], fell["budget"]["fell_by_in_pounds"]) == ("saving", 50000)
    assert "The budget “Ward 7” fell by £50,000." in (tmp_path / "report.html").read_text()


def test_an_unclear_effect_frees_nothing_and_harm_is_said(tmp_path: Path) -> None:
    for given, said in (
        ("bed_day=20,-30,70", "It cannot be seen that any capacity was freed"),
        ("bed_day=-50,-80,-20", "More used: 50"),
    ):
        ask("money", "--fewer", given, "--report", tmp_path)
        assert f'<p class="answer">{said}' in (tmp_path / "report.html").read_text()


def test_what_the_support_cost_is_taken_off_with_its_own_interval() -> None:
    found = ask("money", *BEDS, "--support-cost", "65000,60000,70000")
    assert found["net_of_support_in_pounds"]["low"] < 0 < found["net_of_support_in_pounds"]["high"]
    assert 0.3 < found["likely_to_be_worth_more_than_it_cost"] < 0.7


def test_the_answer_of_a_time_series_can_be_carried_on(tmp_path: Path) -> None:
    found = ask(
        "its", "--data", REFERENCES / "its.csv", "--time", "month", "--outcome", "visits", "--intervention", "on"
    )
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(found))
    fewer = ask("money", "--answer", path, "--kind", "ae_visit")["freed"][0]["fewer"]
    more = found["events_more_or_fewer"]
    assert (fewer["value"], fewer["low"], fewer["high"]) == (-more["value"], -more["high"], -more["low"])


def test_the_same_seed_gives_the_same_numbers_and_another_nearly() -> None:
    def together(*options: object) -> Any:
        return ask("money", *BEDS, *options)["together_in_pounds"]

    assert together() == together()
    assert together("--seed", 5)["value"] == pytest.approx(together()["value"], rel=0.05)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ((), "Say what there was fewer of"),
        (("--fewer", "bed_day=120"), "a number needs its interval"),
        (("--fewer", "bed_day=120,120,120"), "Nothing is"),
        (("--fewer", "bed_day=120,130,200"), "lies within its interval"),
        (("--fewer", "bed_day=120,40,inf"), "within its interval"),
        (("--fewer", "bed_day=120,40,many"), "a number needs its interval"),
        (("--fewer", "horse=120,40,200"), "no unit cost of “horse”"),
        ((*BEDS, *BEDS), "given twice"),
        ((*BEDS, "--budget", "Ward 7=lots"), "A budget has a name"),
        ((*BEDS, "--support-cost", "5"), "a number needs its interval"),
        (("--answer", REFERENCES / "its.json", "--kind", "ae_visit"), "is not the answer of"),
        (("--answer", REFERENCES / "its.json"), "Say with --kind"),
    ],
)
def test_what_will_not_carry_an_answer_is_refused(options: tuple[object, ...], reason: str) -> None:
    assert reason in refused("money", *options)


@pytest.mark.parametrize(
    "text",
    [
        "not toml at all [",
        "[kinds]\n",
        '[kinds]\nbed = "days"\n[[cost]]\nkind = "bed"\nvalue = 3\nprices = "2024"',
        '[kinds]\nbed = "days"\n[[cost]]\nkind = "bed"\nlow = 9\nhigh = 3\nprices = "2024"\nsource = "x"',
        '[kinds]\nbed = "days"\n[[cost]]\nkind = "bed"\nvalue = -3\nprices = "2024"\nsource = "x"',
        '[kinds]\nbed = "days"\n[[cost]]\nkind = "bed"\nvalue = "3"\nprices = "2024"\nsource = "x"',
        '[kinds]\nbed = "days"\n[[cost]]\nkind = "cot"\nvalue = 3\nprices = "2024"\nsource = "x"',
        '[kinds]\nbed = "days"\n[[cost]]\nkind = "bed"\ncoins = 3\nprices = "2024"\nsource = "x"',
    ],
)
def test_costs_that_do_not_say_what_they_are_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "costs.toml"
    path.write_text(text)
    assert refused("money", "--fewer", "bed=1,0,2", "--costs", path)
