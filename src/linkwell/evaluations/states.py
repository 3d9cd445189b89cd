"""What may become of an evaluation. Once fixed it is never written again: it is run, refused or given up."""

from linkwell.core.moves import Moves

EVALUATION = Moves(
    kind="evaluation",
    allowed={
        "draft": frozenset({"fixed", "dropped"}),
        "fixed": frozenset({"running", "refused", "abandoned"}),
        "running": frozenset({"finished", "refused"}),
        "finished": frozenset(),
        "refused": frozenset(),
        "abandoned": frozenset(),
        "dropped": frozenset(),
    },
    words={
        "draft": "being written",
        "fixed": "fixed, not run yet",
        "running": "being worked out",
        "finished": "worked out",
        "refused": "no answer can be given",
        "abandoned": "given up",
        "dropped": "thrown away before it was fixed",
    },
)
