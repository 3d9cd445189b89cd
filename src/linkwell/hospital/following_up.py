"""When somebody is followed up after discharge, and when that is no longer right."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from linkwell.kernel import clock
from linkwell.kernel.working_days import Nation, next_working_day

DAYS_AFTER = (2, 7, 30)
# A day of discharge is put right by so many days at most; somebody who leaves later than that went home again.
CORRECTED_WITHIN = dt.timedelta(days=3)
# Discharge destinations and methods of the national data dictionary (facts: UK Core code systems).
HOMES = frozenset({"19", "29"})
CARE_HOMES = frozenset({"54", "65", "85"})
OTHER_HOSPITALS = frozenset({"48", "49", "50", "51", "52", "53", "84", "87"})
DIED_TO = frozenset({"79"})
DIED_BY = frozenset({"4", "5"})

CANCELLED_STAY = "The hospital cancelled the stay"
CANCELLED_DISCHARGE = "The discharge was cancelled"
DIED = "They have died"
CARE_HOME = "They moved to a care home"
OTHER_HOSPITAL = "They moved to another hospital"
BACK = "They are in hospital again"
CANCELLED = frozenset({CANCELLED_STAY, CANCELLED_DISCHARGE})

# Why somebody withdraws one by hand; for `OTHER` they say it in their own words.
REASONS: Mapping[str, str] = {
    "moved": "They moved away",
    "asked_not": "They asked us not to ring",
    "another": "Somebody else follows them up",
}
OTHER = "other"
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Left:
    """What is known of how a stay ended. `back`: a later stay of the same person goes on or went on since."""

    cancelled: bool
    discharged_at: dt.datetime | None
    method: str
    destination: str
    died: bool
    back: bool


def why_none(left: Left) -> str:
    """Why nobody is to follow up, in words; empty where somebody is."""
    if left.died or left.method in DIED_BY or left.destination in DIED_TO:
        return DIED
    if left.cancelled:
        return CANCELLED_STAY
    if left.discharged_at is None:
        return CANCELLED_DISCHARGE
    return moved_to(left.destination) or (BACK if left.back else "")


def moved_to(destination: str) -> str:
    """Where others look after somebody who left, in words; empty for a home, and for whatever is not known."""
    if destination in CARE_HOMES:
        return CARE_HOME
    return OTHER_HOSPITAL if destination in OTHER_HOSPITALS else ""


def counts(settled_at: dt.datetime, discharged_at: dt.datetime, *, taken_back: bool) -> bool:
    """Whether what was done or withdrawn by hand then is of this going home.

    `taken_back`: a discharge was cancelled in between.
    """
    left_on, settled_on = clock.london(discharged_at).date(), clock.london(settled_at).date()
    return settled_at >= discharged_at or (not taken_back and left_on - settled_on <= CORRECTED_WITHIN)


def due_days(discharged_at: dt.datetime, nation: Nation) -> dict[int, dt.date]:
    """The day of each follow-up: so many days after, or the first working day from then."""
    left_on = clock.london(discharged_at).date()
    return {days: next_working_day(left_on + dt.timedelta(days=days), nation) for days in DAYS_AFTER}
