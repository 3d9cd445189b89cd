"""What changed for the people of a community group: which way, and about how many. No mean, so that from one month to
the next nobody can work out whose answer came to it."""

from typing import Any

from linkwell.kernel import words
from linkwell.kernel.small_numbers import guarded
from linkwell.outcomes.details import GroupResults, ScoreResult, UseDetails


def page(found: GroupResults) -> dict[str, Any]:
    packs = [{"title": each.title, "rows": [_row(one) for one in each.scores]} for each in found.packs]
    return {"service": found.service, "packs": packs, "uses": [_use(each) for each in found.uses]}


def _row(one: ScoreResult) -> tuple[str, str, str]:
    if one.change is None:
        return one.words, "Too few have answered twice", "–"
    return one.words, _way(one), f"About {guarded(one.paired)}"


def _way(one: ScoreResult) -> str:
    _, low, high = one.change or (0.0, 0.0, 0.0)
    if low <= 0 <= high:
        return "No clear change"
    return "Better on average" if (low > 0) == one.higher_is_better else "Worse on average"


def _use(use: UseDetails) -> str:
    return f"Results of people who came to you went to {use.to_whom} on {words.short_date(use.used_on)}: {use.what}."
