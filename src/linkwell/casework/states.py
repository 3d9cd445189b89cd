from linkwell.core.moves import Moves

CASE = Moves(
    kind="case",
    allowed={
        "waiting": frozenset({"allocated", "closed"}),
        "allocated": frozenset({"active", "waiting", "closed"}),
        "active": frozenset({"allocated", "closed"}),
        "closed": frozenset({"active"}),
    },
    words={
        "waiting": "waiting for a link worker",
        "allocated": "has a link worker, not yet spoken",
        "active": "being supported",
        "closed": "support has ended",
    },
)

APPOINTMENT = Moves(
    kind="appointment",
    allowed={
        "booked": frozenset({"happened", "missed", "cancelled", "moved"}),
        "happened": frozenset(),
        "missed": frozenset(),
        "cancelled": frozenset(),
        "moved": frozenset(),
    },
    words={
        "booked": "booked",
        "happened": "happened",
        "missed": "did not attend",
        "cancelled": "cancelled",
        "moved": "moved to another time",
    },
)

GOAL = Moves(
    kind="goal",
    allowed={
        "open": frozenset({"reached", "partly", "set_aside"}),
        "reached": frozenset({"open"}),
        "partly": frozenset({"open", "reached"}),
        "set_aside": frozenset({"open"}),
    },
    words={"open": "working on it", "reached": "reached", "partly": "partly reached", "set_aside": "set aside"},
)
