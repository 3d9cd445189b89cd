"""How far a listing can be relied on: since when somebody who can know last said that it is right. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from linkwell.kernel import words


class Freshness(StrEnum):
    FRESH = "fresh"
    AGEING = "ageing"
    OLD = "old"


# What ranking makes of it: 1 is relied on fully, 0 not at all.
WEIGHT = {Freshness.FRESH: 1.0, Freshness.AGEING: 0.5, Freshness.OLD: 0.0}
_GRACE = 14
_MONTH = 30.5


@dataclass(frozen=True, slots=True)
class Trust:
    """`level` is 1.0, 0.5 or 0.0; `words` say it with its date; `since` is the day of the last word, None for never."""

    freshness: Freshness
    words: str
    since: dt.date | None

    @property
    def level(self) -> float:
        return WEIGHT[self.freshness]


def fresh_days() -> int:
    """For how many days a word counts as fresh: the months between two askings, and two weeks to answer."""
    return round(settings.STILL_RIGHT_MONTHS * _MONTH) + _GRACE


def old_days() -> int:
    """After how many days of silence a listing counts as old: three askings passed without an answer."""
    return round(3 * settings.STILL_RIGHT_MONTHS * _MONTH)


def trust(since: dt.date | None, today: dt.date, *, by_group: bool = True) -> Trust:
    """What is said of a listing whose details were last called right on this day."""
    if since is None:
        return Trust(Freshness.OLD, "Nobody has told us yet whether these details are right. Ring before you go.", None)
    who = "The group said" if by_group else "Checked"
    told = f"{who} {'these details are right' if by_group else ''}".strip() + f" on {words.written_date(since)}."
    age = (today - since).days
    if age <= fresh_days():
        return Trust(Freshness.FRESH, told, since)
    if age <= old_days():
        return Trust(Freshness.AGEING, f"{told} That is {_ago(age)} ago. Worth a quick call.", since)
    return Trust(Freshness.OLD, f"{told} That is {_ago(age)} ago. Ring before you go.", since)


def _ago(days: int) -> str:
    months = round(days / _MONTH)
    return words.counted(months, "month") if months < 24 else words.counted(months // 12, "year")
