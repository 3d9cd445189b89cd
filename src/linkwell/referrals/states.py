"""Where a referral may go. Every open state has an owner and a next date."""

from linkwell.core.moves import Moves

REFERRAL = Moves(
    kind="referral",
    allowed={
        "received": frozenset({"asked", "accepted", "joined", "declined", "withdrawn"}),
        "asked": frozenset({"received", "accepted", "joined", "declined", "withdrawn"}),
        "accepted": frozenset(),
        # About somebody the team supports already: it was added to that support.
        "joined": frozenset(),
        # Taken back by whoever sent it, before it was decided.
        "withdrawn": frozenset(),
        "declined": frozenset({"received"}),
    },
    words={
        "received": "waiting to be read",
        "asked": "we have asked you a question",
        "accepted": "accepted",
        "joined": "added to the support they have",
        "withdrawn": "taken back by whoever sent it",
        "declined": "could not be taken",
    },
)
