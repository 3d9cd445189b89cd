"""People who use A&E and have low to moderate mental ill health.

Severe illness and self-harm exclude nobody and find nobody: the row says whom to speak to first (see `rules.sentence`).
"""

from __future__ import annotations

from ibis.expr import types as ir

from linkwell.cohorts.activity import Activity
from linkwell.cohorts.rule import NOT_TOLD, Rule, Settings
from linkwell.cohorts.rules import diagnosed


def ask(activity: Activity, settings: Settings) -> ir.Table:
    return diagnosed.among_ae_users(activity, "mild_mental", int(settings["ae_days"]))


RULE = Rule(
    "mild_mental_ill_health",
    "Comes to A&E and is low, anxious or under stress",
    "People who came to A&E and have low to moderate mental ill health.",
    "different kinds recorded",
    ("attendances",),
    ask,
    diagnosed.saying("mild_mental", "Came to A&E, with a record of", NOT_TOLD),
    {"ae_days": diagnosed.AE_DAYS},
    also=("spells",),
    tells_of_health=True,
)
