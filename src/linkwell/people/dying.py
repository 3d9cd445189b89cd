"""What stops when somebody has died, and what can be brought back after a mistake.

Apps above register what they know of. What is registered with `at_once` runs in the transaction that records the
death; everything else follows the event "person.died" within seconds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from linkwell.core.scope import Scope

AtOnce = Callable[[Scope, UUID, tuple[UUID, ...]], None]
BringBack = Callable[[Scope, UUID, str], bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that stops. `words` says what happened to it, `by_hand` what to do where it was a mistake.

    `page` is the route of the thing, with its id as the one argument; "" for none. `bring_back` is given a scope, the
    thing and the state it was in, and says whether it is as it was: without it, or at False, a person does it by hand.
    """

    words: str
    by_hand: str
    page: str = ""
    bring_back: BringBack | None = None


_at_once: dict[str, AtOnce] = {}
_kinds: dict[str, Kind] = {}


def at_once(function: AtOnce) -> AtOnce:
    """Register a function given a scope, the death and all records of the person. It must be safe to run again."""
    _at_once[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def stops(kind: str, description: Kind) -> None:
    """Say what becomes of one kind of thing."""
    _kinds[kind] = description


def stop_at_once(scope: Scope, death_id: UUID, person_ids: tuple[UUID, ...]) -> None:
    for name in sorted(_at_once):
        _at_once[name](scope, death_id, person_ids)


def kind_of(kind: str) -> Kind:
    """A kind nobody describes any more is still shown."""
    return _kinds.get(kind, Kind("Something was stopped", "Look at it again."))
