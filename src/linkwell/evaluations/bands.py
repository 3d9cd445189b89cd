"""What is known of somebody in words so wide that they name nobody."""

import datetime as dt

from linkwell.directory import geography
from linkwell.kernel import clock

AGES = ((18, "Under 18"), (40, "18 to 39"), (65, "40 to 64"), (80, "65 to 79"), (200, "80 and over"))
FIFTHS = ("most deprived fifth", "second fifth", "middle fifth", "fourth fifth", "least deprived fifth")
UNKNOWN = "not known"


def age(born_on: dt.date | None) -> str:
    """The band somebody's age is in today."""
    if born_on is None:
        return UNKNOWN
    years = (clock.today() - born_on).days / 365.25
    return next((words for below, words in AGES if years < below), UNKNOWN)


def decile(postcode: str) -> str:
    """How deprived the area is, in tenths: 1 is the most deprived."""
    place = geography.place(postcode) if postcode else None
    return str(place.decile) if place and place.decile else UNKNOWN


def fifth(postcode: str) -> str:
    """The same in fifths, in words."""
    place = geography.place(postcode) if postcode else None
    return FIFTHS[(place.decile - 1) // 2] if place and place.decile else UNKNOWN
