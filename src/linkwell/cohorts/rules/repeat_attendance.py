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
    several = visits.group_by(keys).agg(all=visits.count()).filter(lambda t: t["all"] >= fewest)
    often = visits.semi_join(several, keys).select(visits.columns)
    window = ibis.range_window(preceding=days - 1, following=0, group_by=keys, order_by="number")
    counted = often.select(
        *keys,
        "attendance_id",
        "day",
        visits=often.count().over(window),
        begins=often.day.min().over(window),
        went=often.went.sum().over(window),
    )
    hits = _fullest(counted, fewest)
    return hits.select(
        "person_id",
        "since",
        score=hits.visits,
        evidence=evidence(visits=hits.visits, first=hits.begins, last=hits.ends, left=hits.went, ids=hits.ids),
    )


def _fullest(counted: ir.Table, fewest: int) -> ir.Table:
    """One row a person who reached the number: the fullest window, the latest of them where several are as full."""
    person = ibis.window(group_by="person_id")
    best_first = ibis.window(
        group_by="person_id", order_by=[ibis.desc("visits"), ibis.desc("day"), ibis.desc("attendance_id")]
    )
    reached = (counted.visits >= fewest).ifelse(counted.day, ibis.null("date"))
    placed = counted.mutate(since=reached.min().over(person), place=ibis.row_number().over(best_first)).mutate(
        **{
            f"best_{name}": lambda t, name=name: (
                (t.place == 0).ifelse(t[name], ibis.null(t[name].type())).max().over(person)
            )
            for name in ("provider", "visits", "begins", "day", "went")
        }
    )
    inside = placed.filter(
        placed.since.notnull(),
        placed.provider == placed.best_provider,
        placed.day.between(placed.best_begins, placed.best_day),
    )
    return inside.group_by("person_id", "since").agg(
        visits=inside.best_visits.max(),
        begins=inside.best_begins.max(),
        ends=inside.best_day.max(),
        went=inside.best_went.max(),
        ids=in_order(inside.attendance_id),
    )


def say(seen: Mapping[str, str], clinical: bool) -> str:
    said = (
        f"Came to A&E {times(seen['visits'], 'time')} between {day_words(seen['first'])} and {day_words(seen['last'])}"
    )
    left = seen.get("left", "0")
    return f"{said}, and left {times(left, 'time')} before being seen." if left != "0" else f"{said}."


RULE = Rule(
    "repeat_attendance",
    "Came to A&E several times",
    "People who came to A&E five times or more within any 365 days in a row.",
    "visits in the fullest window",
    ("attendances",),
    ask,
    say,
    {
        "visits": Setting(5, "The fewest visits within the window."),
        "days": Setting(365, "The length of the window in days."),
        "same_provider": Setting(False, "Count visits to one trust only, not to all together."),
        "recent_days": Setting(0, "Look only at visits of the last so many days; 0 looks at all."),
    },
)
