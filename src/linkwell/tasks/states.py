from linkwell.core.moves import Moves

TASK = Moves(
    kind="task",
    allowed={
        "open": frozenset({"done", "dropped"}),
        "done": frozenset({"open"}),
        "dropped": frozenset({"open"}),
    },
    words={"open": "to do", "done": "done", "dropped": "no longer needed"},
)
