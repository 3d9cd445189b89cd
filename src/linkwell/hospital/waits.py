"""How long somebody has been ready to go home, in the bands published for England, and why, in words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from linkwell.cohorts.code_lists import reasons
from linkwell.kernel import clock

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


BANDS = (
    Band("0", "Since today", 0, 0),
    Band("1", "1 day", 1, 1),
    Band("2-3", "2 to 3 days", 2, 3),
    Band("4-6", "4 to 6 days", 4, 6),
    Band("7-13", "7 to 13 days", 7, 13),
    Band("14-20", "14 to 20 days", 14, 20),
    Band("21+", "21 days or more", 21, None),
)


def days_since(ready_at: dt.datetime) -> int:
    """Nights since then, by the UK clock; 0 for somebody who is ready since today."""
    return max(0, (clock.today() - clock.london(ready_at).date()).days)


def band_of(days: int) -> Band:
    return next(each for each in BANDS if each.high is None or days <= each.high)


def reason_words(codes: Iterable[str]) -> tuple[str, ...]:
    """In plain words; one that is in no table as the hospital wrote it."""
    known = reasons()
    return tuple(known[each].words if each in known else each.replace("_", " ") for each in codes)


def wall_words(codes: Iterable[str]) -> tuple[str, ...]:
    """What a wall may say. What is in no table might be anything, so it is "other" too."""
    known = reasons()
    said = [known[each].words if each in known and each not in NOT_ON_A_WALL else OTHER for each in codes]
    return tuple(dict.fromkeys(said))
