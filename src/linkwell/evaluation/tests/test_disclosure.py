"""If these fail, somebody can be found in the numbers we publish."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkwell.evaluation.disclosure import log
from linkwell.evaluation.disclosure.accounts import Account, Entry, Sum
from linkwell.evaluation.disclosure.attack import Attacker, Range
from linkwell.evaluation.disclosure.cells import TOO_FEW, Count, Known, Mean, Percentage, known_from, of_count, of_mean
from linkwell.evaluation.disclosure.frozen import Cells, Frozen, freeze, thaw
from linkwell.evaluation.disclosure.gate import Asked, Why, release
from linkwell.evaluation.disclosure.rules import FEWEST_POSSIBLE, SMALL
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.tests.releasing import publish_and_attack

SPRING = dt.date(2026, 1, 1), dt.date(2026, 3, 31)
SUMMER = dt.date(2026, 4, 1), dt.date(2026, 6, 30)


def test_nobody_but_the_gate_makes_a_cell() -> None:
    with pytest.raises(TypeError):
        Count(None, 10)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Mean(object(), 1.0)  # type: ignore[arg-type]


@pytest.mark.fault("F28")
@given(st.integers(0, 100_000))
def test_one_to_seven_is_never_shown_and_the_rest_is_to_the_nearest_five(count: int) -> None:
    cell = of_count(count)
    if 1 <= count <= SMALL:
        assert cell.shown is None
        assert str(cell) == TOO_FEW
    else:
        assert cell.shown is not None
        assert cell.shown % 5 == 0
        assert abs(cell.shown - count) <= 2
        assert cell.shown not in range(1, SMALL + 1)
    known = known_from(cell, count)
    assert (known.low or 0) <= count <= (known.high or count)


@pytest.mark.fault("F28")
@given(st.integers(0, 60), st.integers(0, 60))
def test_a_percentage_is_of_released_cells_alone(part: int, more: int) -> None:
    one, whole = of_count(part), of_count(part + more)
    found = Percentage(one, whole)
    if one.shown is None or not whole.shown:
        assert found.value is None
    else:
        assert found.value == min(100, round(100 * one.shown / whole.shown))


@pytest.mark.fault("F28")
def test_no_mean_of_fewer_than_eight() -> None:
    assert str(of_mean(7, 1.0, 0.5, 1.5)) == TOO_FEW
    assert of_mean(7, 1.0, 0.5, 1.5).interval == TOO_FEW
    assert str(of_mean(8, -1.04, -1.96, -0.04)) == "−1.0"
    assert of_mean(8, -1.04, -1.96, -0.04).interval == "−2.0 to 0.0"


def test_a_total_is_rounded_from_the_true_total() -> None:
    counts = {"all": 48, "one": 12, "two": 12, "three": 12, "four": 12}
    passed = release(Asked(counts, frozenset(counts), (Sum("all", ("one", "two", "three", "four")),)))
    assert passed.cells["all"].shown == 50
    assert sum(passed.cells[name].shown or 0 for name in ("one", "two", "three", "four")) == 40


@pytest.mark.fault("F29")
def test_rounding_alone_gives_one_away_and_the_gate_does_not() -> None:
    # 45 is 43 at the least, and three tens are 36 at the most: the one kept back is 7, and no other number.
    counts = {"all": 43, "food": 7, "housing": 12, "lonely": 12, "money": 12}
    tied = (Sum("all", ("food", "housing", "lonely", "money")),)
    rounded = {name: known_from(of_count(count), count) for name, count in counts.items()}
    assert Attacker(tied, counts).range("food", rounded) == Range(7, 7)

    passed = release(Asked(counts, frozenset(counts), tied))

    assert passed.why["food"] is Why.SMALL
    assert list(passed.why.values()).count(Why.BESIDE) == 1
    after = {name: known_from(cell, counts[name]) for name, cell in passed.cells.items()}
    assert not Attacker(tied, counts).range("food", after).pinned


@pytest.mark.fault("F29")
def test_a_solver_finds_exactly_what_trying_every_number_finds() -> None:
    chance = random.Random(11)
    names = ("a", "b", "c")
    for _ in range(10):
        true = {name: chance.randint(0, 16) for name in names}
        true["all"] = sum(true.values())
        known = {name: known_from(of_count(count), count) for name, count in true.items() if chance.random() < 0.8}
        every = [
            dict(zip((*names, "all"), (*each, sum(each)), strict=True))
            for each in itertools.product(range(20), repeat=3)
            if all(
                _holds(known.get(name), value) for name, value in zip((*names, "all"), (*each, sum(each)), strict=True)
            )
        ]
        attacker = Attacker((Sum("all", names),), true)
        for name in known:
            found = attacker.range(name, known)
            values = {each[name] for each in every}
            assert found.low == min(values)
            # Trying went no further than 19.
            assert found.high is None or found.high == max(values) or max(values) >= 19


def _holds(known: Known | None, value: int) -> bool:
    return known is None or ((known.low or 0) <= value and (known.high is None or value <= known.high))


@pytest.mark.fault("F29")
def test_a_seeded_attack_on_every_release_pins_no_small_number() -> None:
    alone = [publish_and_attack(random.Random(seed), areas=2, guarded=False) for seed in (1, 3, 5)]
    guarded = [publish_and_attack(random.Random(seed), areas=2) for seed in (1, 3)]
    assert sum(each.protected for each in guarded) > 20
    assert sum(each.told for each in guarded) == 0
    # The attack has teeth: without the gate it does find people.
    assert sum(each.told for each in alone) > 0


@pytest.mark.fault("F29")
def test_what_was_published_cannot_be_unsaid_so_the_later_release_is_refused() -> None:
    # Three parts are 36 at the most, and the fourth was kept back. A total of at least 43 would say that it is seven.
    counts = dict(zip(_days(4), (12, 12, 12, 7), strict=True))
    parts = [Account(f"{day}", "here", day, day, 1, {"people": count}) for day, count in counts.items()]
    entries = [Entry(part, {"people": of_count(part.counts["people"])}) for part in parts]
    whole = Account("all", "here", _days(4)[0], _days(4)[-1], 1, {"people": 43})
    asked = log.asked(whole, ["people"], entries)
    told = release(asked).cells
    assert told["all:people"].shown is None, "the later one gives way"

    before = {**asked.before, "all:people": known_from(of_count(43), 43)}
    with pytest.raises(Refused, match="could be told"):
        release(Asked(asked.counts, frozenset(), asked.sums, before))


def _days(count: int) -> list[dt.date]:
    return [dt.date(2026, 1, 1 + place) for place in range(count)]


@pytest.mark.fault("F29")
def test_a_mean_is_kept_back_where_another_release_leaves_the_mean_of_a_few() -> None:
    spring = Account("q1", "here", *SPRING, 1, {"scored": 40})
    for people, few in ((45, True), (60, False)):
        half = Account("half", "here", SPRING[0], SUMMER[1], 1, {"scored": people})
        asked = log.asked(half, ["scored"], [Entry(spring, {"scored": of_count(40)})])
        assert log.leaves_few(asked, half, "scored") is few


@pytest.mark.fault("F29")
def test_a_release_put_right_is_protected_from_its_first_version() -> None:
    first = Account("q1/1", "here", *SPRING, 1, {"people": 40})
    second = Account("q1/2", "here", *SPRING, 2, {"people": 37})
    asked = log.asked(second, ["people"], [Entry(first, {"people": of_count(40)})])
    assert -3 in asked.counts.values(), "the three who were taken out are protected"
    cells = release(asked).cells
    known = {**asked.before, **{name: Known(None) for name in asked.counts if "put right" in name}}
    known["q1/2:people"] = known_from(cells["q1/2:people"], 37)
    difference = next(name for name in asked.counts if "put right" in name)
    found = Attacker(asked.sums, asked.counts).range(difference, known)
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low + 1 >= FEWEST_POSSIBLE


def test_frozen_cells_are_read_back_as_they_were_and_never_after_a_change() -> None:
    cells = Cells({"people": of_count(43), "few": of_count(3)}, {"life": of_mean(9, 1.04, 0.5, 1.5)})
    frozen = freeze(cells)
    assert freeze(thaw(frozen)) == frozen
    with pytest.raises(Refused):
        thaw(Frozen(frozen.text.replace("45", "40"), frozen.digest))
