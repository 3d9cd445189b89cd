"""Missed appointments: the right word for it, and what might help next time. No database."""

import datetime as dt

from linkwell.casework.models.attendance import Barrier
from linkwell.kernel import words

ADULT_FROM = 18

# What somebody might offer, for each thing that got in the way.
COULD_HELP: dict[str, str] = {
    Barrier.FORGOT: "Agree how to remind them, or meet on the same day each time.",
    Barrier.UNWELL: "Offer a phone call or a home visit, or pause until they are better.",
    Barrier.TRANSPORT: "Meet nearer to them or by phone, or ask about community transport.",
    Barrier.COST: "Meet where it costs nothing, and ask whether the fare can be paid.",
    Barrier.CARING: "Ask who could be with the other person, or meet where both can come.",
    Barrier.WORK: "Offer an early, late or lunchtime appointment.",
    Barrier.WORRIED: "Offer to meet at the door, bring somebody along, or begin by phone.",
    Barrier.PLACE: "Ask where they would rather meet.",
    Barrier.LANGUAGE: "Book an interpreter, and confirm in a language they read.",
    Barrier.UNWANTED: "Ask whether they would like to wait, or to stop.",
    Barrier.OTHER: "Ask what would make it easier.",
}


def is_brought(born: dt.date | None, on: dt.date, *, for_children: bool = False) -> bool:
    """Whether missing an appointment is not theirs to answer for: under 18 that day, or a children's team."""
    return for_children or (born is not None and words.age(born, on) < ADULT_FROM)
