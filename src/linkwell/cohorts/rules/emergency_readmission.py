"""People who were admitted again in an emergency within 30 days of going home.

As the national indicator counts (NHS Digital I02040): over stays joined across hospitals; day 0 to 29; people who died,
cancer and its chemotherapy in the stay or the year before it, and obstetrics are left out, and so are day cases.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
from ibis.expr import types as ir

from linkwell.cohorts.activity import Activity, days_between, evidence
from linkwell.cohorts.continuous import joined, stays_of
from linkwell.cohorts.rule import Rule, Setting, Settings, day_words, times

EMERGENCY = ("21", "22", "23", "24", "25", "2A", "2D", "28")
CANCER_BEFORE_DAYS = 365


def ask(activity: Activity, settings: Settings) -> ir.Table:
    found = _candidates(activity, int(settings["days"]))
    if settings["recent_days"]:
        found = found.filter(found.start >= activity.since(int(settings["recent_days"])))
    if settings["leave_out_cancer_and_obstetrics"]:
        found = _without(activity, found)
    person = ibis.window(group_by="person_id")
    latest = ibis.window(group_by="person_id", order_by=[ibis.desc("start"), ibis.desc("number")])
    hits = found.mutate(
        since=found.start.min().over(person),
        score=found.count().over(person),
        place=ibis.row_number().over(latest),
    ).filter(lambda t: t.place == 0)
    return hits.select(
        "person_id",
        "since",
        "score",
        evidence=evidence(
            times=hits.score,
            left=hits.left_on,
            back=hits.start,
            days=hits.gap,
            ids=hits.left_spell + "," + hits.spell_id,
        ),
    )


def _candidates(activity: Activity, days: int) -> ir.Table:
    """Emergency stays that began within the days after the stay before, which the person did not die in."""
    spells = stays_of(activity.spells)
    # Most people have one stay, none that began in an emergency, or two that lie too far apart: leaving them out first
    # makes the rest cheap.
    people = spells.group_by("person_id").agg(
        all=spells.count(),
        urgent=spells.admission_method.isin(EMERGENCY).ifelse(1, 0).max(),
        back=spells.admitted.max(),
        left=spells.left.min(),
    )
    near = (people["all"] > 2) | (days_between(people.back, people.left) < days)
    several = people.filter(people["all"] > 1, people.urgent > 0, near)
    pairs = _with_the_one_before(joined(spells.semi_join(several, "person_id")))
    return pairs.filter(pairs.gap.between(0, days - 1), pairs.method.isin(EMERGENCY), pairs.left_died == 0)


def _with_the_one_before(stays: ir.Table) -> ir.Table:
    before = ibis.window(group_by="person_id", order_by=["number"])
    pairs = stays.mutate(
        left_on=stays.finish.lag(1).over(before),
        left_start=stays.start.lag(1).over(before),
        left_spell=stays.spell_id.lag(1).over(before),
        left_died=stays.died.lag(1).over(before),
        left_obstetric=stays.obstetric.lag(1).over(before),
    )
    return pairs.mutate(gap=days_between(pairs.start, pairs.left_on))


def counted(activity: Activity) -> ir.Table:
    """Every stay that ended alive: left_on, and `back` (1) where an emergency stay followed within 30 days.

    Without the exclusions that look at other years: the same for every month, so that months can be compared.
    """
    stays = joined(activity.spells)
    after = ibis.window(group_by="person_id", order_by=["number"])
    pairs = stays.mutate(next_start=stays.start.lead(1).over(after), next_method=stays.method.lead(1).over(after))
    gap = days_between(pairs.next_start, pairs.finish)
    back = (gap.between(0, 29) & pairs.next_method.isin(EMERGENCY)).fill_null(False).ifelse(1, 0)
    # A month that ended less than 30 days ago is not over yet for this question.
    known = pairs.finish <= activity.today - ibis.interval(days=30)
    return pairs.mutate(left_on=pairs.finish, back=back).filter(known, pairs.died == 0, pairs.obstetric == 0)


def _without(activity: Activity, found: ir.Table) -> ir.Table:
    found = found.filter(found.left_obstetric == 0, found.obstetric == 0)
    codes = activity.codes("spells", ("cancer", "obstetric"), found.select("person_id").distinct())
    both = found.select("person_id", "number", "start", "left_start", "left_on").join(
        codes.select("person_id", "kind", "day"), "person_id"
    )
    cancer = both.day.between(both.left_start - ibis.interval(days=CANCER_BEFORE_DAYS), both.left_on)
    obstetric = both.day.between(both.left_start, both.start)
    out = both.filter(((both.kind == "cancer") & cancer) | ((both.kind == "obstetric") & obstetric)).select(
        "person_id", "number"
    )
    return found.anti_join(out.distinct(), ["person_id", "number"])


def say(seen: Mapping[str, str], clinical: bool) -> str:
    gap = "on the day they" if seen["days"] == "0" else f"{times(seen['days'], 'day')} after they"
    said = f"Went back into hospital in an emergency on {day_words(seen['back'])}, {gap} left"
    return f"{said}; {seen['times']} times in all." if seen["times"] != "1" else f"{said}."


RULE = Rule(
    "emergency_readmission",
    "Back in hospital soon after leaving",
    "People admitted in an emergency within 30 days of leaving hospital.",
    "emergency readmissions",
    ("spells",),
    ask,
    say,
    {
        "days": Setting(30, "How many days count, the day of leaving being the first.", 1),
        "leave_out_cancer_and_obstetrics": Setting(True, "Leave out cancer and obstetrics, as the indicator does."),
        "recent_days": Setting(0, "Look only at readmissions of the last so many days; 0 looks at all."),
    },
)
