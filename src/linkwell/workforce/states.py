"""Visits and questions to the lead: which states there are, and where each may lead."""

from linkwell.core.moves import Moves

VISIT = Moves(
    kind="visit",
    allowed={
        "visiting": frozenset({"late", "looked_for", "out"}),
        "late": frozenset({"looked_for", "visiting", "out"}),
        "looked_for": frozenset({"visiting", "out"}),
        "out": frozenset(),
    },
    words={
        "visiting": "on a visit",
        "late": "not back yet: colleagues are being told",
        "looked_for": "not back yet: a colleague is finding out",
        "out": "out safe",
    },
)

TALK = Moves(
    kind="talk",
    allowed={
        "asked": frozenset({"answered", "withdrawn"}),
        "answered": frozenset(),
        "withdrawn": frozenset(),
    },
    words={"asked": "waiting for the lead", "answered": "talked about", "withdrawn": "no longer needed"},
)
