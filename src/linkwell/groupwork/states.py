"""Where a session, a clinic, one of its times and a meeting may go."""

from linkwell.core.moves import Moves

_HELD = {
    "planned": frozenset({"held", "cancelled"}),
    "held": frozenset[str](),
    "cancelled": frozenset({"planned"}),
}
_HELD_WORDS = {"planned": "planned", "held": "took place", "cancelled": "cancelled"}

SESSION = Moves(kind="worker_session", allowed=_HELD, words=_HELD_WORDS)
CLINIC = Moves(kind="clinic", allowed=_HELD, words=_HELD_WORDS)
MEETING = Moves(kind="meeting", allowed=_HELD, words=_HELD_WORDS)

SLOT = Moves(
    kind="clinic_slot",
    allowed={
        "free": frozenset({"booked", "withdrawn"}),
        "booked": frozenset({"free", "used", "not_used", "withdrawn"}),
        "used": frozenset(),
        "not_used": frozenset(),
        "withdrawn": frozenset(),
    },
    words={
        "free": "free",
        "booked": "booked",
        "used": "they came",
        "not_used": "nobody came",
        "withdrawn": "the clinic is cancelled",
    },
)
