"""How long somebody has been ready to go home, in the bands published for England, and why, in words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from linkwell.cohorts.code_lists import reasons
from linkwell.cohorts.rules.delayed_discharge import BANDS as PUBLISHED
from linkwell.cohorts.rules.delayed_discharge import band
from linkwell.kernel import clock, words

OTHER = "other"
# On a wall anybody may read these say no more than "other".
NOT_ON_A_WALL = frozenset({"safeguarding", "homeless", "housing_offer", "family_not_in_agreement"})


@dataclass(frozen=True, slots=True)
class Band:
    """From `low` to `high` whole days since ready; `high` is None for the last band."""

    code: str
    words: str
    low: int
    high: int | None


def _words(low: int, high: int | None) -> str:
    if high is None:
        return f"{low} days or more"
    if low == high:
        return words.counted(low, "day") if low else "Since today"
    return f"{low} to {high} days"


BANDS = tuple(Band(band(low), _words(low, high), low, high) for low, high in PUBLISHED)


def days_since(ready_at: dt.datetime) -> int:
    """Nights since then, by the UK clock; 0 for somebody who is ready since today."""
    return max(0, (clock.today() - clock.london(ready_at).date()).days)


def band_of(days: int) -> Band:
    code = band(days)
    return next(each for each in BANDS if each.code == code)


def reason_words(codes: Iterable[str]) -> tuple[str, ...]:
    """In plain words; one that is in no table as the hospital wrote it."""
    known = reasons()
    return tuple(known[each].words if each in known else each.replace("_", " ") for each in codes)


def wall_words(codes: Iterable[str]) -> tuple[str, ...]:
    """What a wall may say. What is in no table might be anything, so it is "other" too."""
    known = reasons()
    said = [known[each].words if each in known and each not in NOT_ON_A_WALL else OTHER for each in codes]
    return tuple(dict.fromkeys(said))
