"""What needs attention in an organisation. Each app adds its own lines to the admin page.

In `<app>/attention.py` (imported at start):

    @needs_attention("Messages that could not be sent", "messaging:sent", permission=SEE_MESSAGES)
    def held(scope: Scope) -> int:
        return ...
"""

from collections.abc import Callable
from dataclasses import dataclass

from linkwell.core.permissions import Permission
from linkwell.core.scope import Scope

Count = Callable[[Scope], int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, the route that lists what is meant, who sees it, and how it is counted."""

    words: str
    route: str
    permission: Permission
    count: Count


@dataclass(frozen=True, slots=True)
class Attention:
    """A line that has something to show now."""

    words: str
    route: str
    count: int


_lines: list[Line] = []


def needs_attention(words: str, route: str, *, permission: Permission) -> Callable[[Count], Count]:
    """Register a count; it runs inside a query of the scope asked about. `route` takes no arguments."""

    def decorate(count: Count) -> Count:
        _lines.append(Line(words, route, permission, count))
        return count

    return decorate


def counted(scope: Scope) -> tuple[Attention, ...]:
    """The lines this role may see that are not empty. Call it inside a query."""
    seen = (line for line in _lines if scope.may(line.permission))
    found = (Attention(line.words, line.route, line.count(scope)) for line in seen)
    return tuple(each for each in found if each.count)
