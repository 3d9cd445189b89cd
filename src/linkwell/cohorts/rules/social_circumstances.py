"""People whose circumstances were recorded: Z55 to Z65, living alone, nowhere to live."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
from ibis.expr import types as ir

from linkwell.cohorts import code_lists
from linkwell.cohorts.activity import CODED_FOR_DAYS, Activity
from linkwell.cohorts.rule import Rule, Setting, Settings, listing
from linkwell.cohorts.rules import diagnosed

NOWHERE_TO_LIVE = ("no_fixed_abode", "homeless", "rough_sleeping", "rough_sleeper", "nfa", "32911000")
"""As an A&E department may send it; the last is SNOMED CT for homeless."""
_WORDS = {"lives_alone": "lives alone", "no_fixed_abode": "has nowhere to live"}


def ask(activity: Activity, settings: Settings) -> ir.Table:
    coded = activity.coded
    seen = [coded.filter(coded.kind == "social").select("person_id", "grp", "first_at")]
    if "attendances" in activity.has:
        visits = activity.attendances
        visits = visits.filter(visits.day >= activity.since(int(settings["days"])))
        seen += _at_home(visits)
    return diagnosed.hits(ibis.union(*seen) if len(seen) > 1 else seen[0])


def _at_home(visits: ir.Table) -> list[ir.Table]:
    """Who lives alone, and who has nowhere to live: person_id, grp, first_at."""
    alone, nowhere = visits.lives_alone.fill_null(False), visits.accommodation.isin(NOWHERE_TO_LIVE).fill_null(False)
    people = visits.filter(alone | nowhere).group_by("person_id")
    first = people.agg(lives_alone=visits.day.min(where=alone), no_fixed_abode=visits.day.min(where=nowhere))
    return [
        first.filter(first[name].notnull()).select("person_id", grp=ibis.literal(name), first_at=first[name])
        for name in _WORDS
    ]


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
