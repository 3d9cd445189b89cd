"""People who are ready to go home and wait, or who waited.

Every period of being ready is kept. A person still in waits from the period that goes on now; a stay that has ended is
counted by its last period. Nothing recorded on a stay of one day is no wait; nothing recorded on any other is missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import ibis
from ibis.expr import types as ir

from linkwell.cohorts import code_lists
from linkwell.cohorts.activity import Activity, days_between, evidence, in_order
from linkwell.cohorts.rule import Rule, Setting, Settings, day_words, listing, times

BANDS = ((0, 0), (1, 1), (2, 3), (4, 6), (7, 13), (14, 20), (21, None))
"""Bands of days waited as published for England."""


_BEFORE_ANY = dt.date(1899, 12, 31)
_FIRST_SECOND = int(dt.datetime(1899, 12, 31, tzinfo=dt.UTC).timestamp())
_GOING_ON = 0
# Greater than the number of any day, so that a time and a day in one number are told apart.
_PAST_ANY_DAY = 1_000_000


def band(days: int) -> str:
    """The published band of a number of days: "2-3", "21+"."""
    low, high = next((low, high) for low, high in BANDS if high is None or days <= high)
    return str(low) if low == high else f"{low}+" if high is None else f"{low}-{high}"


def waits(activity: Activity, *, known_only: bool = False) -> ir.Table:
    """Every stay: person_id, spell_id, admitted, left, ready_at, ready, waited (days; null is missing), live.

    `known_only` leaves out stays of which no period was recorded.
    """
    final = _final(activity)
    spells = activity.spells.select("person_id", "spell_id", "admitted", "left")
    stays = spells.join(final, "spell_id", how="inner" if known_only else "left")
    stays = stays if known_only else stays.drop("spell_id_right")
    ended = stays.left.notnull()
    # A period that ends on the day the person leaves ended because they left.
    going_on = (stays.not_ready == _GOING_ON) | (ended & (stays.not_ready >= _number(stays.left)))
    until = ended.ifelse(stays.left, activity.today)
    same_day = ended & (stays.admitted == stays.left) & stays.ready.isnull()
    counted = stays.ready.notnull() & going_on & (stays.ready <= until)
    waited = ibis.cases(
        (counted.fill_null(False), days_between(until, stays.ready)),
        (same_day.fill_null(False), ibis.literal(0, "int64")),
        else_=ibis.null("int64"),
    )
    return stays.mutate(waited=waited, live=ended.ifelse(0, 1))


def _final(activity: Activity) -> ir.Table:
    """The last period of each stay: spell_id, ready_at, ready, and `not_ready` as the number of a day."""
    periods = activity.delays
    not_ready = _number(periods.not_ready).fill_null(_GOING_ON)
    second = periods.ready_at.epoch_seconds().cast("int64") - _FIRST_SECOND
    # A time and a day as one number: the greatest is the last period, and of its rows the one that tells its end.
    told = periods.mutate(told=second * _PAST_ANY_DAY + not_ready)
    final = told.group_by("spell_id").agg(ready_at=told.ready_at.max(), ready=told.ready.max(), told=told.told.max())
    return final.mutate(not_ready=final.told % _PAST_ANY_DAY).drop("told")


def _number(day: ir.DateValue) -> ir.IntegerValue:
    return days_between(day, ibis.literal(_BEFORE_ANY))


def ask(activity: Activity, settings: Settings) -> ir.Table:
    fewest = int(settings["days"])
    table = waits(activity, known_only=fewest > 0)
    table = table.filter(table.waited >= fewest)
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
