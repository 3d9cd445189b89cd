"""Where an asked-for change of a listing and a claim to keep one may go."""

from linkwell.core.moves import Moves

LISTING_CHANGE = Moves(
    kind="listing_change",
    allowed={
        "waiting": frozenset({"taken", "turned_down"}),
        "taken": frozenset(),
        "turned_down": frozenset(),
    },
    words={"waiting": "waiting to be looked at", "taken": "in the directory", "turned_down": "not taken"},
)

LISTING_CLAIM = Moves(
    kind="listing_claim",
    allowed={
        "waiting": frozenset({"let_in", "turned_down"}),
        "let_in": frozenset(),
        "turned_down": frozenset(),
    },
    words={"waiting": "waiting to be looked at", "let_in": "they keep this listing", "turned_down": "turned down"},
)
