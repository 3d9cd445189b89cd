"""People recorded as worn out by caring, or as needing care that nobody at home can give."""

from __future__ import annotations

from ibis.expr import types as ir

from linkwell.cohorts import code_lists
from linkwell.cohorts.activity import Activity
from linkwell.cohorts.rule import Rule, Settings
from linkwell.cohorts.rules import diagnosed


def ask(activity: Activity, settings: Settings) -> ir.Table:
    coded = activity.coded
    return diagnosed.hits(coded.filter(coded.kind == "carer"), code_lists.bits("carer"))


RULE = Rule(
    "carer_strain",
    "Caring is a strain at home",
    "People recorded as caring for a relative, as worn out, or as having nobody at home able to care.",
    "different strains recorded",
    (),
    ask,
    diagnosed.saying("carer", "A record tells of", "A record tells of strain at home."),
    also=("attendances", "spells"),
)
