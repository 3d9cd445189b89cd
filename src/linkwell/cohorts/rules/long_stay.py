"""People who have been in hospital for long, or have just left after a long stay.

As England counts long stays: each spell by itself, in one trust. Whoever was moved there from elsewhere is long in this
hospital only by the nights in it, which is what its own beds and wards show.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
from ibis.expr import types as ir

from linkwell.cohorts.activity import Activity, days_between, evidence
from linkwell.cohorts.continuous import stays_of
from linkwell.cohorts.rule import Rule, Setting, Settings, day_words, times


def ask(activity: Activity, settings: Settings) -> ir.Table:
    spells = stays_of(activity.spells)
    recent = spells.left.isnull() | (spells.left >= activity.since(int(settings["left_within_days"])))
    nights = days_between(spells.left.coalesce(activity.today), spells.admitted)
    long = spells.filter(recent).mutate(nights=nights).filter(lambda t: t.nights >= int(settings["nights"]))
    latest = ibis.window(group_by="person_id", order_by=[ibis.desc("admitted_at"), ibis.desc("spell_id")])
    hits = long.mutate(place=ibis.row_number().over(latest)).filter(lambda t: t.place == 0)
    return hits.select(
        "person_id",
        since=(hits.admitted_at + ibis.interval(days=int(settings["nights"]))).date(),
        score=hits.nights,
        evidence=evidence(
            nights=hits.nights,
            admitted=hits.admitted,
            now=hits.left.isnull().ifelse("yes", "no"),
            ids=hits.spell_id,
        ),
    )


def say(seen: Mapping[str, str], clinical: bool) -> str:
    has = "Has been" if seen["now"] == "yes" else "Was"
    return f"{has} in hospital for {times(seen['nights'], 'night')}, since {day_words(seen['admitted'])}."


RULE = Rule(
    "long_stay",
    "A long time in hospital",
    "People in one hospital for 21 nights or more without a move to another, or who left within 30 days after that.",
    "nights in hospital",
    ("spells",),
    ask,
    say,
    {
        "nights": Setting(21, "The fewest nights of a long stay.", 1),
        "left_within_days": Setting(30, "Also people who left within so many days."),
    },
)
