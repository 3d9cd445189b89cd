"""Answers to scores. Pure: what is missing stays missing, and is never taken for a zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from linkwell.kernel.errors import Finding, Invalid
from linkwell.measures.pack import Item, Pack, Score

Answers = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Scored:
    """One score of one person. `value` is None where too little was answered; `missing` are the items left out."""

    code: str
    value: float | None
    band: str
    missing: tuple[str, ...]


def score(pack: Pack, answers: Answers) -> tuple[Scored, ...]:
    """Every score of the pack. Raises Invalid naming each answer that the pack does not allow."""
    check(pack, answers)
    return tuple(_scored(pack, one, answers) for one in pack.scores)


def check(pack: Pack, answers: Answers) -> None:
    known = {item.code: item for item in pack.items}
    findings = [
        Finding(code, reason) for code, answer in answers.items() if (reason := _wrong(known.get(code), code, answer))
    ]
    if findings:
        raise Invalid(findings)


def _wrong(item: Item | None, code: str, answer: int | None) -> str:
    if item is None:
        return f"There is no question called {code}."
    if answer is not None and not item.lowest <= answer <= item.highest:
        return f"The answer must be a whole number from {item.lowest} to {item.highest}."
    return ""


def needs_help_today(pack: Pack, answers: Answers) -> bool:
    """Whether an answer speaks of harming oneself, so that somebody must be told on the same working day."""
    return any((answers.get(code) or 0) > pack.item(code).lowest for code in pack.crisis)


def scale(pack: Pack, one: Score) -> tuple[float, float]:
    """The lowest and the highest value a score can have."""
    if one.table is not None:
        return min(one.table.values()), max(one.table.values())
    items = [pack.item(code) for code in one.items]
    low, high = sum(item.lowest for item in items), sum(item.highest for item in items)
    return (low / len(items), high / len(items)) if one.how == "mean" else (low, high)


def _scored(pack: Pack, one: Score, answers: Answers) -> Scored:
    given = {code: answer for code in one.items if (answer := answers.get(code)) is not None}
    missing = tuple(code for code in one.items if code not in given)
    if len(given) < one.fewest:
        return Scored(one.code, None, "", missing)
    value = _value(one, [_turned(pack.item(code), one, answer) for code, answer in given.items()])
    return Scored(one.code, value, one.band(value), missing)


def _turned(item: Item, one: Score, answer: int) -> int:
    return item.lowest + item.highest - answer if item.code in one.reversed else answer


def _value(one: Score, given: list[int]) -> float:
    if one.table is not None:
        return one.table[sum(given)]
    mean = Fraction(sum(given), len(given))
    return _number(mean * len(one.items) if one.how == "sum" else mean)


def _number(exact: Fraction) -> float:
    """Rounded once, at the end, to four places."""
    return round(float(exact), 4)
