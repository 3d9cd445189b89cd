"""States as data: which there are, where each may lead, and the words for them."""

from collections.abc import Mapping
from dataclasses import dataclass

from linkwell.kernel.errors import InvalidMove


@dataclass(frozen=True)
class Moves:
    """The states of one kind of thing and where each may lead. `words` says each on screen."""

    kind: str
    allowed: Mapping[str, frozenset[str]]
    words: Mapping[str, str]

    @property
    def states(self) -> frozenset[str]:
        return frozenset(self.allowed)

    @property
    def open_states(self) -> frozenset[str]:
        """States that still lead somewhere."""
        return frozenset(state for state, after in self.allowed.items() if after)

    def check(self, before: str, after: str) -> None:
        if after not in self.allowed.get(before, frozenset()):
            raise InvalidMove(
                f"This {self.kind} is “{self.words.get(before, before)}”"
                f" and cannot become “{self.words.get(after, after)}”."
            )
