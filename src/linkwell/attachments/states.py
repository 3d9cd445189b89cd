"""What may become of an attached file. Only a file that was checked can be opened, unless the place decided otherwise.

"unchecked" is looked at again by itself. The bytes of a harmful file are gone at once, of a removed one after a while.
"""

from linkwell.core.moves import Moves

ATTACHMENT = Moves(
    kind="attachment",
    allowed={
        "waiting": frozenset({"clean", "harmful", "unchecked", "removed"}),
        "unchecked": frozenset({"waiting", "removed"}),
        "clean": frozenset({"removed"}),
        "harmful": frozenset(),
        "removed": frozenset({"waiting", "gone"}),
        "gone": frozenset(),
    },
    words={
        "waiting": "being checked for viruses",
        "unchecked": "not checked for viruses yet",
        "clean": "checked, no virus found",
        "harmful": "kept out: a virus was found in it",
        "removed": "taken off",
        "gone": "taken off for good",
    },
)
