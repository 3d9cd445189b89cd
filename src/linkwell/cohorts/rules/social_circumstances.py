"""People whose circumstances were recorded: Z55 to Z65, living alone, nowhere to live."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
from ibis.expr import types as ir

from linkwell.cohorts import code_lists
from linkwell.cohorts.activity import CODED_FOR_DAYS, Activity, bit_or
from linkwell.cohorts.rule import Rule, Setting, Settings, listing
from linkwell.cohorts.rules import diagnosed

NOWHERE_TO_LIVE = ("no_fixed_abode", "homeless", "rough_sleeping", "rough_sleeper", "nfa", "32911000")
"""As an A&E department may send it; the last is SNOMED CT for homeless."""
_WORDS = {"lives_alone": "lives alone", "no_fixed_abode": "has nowhere to live"}
# Beside those of the list, which has far fewer groups.
_BITS = {"lives_alone": 1 << 60, "no_fixed_abode": 1 << 61}


def ask(activity: Activity, settings: Settings) -> ir.Table:
    coded = activity.coded
    seen = [coded.filter(coded.kind == "social").select("person_id", "groups", "first_at")]
    if "attendances" in activity.has:
        visits = activity.attendances
        seen.append(_at_home(visits.filter(visits.day >= activity.since(int(settings["days"])))))
    rows = ibis.union(*seen) if len(seen) > 1 else seen[0]
    people = rows.group_by("person_id").agg(groups=bit_or(rows.groups), first_at=rows.first_at.min())
    return diagnosed.hits(people, code_lists.bits("social") | _BITS)


def _at_home(visits: ir.Table) -> ir.Table:
    """Who lives alone, and who has nowhere to live, by each visit that says so: person_id, groups, first_at."""
    alone, nowhere = visits.lives_alone.fill_null(False), visits.accommodation.isin(NOWHERE_TO_LIVE).fill_null(False)
    both = alone.ifelse(_BITS["lives_alone"], 0) + nowhere.ifelse(_BITS["no_fixed_abode"], 0)
    return visits.filter(alone | nowhere).select("person_id", groups=both.cast("int64"), first_at=visits.day)


def say(seen: Mapping[str, str], clinical: bool) -> str:
    groups = seen.get("groups", "").split(",")
    known = code_lists.words("social")
    facts = [_WORDS[group] for group in groups if group in _WORDS]
    noted = sorted({known[group] for group in groups if group in known})
    if noted:
        facts.append(f"has something recorded about {listing(noted)}" if clinical else "has circumstances recorded")
    said = listing(facts)
    return f"{said[:1].upper()}{said[1:]}." if said else "Has circumstances recorded."


RULE = Rule(
    "social_circumstances",
    "Circumstances that support could help with",
    "People of whom A&E or a ward recorded social circumstances, living alone, or nowhere to live.",
    "different circumstances",
    (),
    ask,
    say,
    {"days": Setting(CODED_FOR_DAYS, "How many days back living alone and nowhere to live are read.", 1)},
    also=("attendances", "spells"),
)
