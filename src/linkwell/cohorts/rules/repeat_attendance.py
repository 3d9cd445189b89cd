"""People who came to A&E several times within a rolling window: five in 365 days unless a trust says otherwise."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
from ibis.expr import types as ir

from linkwell.cohorts.activity import Activity, day_number, evidence, in_order
from linkwell.cohorts.rule import Rule, Setting, Settings, day_words, times


def ask(activity: Activity, settings: Settings) -> ir.Table:
    """Any window of so many days in a row. Planned follow-ups are out; leaving before being seen counts and is said."""
    keys = ["person_id", "provider"]
    fewest, days = int(settings["visits"]), int(settings["days"])
    visits = activity.unplanned
    # Trusts are told apart by code; visits without one belong together.
    visits = visits.mutate(provider=visits.provider.fill_null("") if settings["same_provider"] else ibis.literal(""))
    if settings["recent_days"]:
        visits = visits.filter(visits.day >= activity.since(int(settings["recent_days"])))
    visits = visits.select(
        *keys,
        "attendance_id",
        "day",
        number=day_number(visits.day),
        went=visits.left_before_seen.fill_null(False).ifelse(1, 0),
    )
    # Most people come once or twice: leaving them out first makes the windows cheap.
    several = activity.came.filter(activity.came.visits >= fewest)
    often = visits.semi_join(several, "person_id").select(visits.columns)
    inside = _fullest(often, keys, fewest, days)
    hits = inside.group_by("person_id", "since").agg(
        visits=inside.count(),
        first=inside.day.min(),
        last=inside.day.max(),
        went=inside.went.sum(),
        ids=in_order(inside.attendance_id, alike=False),
    )
    return hits.select(
        "person_id",
        "since",
        score=hits.visits,
        evidence=evidence(visits=hits.visits, first=hits["first"], last=hits["last"], left=hits.went, ids=hits.ids),
    )


def _fullest(often: ir.Table, keys: list[str], fewest: int, days: int) -> ir.Table:
    """The visits in the fullest window of each person who reached the number, with `since`, when they first did.

    The latest window where several are as full, and of trusts as full on one day the last by code.
    """
    window = ibis.range_window(preceding=days - 1, following=0, group_by=keys, order_by="number")
    # All of them, so that they need be read only once.
    counted = often.mutate(visits=often.count().over(window))
    reached = counted.filter(counted.visits >= fewest)
    reached = reached.mutate(fullness=reached.visits * _PAST_ANY_DAY + reached.number)
    best = reached.group_by("person_id").agg(since=reached.day.min(), fullness=reached.fullness.max())
    places = reached.select(*keys, "fullness", "number").distinct()
    at = best.join(places, ["person_id", "fullness"])
    at = at.group_by("person_id", "since", "number").agg(provider=at.provider.max())
    inside = counted.drop("visits").join(at.rename(until="number"), keys)
    return inside.filter(inside.number.between(inside.until - (days - 1), inside.until))


def say(seen: Mapping[str, str], clinical: bool) -> str:
    said = (
        f"Came to A&E {times(seen['visits'], 'time')} between {day_words(seen['first'])} and {day_words(seen['last'])}"
    )
    left = seen.get("left", "0")
    return f"{said}, and left {times(left, 'time')} before being seen." if left != "0" else f"{said}."


# Greater than the number of any day, so that two numbers in one are told apart.
_PAST_ANY_DAY = 1_000_000

RULE = Rule(
    "repeat_attendance",
    "Came to A&E several times",
    "People who came to A&E five times or more within any 365 days in a row.",
    "visits in the fullest window",
    ("attendances",),
    ask,
    say,
    {
        "visits": Setting(5, "The fewest visits within the window.", 1),
        "days": Setting(365, "The length of the window in days.", 1),
        "same_provider": Setting(False, "Count visits to one trust only, not to all together."),
        "recent_days": Setting(0, "Look only at visits of the last so many days; 0 looks at all."),
    },
)
