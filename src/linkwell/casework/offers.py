"""How much of the support that is offered has been used. Pure: days and counts in, a statement out."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from linkwell.kernel import words

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Offer:
    """Weeks since the first conversation (pauses left out) and conversations, each used and offered.

    `week` is the one going on, from 1; 0 before the first conversation.
    """

    week: int
    weeks: int
    talks: int
    most_talks: int
    extended: bool = False

    @property
    def over(self) -> bool:
        return self.week > self.weeks or self.talks > self.most_talks

    @property
    def words(self) -> str:
        """ "Week 5 of 13, 4 of 12 conversations"."""
        talks = f"{self.talks} of {words.counted(self.most_talks, 'conversation')}"
        if self.week == 0:
            return f"{words.counted(self.weeks, 'week')} and {words.counted(self.most_talks, 'conversation')}"
        return f"Week {self.week} of {self.weeks}, {talks}"


def week_of(first_spoken_on: dt.date | None, on: dt.date, pauses: Iterable[tuple[dt.date, dt.date]]) -> int:
    """Which week of support this day is in. Days of a pause (from, up to and not including) do not count."""
    if first_spoken_on is None or on < first_spoken_on:
        return 0
    resting: set[dt.date] = set()
    for start, end in pauses:
        first, last = max(start, first_spoken_on), min(end, on)
        resting |= {first + dt.timedelta(days=day) for day in range((last - first).days)}
    return ((on - first_spoken_on).days - len(resting)) // DAYS_A_WEEK + 1
