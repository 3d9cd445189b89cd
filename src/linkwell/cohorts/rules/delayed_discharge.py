"""People who are ready to go home and wait, or who waited.

Every period of being ready is kept. A person still in waits from the period that goes on now; a stay that has ended is
counted by its last period. Nothing recorded on a stay of one day is no wait; nothing recorded on any other is missing.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
from ibis.expr import types as ir

from linkwell.cohorts import code_lists
from linkwell.cohorts.activity import Activity, days_between, evidence, in_order
from linkwell.cohorts.rule import Rule, Setting, Settings, day_words, listing, times

BANDS = ((0, 0), (1, 1), (2, 3), (4, 6), (7, 13), (14, 20), (21, None))
"""Bands of days waited as published for England."""


def band(days: int) -> str:
    """The published band of a number of days: "2-3", "21+"."""
    low, high = next((low, high) for low, high in BANDS if high is None or days <= high)
    return str(low) if low == high else f"{low}+" if high is None else f"{low}-{high}"


def waits(activity: Activity) -> ir.Table:
    """Every stay: person_id, spell_id, admitted, left, ready_at, ready, waited (days; null is missing), live."""
    periods = activity.delays
    newest = periods.group_by("spell_id").agg(newest=periods.ready_at.max())
    final = periods.join(newest, "spell_id").filter(lambda t: t.ready_at == t.newest)
    final = final.group_by("spell_id").agg(
        ready_at=final.ready_at.max(), ready=final.ready.max(), not_ready=final.not_ready.max()
    )
    spells = activity.spells
    stays = (
        spells.select("person_id", "spell_id", "admitted", "left").left_join(final, "spell_id").drop("spell_id_right")
    )
    ended = stays.left.notnull()
    # A period that ends on the day the person leaves ended because they left.
    going_on = stays.not_ready.isnull() | (ended & (stays.not_ready >= stays.left))
    until = ended.ifelse(stays.left, activity.today)
    same_day = ended & (stays.admitted == stays.left) & stays.ready.isnull()
    counted = stays.ready.notnull() & going_on & (stays.ready <= until)
    waited = ibis.cases(
        (counted.fill_null(False), days_between(until, stays.ready)),
        (same_day.fill_null(False), ibis.literal(0, "int64")),
        else_=ibis.null("int64"),
    )
    return stays.mutate(waited=waited, live=ended.ifelse(0, 1))


def ask(activity: Activity, settings: Settings) -> ir.Table:
    table = waits(activity)
    table = table.filter(table.waited >= int(settings["days"]))
    if settings["waiting_now_only"]:
        table = table.filter(table.live == 1)
    latest = ibis.window(group_by="person_id", order_by=[ibis.desc("live"), ibis.desc("ready"), ibis.desc("spell_id")])
    hits = table.mutate(place=ibis.row_number().over(latest)).filter(lambda t: t.place == 0)
    hits = hits.join(_reasons(activity, hits), ["spell_id", "ready_at"])
    return hits.select(
        "person_id",
        since=hits.ready,
        score=hits.waited,
        evidence=evidence(
            days=hits.waited,
            ready=hits.ready,
            now=(hits.live == 1).ifelse("yes", "no"),
            reasons=hits.reasons,
            ids=hits.spell_id,
        ),
    )


def _reasons(activity: Activity, hits: ir.Table) -> ir.Table:
    """What was waited for in the period that counts: spell_id, ready_at, reasons."""
    same = ["spell_id", "ready_at"]
    periods = activity.delays.semi_join(hits.select(same), same).select("spell_id", "ready_at", "reason")
    return periods.group_by("spell_id", "ready_at").agg(reasons=in_order(periods.reason.fill_null("not_said")))


def say(seen: Mapping[str, str], clinical: bool) -> str:
    days, ready = times(seen["days"], "day"), day_words(seen["ready"])
    said = (
        f"Has waited {days} to go home, ready since {ready}"
        if seen["now"] == "yes"
        else (f"Waited {days} to go home after {ready}")
    )
    known = code_lists.reasons()
    reasons = [known[code].words for code in seen.get("reasons", "").split(",") if code in known]
    return f"{said}: {listing(reasons)}." if reasons else f"{said}."


RULE = Rule(
    "delayed_discharge",
    "Ready to go home and waiting",
    "People who are ready to leave hospital and wait, or who waited before they left.",
    "days waited",
    ("spells", "delays"),
    ask,
    say,
    {
        "days": Setting(1, "The fewest days waited."),
        "waiting_now_only": Setting(False, "Only people who wait now, not those who waited."),
    },
)
