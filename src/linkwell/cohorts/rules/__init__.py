"""The rules, one file each, and how a hit of any of them explains itself."""

from __future__ import annotations

from linkwell.cohorts.rule import CHECK_FIRST, SPEAK_FIRST, Hit, Rule
from linkwell.cohorts.rules import (
    carer_strain,
    delayed_discharge,
    emergency_readmission,
    long_stay,
    long_term_condition,
    mild_mental_ill_health,
    own,
    repeat_attendance,
    social_circumstances,
)

_KNOWN = (
    repeat_attendance.RULE,
    emergency_readmission.RULE,
    delayed_discharge.RULE,
    long_term_condition.RULE,
    mild_mental_ill_health.RULE,
    social_circumstances.RULE,
    long_stay.RULE,
    carer_strain.RULE,
)


def known() -> tuple[Rule, ...]:
    """Every rule that comes with Linkwell, in the order in which a person meets them."""
    return _KNOWN


def named(name: str) -> Rule | None:
    """The rule of that name that comes with Linkwell; None for one a trust wrote itself."""
    return next((rule for rule in _KNOWN if rule.name == name), None)


def tells_of_health(name: str) -> bool:
    """Whether to be found by this rule is itself a diagnosis. A rule a trust wrote itself may ask for any."""
    rule = named(name)
    return rule is None or rule.tells_of_health


def sentence(hit: Hit, *, clinical: bool) -> str:
    """Why this person is on the list, in plain words.

    `clinical`: the reader treats the person. Anyone else is told no diagnosis, and where the clinical team must be
    spoken to first is told only to check with them.
    """
    asked = named(hit.rule)
    said = asked.say(hit.evidence, clinical) if asked else own.say(hit.evidence, clinical)
    first = (SPEAK_FIRST if clinical else CHECK_FIRST) if hit.speak_first else ""
    return f"{said} {first}".strip()
