"""Where a referral may go. Every open state has an owner and a next date."""

from linkwell.core.moves import Moves

REFERRAL = Moves(
    kind="referral",
    allowed={
        "received": frozenset({"asked", "accepted", "declined"}),
        "asked": frozenset({"received", "accepted", "declined"}),
        "accepted": frozenset(),
        "declined": frozenset({"received"}),
    },
    words={
        "received": "waiting to be read",
        "asked": "we have asked you a question",
        "accepted": "accepted",
        "declined": "could not be taken",
    },
)
