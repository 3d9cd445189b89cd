"""Made-up areas that publish quarter after quarter, and somebody who has read everything and knows how counts add up.

What the attacker is told here is put together apart from the log: every count is the sum of the smallest ones, those of
one area, quarter and need.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass

from linkwell.evaluation.disclosure import log
from linkwell.evaluation.disclosure.accounts import Account, Entry, Sum
from linkwell.evaluation.disclosure.attack import Attacker
from linkwell.evaluation.disclosure.cells import Count, known_from, of_count
from linkwell.evaluation.disclosure.gate import release
from linkwell.evaluation.disclosure.rules import names_somebody
from linkwell.evaluation.refusal import Refused

NEEDS = ("food", "housing", "lonely", "money")
PEOPLE = "people"
QUARTERS = [(dt.date(2026, 1, 1), dt.date(2026, 3, 31)), (dt.date(2026, 4, 1), dt.date(2026, 6, 30))]
BOTH = (QUARTERS[0][0], QUARTERS[1][1])


@dataclass(frozen=True, slots=True)
class Attacked:
    """How many counts had to be protected, how many could be told all the same, and how many releases were refused."""

    protected: int
    told: int
    refused: int


def publish_and_attack(chance: random.Random, *, areas: int, guarded: bool = True) -> Attacked:
    """Areas publish their quarters and the half-year, then the country does. Not `guarded`: only rounding, no gate."""
    entries: list[Entry] = []
    refused = 0
    smallest = {(area, quarter): _counts(chance) for area in range(areas) for quarter in range(len(QUARTERS))}
    for account in _accounts(smallest, areas):
        try:
            entries.append(Entry(account, _cells(account, entries, guarded)))
        except Refused:
            refused += 1
    return _attack(entries, smallest, refused)


def _counts(chance: random.Random) -> dict[str, int]:
    people = chance.choice([chance.randint(0, 12), chance.randint(8, 60)])
    return {PEOPLE: people, **{need: chance.randint(0, people) for need in NEEDS}}


def _accounts(smallest: dict[tuple[int, int], dict[str, int]], areas: int) -> Iterable[Account]:
    for quarter in range(len(QUARTERS)):
        for area in range(areas):
            yield _account(f"{area}", f"q{quarter}", QUARTERS[quarter], [smallest[area, quarter]])
    for area in range(areas):
        yield _account(f"{area}", "half", BOTH, [smallest[area, quarter] for quarter in range(len(QUARTERS))])
    everybody = [smallest[area, 0] for area in range(areas)]
    yield _account("country", "q0", QUARTERS[0], everybody, frozenset(f"{area}/q0" for area in range(areas)))


def _account(
    place: str,
    period: str,
    days: tuple[dt.date, dt.date],
    parts: list[dict[str, int]],
    covers: frozenset[str] = frozenset(),
) -> Account:
    counts = {name: sum(part[name] for part in parts) for name in (PEOPLE, *NEEDS)}
    others = {f"not {need}": counts[PEOPLE] - counts[need] for need in NEEDS}
    sums = tuple(Sum(PEOPLE, (need, f"not {need}")) for need in NEEDS)
    return Account(f"{place}/{period}", place, *days, 1, counts | others, sums, covers)


def _cells(account: Account, entries: list[Entry], guarded: bool) -> dict[str, Count]:
    asked = log.asked(account, (PEOPLE, *NEEDS), entries if guarded else [])
    if not guarded:
        return {name: of_count(account.counts[name]) for name in (PEOPLE, *NEEDS)}
    return {log.own_name(account, name): cell for name, cell in release(asked).cells.items()}


def _attack(entries: list[Entry], smallest: dict[tuple[int, int], dict[str, int]], refused: int) -> Attacked:
    counts: dict[str, int] = {}
    sums: list[Sum] = []
    known = {}
    for (area, quarter), own in smallest.items():
        people = own[PEOPLE]
        for name, count in own.items():
            counts[f"{area}/q{quarter}:{name}"] = count
        for need in NEEDS:
            counts[f"{area}/q{quarter}:not {need}"] = people - own[need]
            sums.append(
                Sum(f"{area}/q{quarter}:{PEOPLE}", (f"{area}/q{quarter}:{need}", f"{area}/q{quarter}:not {need}"))
            )
    for entry in entries:
        for name, cell in entry.cells.items():
            full = f"{entry.account.name}:{name}"
            counts[full] = entry.account.counts[name]
            known[full] = known_from(cell, counts[full])
            parts = _parts(entry.account, name, smallest)
            if parts != (full,):
                sums.append(Sum(full, parts))
    wanted = [name for name, count in counts.items() if names_somebody(count)]
    attacker = Attacker(sums, counts)
    found = {name: attacker.range(name, known) for name in wanted}
    assert all(_holds(found[name].low, counts[name], found[name].high) for name in wanted)
    return Attacked(len(wanted), sum(found[name].pinned for name in wanted), refused)


def _parts(account: Account, name: str, smallest: dict[tuple[int, int], dict[str, int]]) -> tuple[str, ...]:
    return tuple(
        f"{area}/q{quarter}:{name}"
        for area, quarter in smallest
        if account.place in ("country", f"{area}")
        and account.first <= QUARTERS[quarter][0]
        and QUARTERS[quarter][1] <= account.last
    )


def _holds(low: int | None, true: int, high: int | None) -> bool:
    return (low is None or low <= true) and (high is None or true <= high)
