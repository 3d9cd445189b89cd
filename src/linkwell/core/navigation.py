"""The main menu. Each app declares its items; a person sees those their role may open."""

from dataclasses import dataclass

from linkwell.core.permissions import Permission
from linkwell.core.scope import Scope


@dataclass(frozen=True, slots=True)
class NavItem:
    """One item: its words, the route it opens, who sees it, and its place in the row.

    `kind`: only in organisations of this kind, such as a hospital's own pages.
    """

    label: str
    route: str
    permission: Permission
    order: int
    kind: str = ""


_items: list[NavItem] = []


def nav_item(label: str, route: str, *, permission: Permission, order: int, kind: str = "") -> None:
    _items.append(NavItem(label, route, permission, order, kind))


def items_for(scope: Scope, kind: str) -> list[NavItem]:
    """The items of somebody in an organisation of this kind, in their order."""
    shown = (item for item in _items if scope.may(item.permission) and item.kind in ("", kind))
    return sorted(shown, key=lambda item: item.order)
