"""Where a follow-up after discharge may go."""

from linkwell.core.moves import Moves

FOLLOW_UP = Moves(
    kind="follow_up",
    allowed={
        "due": frozenset({"done", "withdrawn"}),
        "done": frozenset({"due"}),
        "withdrawn": frozenset(),
    },
    words={"due": "to do", "done": "done", "withdrawn": "no longer needed"},
)
