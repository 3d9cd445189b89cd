"""People who use A&E and live with a long-term condition, by what A&E or a stay of the last three years recorded."""

from __future__ import annotations

from ibis.expr import types as ir

from linkwell.cohorts.activity import Activity
from linkwell.cohorts.rule import NOT_TOLD, Rule, Settings
from linkwell.cohorts.rules import diagnosed


def ask(activity: Activity, settings: Settings) -> ir.Table:
    return diagnosed.among_ae_users(activity, "long_term", int(settings["ae_days"]))


RULE = Rule(
    "long_term_condition",
    "Comes to A&E and lives with a long-term condition",
    "People who came to A&E and have a long-term condition, recorded in A&E or in a stay of the last three years.",
    "different conditions",
    ("attendances",),
    ask,
    diagnosed.saying("long_term", "Came to A&E and lives with", NOT_TOLD),
    {"ae_days": diagnosed.AE_DAYS},
    also=("spells",),
    tells_of_health=True,
)
