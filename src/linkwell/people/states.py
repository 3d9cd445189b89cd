"""Where a safeguarding concern may go (it stays in the lead's queue until it is closed), and a record that may go."""

from linkwell.core.moves import Moves

CONCERN = Moves(
    kind="concern",
    allowed={
        "raised": frozenset({"lead_told"}),
        "lead_told": frozenset({"referred", "watching", "closed"}),
        "referred": frozenset({"feedback", "closed"}),
        "watching": frozenset({"referred", "closed"}),
        "feedback": frozenset({"referred", "watching", "closed"}),
        "closed": frozenset({"lead_told"}),
    },
    words={
        "raised": "raised, waiting for the safeguarding lead",
        "lead_told": "with the safeguarding lead",
        "referred": "referred, waiting to hear back",
        "watching": "no referral, watching",
        "feedback": "heard back",
        "closed": "closed",
    },
)

# Gone is for good: only a second person's agreement leads there.
DISPOSAL = Moves(
    kind="disposal",
    allowed={
        "proposed": frozenset({"agreed", "kept"}),
        "agreed": frozenset({"gone", "kept"}),
        "kept": frozenset(),
        "gone": frozenset(),
    },
    words={
        "proposed": "waiting for a second person",
        "agreed": "agreed, going now",
        "kept": "kept",
        "gone": "gone",
    },
)
