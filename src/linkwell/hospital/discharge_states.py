"""Where a follow-up after discharge may go."""

from linkwell.core.moves import Moves

FOLLOW_UP = Moves(
    kind="follow_up",
    allowed={
        "due": frozenset({"done", "withdrawn"}),
        "done": frozenset({"due"}),
        # What somebody withdrew by hand can be undone; what was withdrawn by itself is planned anew where need be.
        "withdrawn": frozenset({"due"}),
    },
    words={"due": "to do", "done": "done", "withdrawn": "no longer needed"},
)
