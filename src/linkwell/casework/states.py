from linkwell.core.moves import Moves

CASE = Moves(
    kind="case",
    allowed={
        "waiting": frozenset({"allocated", "trying", "active", "paused", "closed"}),
        "allocated": frozenset({"trying", "active", "waiting", "paused", "closed"}),
        "trying": frozenset({"allocated", "active", "waiting", "paused", "closed"}),
        "active": frozenset({"allocated", "paused", "closed"}),
        "paused": frozenset({"waiting", "allocated", "trying", "active", "closed"}),
        "closed": frozenset({"allocated", "trying", "active"}),
    },
    words={
        "waiting": "waiting for a link worker",
        "allocated": "has a link worker, not yet spoken",
        "trying": "trying to reach",
        "active": "being supported",
        "paused": "paused",
        "closed": "support has ended",
    },
)

APPOINTMENT = Moves(
    kind="appointment",
    allowed={
        "booked": frozenset({"happened", "missed", "not_brought", "cancelled", "moved"}),
        "happened": frozenset(),
        "missed": frozenset(),
        "not_brought": frozenset(),
        "cancelled": frozenset(),
        "moved": frozenset(),
    },
    words={
        "booked": "booked",
        "happened": "happened",
        "missed": "did not attend",
        "not_brought": "was not brought",
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

INTERPRETER = Moves(
    kind="interpreter",
    allowed={
        "needed": frozenset({"booked", "confirmed", "failed", "not_needed"}),
        "booked": frozenset({"confirmed", "failed", "not_needed"}),
        "confirmed": frozenset({"failed", "not_needed"}),
        "failed": frozenset({"booked", "confirmed", "not_needed"}),
        "not_needed": frozenset({"needed"}),
    },
    words={
        "needed": "not booked yet",
        "booked": "booked, not confirmed",
        "confirmed": "confirmed",
        "failed": "could not come",
        "not_needed": "not needed",
    },
)

HAND_OVER = Moves(
    kind="hand_over",
    allowed={
        "offered": frozenset({"accepted", "declined", "withdrawn"}),
        "accepted": frozenset(),
        "declined": frozenset(),
        "withdrawn": frozenset(),
    },
    words={
        "offered": "offered, waiting for their answer",
        "accepted": "accepted",
        "declined": "declined",
        "withdrawn": "taken back",
    },
)
