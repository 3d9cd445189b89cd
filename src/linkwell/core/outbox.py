"""What may come seconds later: an event written in the action's transaction, handled after the commit.

One row for each handler of an event. Handlers are registered by the apps in `handlers.py`; the worker
(`core.worker`) leases rows with a fencing token. Rows hold ids only, never personal data.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linkwell.core import many_rows
from linkwell.core.installation import epoch
from linkwell.core.models import OutboxEvent
from linkwell.core.scope import Scope
from linkwell.kernel import clock

Handle = Callable[[Scope, UUID], None]
HandleAll = Callable[[Scope, frozenset[UUID]], None]


@dataclass(frozen=True, slots=True)
class Handler:
    """A function for an event. `external` ones talk to the outside and so run outside any transaction.

    `all_at_once` is set where many objects cost hardly more than one: whatever is ready is handled by one call.
    """

    name: str
    function: Handle
    external: bool = False
    all_at_once: HandleAll | None = None


_handlers: dict[str, dict[str, Handler]] = {}


def handles(event: str, *, external: bool = False) -> Callable[[Handle], Handle]:
    """Register a function for an event. It is given a system scope of the event's organisation and the object's id.

    It runs in one transaction with the mark that it is done, and must be safe to run again. An `external` one is
    called outside any transaction, opens its own, and is marked done afterwards.
    """

    def decorate(function: Handle) -> Handle:
        name = f"{function.__module__}.{function.__qualname__}"
        _handlers.setdefault(event, {})[name] = Handler(name, function, external)
        return function

    return decorate


def handles_all_at_once(event: str) -> Callable[[HandleAll], HandleAll]:
    """Register a function that is given the ids of all objects of one organisation that are ready.

    It runs in one transaction with the marks that they are done. Where it fails, each is tried again alone, so that
    one that cannot be handled holds up no other.
    """

    def decorate(function: HandleAll) -> HandleAll:
        def one(scope: Scope, object_id: UUID) -> None:
            function(scope, frozenset([object_id]))

        name = f"{function.__module__}.{function.__qualname__}"
        _handlers.setdefault(event, {})[name] = Handler(name, one, all_at_once=function)
        return function

    return decorate


def handler_named(event: str, name: str) -> Handler:
    """The handler a row was written for. Raises KeyError when this version of the program no longer has it."""
    return _handlers[event][name]


def all_at_once(event: str, name: str) -> HandleAll | None:
    """How the handler takes many objects at once; None where it does not, or is no longer there."""
    handler = _handlers.get(event, {}).get(name)
    return handler.all_at_once if handler else None


def registered() -> dict[str, tuple[str, ...]]:
    """Every event somebody handles, and by which functions."""
    return {event: tuple(sorted(handlers)) for event, handlers in _handlers.items()}


def emit(scope: Scope, event: str, *, object_id: UUID, after: datetime | None = None, once: str = "") -> None:
    """Queue an event for each of its handlers. `after` delays it; a second emit with the same key `once` is nothing."""
    rows = [
        OutboxEvent(
            organisation_id=scope.organisation_id,
            event=event,
            handler=name,
            object_id=object_id,
            available_at=after or clock.now(),
            epoch=epoch(),
            once_key=f"{once}:{name}" if once else None,
        )
        for name in _handlers.get(event, {})
    ]
    if rows:
        OutboxEvent.objects.bulk_create(rows, ignore_conflicts=bool(once))


def emit_many(scope: Scope, event: str, object_ids: Iterable[UUID]) -> None:
    """Queue an event for each of these, in one statement."""
    handlers, now, life = _handlers.get(event, {}), clock.now(), epoch()
    mine = {"organisation_id": scope.organisation_id, "event": event, "available_at": now, "epoch": life}
    rows = [
        many_rows.new(OutboxEvent, **mine, handler=name, object_id=object_id)
        for object_id in object_ids
        for name in handlers
    ]
    many_rows.insert(OutboxEvent, rows)
