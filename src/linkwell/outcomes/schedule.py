"""When a questionnaire is due, counted from the first conversation.

The review is half way through the support a team offers, the end is when that is over; both by the team's own rule.
"""

import datetime as dt

from linkwell.outcomes.models import Occasion

DAYS = {Occasion.START: 0, Occasion.MONTHS_3: 91, Occasion.MONTHS_6: 182, Occasion.MONTHS_12: 365}
# Of tasks: one for each occasion, so that each is opened once.
DUE_TASKS = {each: f"ask_{each.value}" for each in Occasion}
# Days after it was due until which it is still asked.
LATEST = 28
# From how many days before it is due an occasion is what somebody asking now most likely means.
_EARLY = {Occasion.MONTHS_12: 45, Occasion.MONTHS_6: 30, Occasion.MONTHS_3: 21}


def days_after(occasion: Occasion, offer_weeks: int) -> int:
    """How many days after the first conversation an occasion is due. `offer_weeks`: how long support is offered."""
    if occasion is Occasion.END:
        return offer_weeks * 7
    return offer_weeks * 7 // 2 if occasion is Occasion.REVIEW else DAYS[occasion]


def is_due(occasion: Occasion, first_spoken: dt.date, offer_weeks: int, today: dt.date) -> bool:
    """Due, and not so long ago that asking now would be asking for another time."""
    late = (today - first_spoken).days - days_after(occasion, offer_weeks)
    return 0 <= late <= LATEST


def most_likely(asked: frozenset[str], first_spoken: dt.date | None, today: dt.date) -> Occasion:
    """Which occasion this is, for the form to begin with. `asked`: the occasions already answered."""
    if not asked or first_spoken is None:
        return Occasion.START
    days = (today - first_spoken).days
    for occasion, early in _EARLY.items():
        if days >= DAYS[occasion] - early and occasion not in asked:
            return occasion
    return Occasion.REVIEW
