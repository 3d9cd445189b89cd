"""The delivery states of a message. "unknown" is never sent again by itself: it may have arrived."""

from linkwell.core.moves import Moves

MESSAGE = Moves(
    kind="message",
    allowed={
        "queued": frozenset({"sending", "held", "cancelled"}),
        "sending": frozenset({"sent", "unknown", "queued", "held"}),
        "sent": frozenset({"bounced"}),
        "unknown": frozenset({"sent", "bounced", "queued", "cancelled"}),
        "held": frozenset({"queued", "cancelled"}),
        "bounced": frozenset({"queued", "cancelled"}),
        "cancelled": frozenset(),
    },
    words={
        "queued": "waiting to go",
        "sending": "going now",
        "sent": "sent",
        "unknown": "we do not know if it arrived",
        "held": "not sent, needs attention",
        "bounced": "came back",
        "cancelled": "not sent, no longer needed",
    },
)
