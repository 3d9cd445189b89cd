"""What may become of a story. Nothing is used unchecked, and what is changed is checked anew."""

from linkwell.core.moves import Moves

STORY = Moves(
    kind="story",
    allowed={
        "draft": frozenset({"checking", "withdrawn"}),
        "checking": frozenset({"checked", "draft", "withdrawn"}),
        "checked": frozenset({"draft", "withdrawn"}),
        "withdrawn": frozenset(),
    },
    words={
        "draft": "being written",
        "checking": "waits for a second person",
        "checked": "checked, may be used as agreed",
        "withdrawn": "taken back, not used any more",
    },
)
