"""What somebody who leaves would leave behind. Each app says what of its own waits for a person.

In `<app>/leavers.py` (imported at start):

    @queue_check("open cases")
    def open_cases(scope: Scope, user_id: UUID) -> int:
        return Case.objects.filter(worker_id=user_id, state__in=CASE.open_states).count()

and beside it, how all of it goes to somebody else in one act (run inside the action of whoever moves it):

    @queue_mover("open cases")
    def move_cases(scope: Scope, user_id: UUID, to_user_id: UUID) -> None: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from linkwell.core.scope import Scope

Check = Callable[[Scope, UUID], int]
Mover = Callable[[Scope, UUID, UUID], None]

_checks: dict[str, Check] = {}
_movers: dict[str, Mover] = {}


@dataclass(frozen=True, slots=True)
class Left:
    """Something still waiting for a person: how many, and what in plain words."""

    name: str
    count: int


def queue_check(name: str) -> Callable[[Check], Check]:
    """Register a count of what waits for one user in one organisation. `name` is plural: "open cases"."""

    def decorate(check: Check) -> Check:
        _checks[name] = check
        return check

    return decorate


def queue_mover(name: str) -> Callable[[Mover], Mover]:
    """Register how everything in the queue of this name goes from one user to another."""

    def decorate(mover: Mover) -> Mover:
        _movers[name] = mover
        return mover

    return decorate


def mover_of(name: str) -> Mover | None:
    """How a queue is moved; None for a name nobody registered."""
    return _movers.get(name)


def queues_without_a_mover() -> tuple[str, ...]:
    """Queues in which somebody's work could be stuck for good: there must be none."""
    return tuple(sorted(_checks.keys() - _movers.keys()))


def left_behind(scope: Scope, user_id: UUID) -> tuple[Left, ...]:
    """Everything that still waits for this person in the scope's organisation. Call it inside an action or query."""
    found = (Left(name, check(scope, user_id)) for name, check in sorted(_checks.items()))
    return tuple(left for left in found if left.count)
