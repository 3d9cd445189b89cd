"""What may become of a release. What was published is never changed, only withdrawn with a reason."""

from linkwell.core.moves import Moves

RELEASE = Moves(
    kind="release",
    allowed={
        "prepared": frozenset({"published", "discarded"}),
        "published": frozenset({"withdrawn"}),
        "discarded": frozenset(),
        "withdrawn": frozenset(),
    },
    words={
        "prepared": "waits for a second person",
        "published": "published",
        "discarded": "not published",
        "withdrawn": "withdrawn",
    },
)
