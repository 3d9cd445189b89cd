"""The log of releases: what an earlier release and a later one say of the same people, so that neither is subtracted
from the other.

Whose people are among whose is told by place and period. A quarter lies in its year, an area in the country, and a
second release of the same period is the first one put right. For each such pair, and for all parts of a whole that do
not overlap, what is left over becomes a count of its own that nobody publishes and the gate protects like any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from linkwell.evaluation.disclosure.accounts import Account, Entry, Sum
from linkwell.evaluation.disclosure.cells import Known, known_from
from linkwell.evaluation.disclosure.gate import Asked
from linkwell.evaluation.disclosure.rules import names_somebody


def asked(new: Account, told: Iterable[str], log: Sequence[Entry]) -> Asked:
    """What the gate is asked: the new counts, with everything the log says of the same people."""
    accounts = [new, *(entry.account for entry in log)]
    counts = {_full(each, name): count for each in accounts for name, count in each.counts.items()}
    sums = [_sum_of(each, total) for each in accounts for total in each.sums]
    for whole in accounts:
        for parts in _groups(whole, accounts):
            for name in whole.counts:
                _add_rest(counts, sums, whole, parts, name)
    before = {
        _full(entry.account, name): known_from(cell, entry.account.counts[name])
        for entry in log
        for name, cell in entry.cells.items()
    }
    # A part of another account cannot be less than nobody, but what was put right can have gone down.
    put_right = {name: Known(None) for name in counts if name.endswith(_PUT_RIGHT)}
    return Asked(counts, frozenset(_full(new, name) for name in told), tuple(sums), {**put_right, **before})


def leaves_few(asked: Asked, new: Account, name: str) -> bool:
    """Whether a mean over this count, beside the means of other releases, would tell that of one to seven people."""
    full = _full(new, name)
    rests = [total.parts[-1] for total in asked.sums if full in (total.whole, *total.parts)]
    return any(_WITHOUT in rest and names_somebody(asked.counts[rest]) for rest in rests)


def own_name(new: Account, full: str) -> str:
    """The account's own name of one of its counts."""
    return full.removeprefix(_full(new, ""))


_WITHOUT = " without "
_PUT_RIGHT = " put right"


def _full(account: Account, name: str) -> str:
    return f"{account.name}:{name}"


def _sum_of(account: Account, total: Sum) -> Sum:
    return Sum(_full(account, total.whole), tuple(_full(account, part) for part in total.parts))


def _add_rest(counts: dict[str, int], sums: list[Sum], whole: Account, parts: tuple[Account, ...], name: str) -> None:
    """What the parts leave of the whole, as a count that is nowhere told; nothing where they are all of it."""
    there = [part for part in parts if name in part.counts]
    left = whole.counts[name] - sum(part.counts[name] for part in there)
    tied = tuple(_full(part, name) for part in there)
    everything = _all_of(whole, there)
    if there and not (everything and left == 0):
        # Parts that should be everything, and are not, were put right.
        end = _PUT_RIGHT if everything or _same(whole, there[0]) else ""
        rest = f"{_full(whole, name)}{_WITHOUT}{' and '.join(part.name for part in there)}{end}"
        counts[rest], tied = left, (*tied, rest)
    if there:
        sums.append(Sum(_full(whole, name), tied))


def _all_of(whole: Account, parts: list[Account]) -> bool:
    """Whether the parts, which share nobody, are all there is of the whole."""
    if whole.covers and {part.name for part in parts} == whole.covers:
        return True
    same_place = all(part.place == whole.place for part in parts)
    days = sum((part.last - part.first).days + 1 for part in parts)
    return same_place and days == (whole.last - whole.first).days + 1 and not any(_same(whole, each) for each in parts)


def _groups(whole: Account, accounts: Sequence[Account]) -> list[tuple[Account, ...]]:
    """Each account inside the whole alone, and those together that share nobody."""
    inside = [each for each in accounts if each is not whole and _inside(each, whole)]
    newest = {(each.place, each.first, each.last): each for each in sorted(inside, key=lambda each: each.number)}
    together: dict[object, list[Account]] = defaultdict(list)
    for each in newest.values():
        if not _same(each, whole):
            together["place", each.place].append(each)
            together["period", each.first, each.last].append(each)
    found: list[tuple[Account, ...]] = [*((each,) for each in inside), *map(_apart, together.values())]
    return list({tuple(each.name for each in parts): parts for parts in found}.values())


def _apart(group: list[Account]) -> tuple[Account, ...]:
    """Those of a group that do not overlap, the shortest periods first."""
    kept: list[Account] = []
    for each in sorted(group, key=lambda each: (each.last - each.first, each.first, each.name)):
        if all(each.place != other.place or each.first > other.last or each.last < other.first for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: each.name))


def _inside(part: Account, whole: Account) -> bool:
    if _same(part, whole):
        return part.number < whole.number
    if part.name in whole.covers:
        return True
    return part.place == whole.place and whole.first <= part.first and part.last <= whole.last


def _same(one: Account, other: Account) -> bool:
    return (one.place, one.first, one.last) == (other.place, other.first, other.last)
