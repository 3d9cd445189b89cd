"""Where somebody we could offer support to may go. A rule only finds; every other step is a person's."""

from linkwell.core.moves import Moves

# Whoever a rule no longer finds, and whom nobody has offered anything, is gone from the list; being found brings back.
_WAYS_OUT = frozenset({"asked_not", "gone"})
CANDIDATE = Moves(
    kind="candidate",
    allowed={
        "open": frozenset({"offered", "not_suitable"}) | _WAYS_OUT,
        "offered": frozenset({"open", "accepted", "chose_not", "not_suitable"}) | _WAYS_OUT,
        # Found in a later stay, or after nothing came of a yes, they can be offered support like anybody else.
        "accepted": frozenset({"open", "offered"}) | _WAYS_OUT,
        "chose_not": frozenset({"open", "offered"}) | _WAYS_OUT,
        "not_suitable": frozenset({"open"}) | _WAYS_OUT,
        # What they answered stands again when it was said under a record that turned out to be somebody else's.
        "asked_not": frozenset({"open", "accepted", "chose_not", "gone"}),
        "gone": frozenset({"open", "asked_not", "not_suitable", "accepted", "chose_not"}),
    },
    words={
        "open": "not offered yet",
        "offered": "offered, no answer yet",
        "accepted": "said yes",
        "chose_not": "chose not to",
        "not_suitable": "not suitable now",
        "asked_not": "asked us not to offer",
        "gone": "not on the list now",
    },
)
