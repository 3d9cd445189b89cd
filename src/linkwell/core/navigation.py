"""The main menu. Each app declares its items; a person sees those their role may open."""

from dataclasses import dataclass

from linkwell.core.permissions import Permission
from linkwell.core.scope import Scope


@dataclass(frozen=True, slots=True)
class NavItem:
    """One item: its words, the route it opens, who sees it, and its place in the row."""

    label: str
    route: str
    permission: Permission
    order: int


_items: list[NavItem] = []


def nav_item(label: str, route: str, *, permission: Permission, order: int) -> None:
    _items.append(NavItem(label, route, permission, order))


def items_for(scope: Scope) -> list[NavItem]:
    return sorted((item for item in _items if scope.may(item.permission)), key=lambda item: item.order)
