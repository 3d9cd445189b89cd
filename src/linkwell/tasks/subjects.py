"""Which page shows the thing a task is about. Each app says so for its own things, in its `navigation.py`."""

from uuid import UUID

from django.urls import reverse

_pages: dict[str, str] = {}


def page_of(about_kind: str, route: str) -> None:
    """Say that things of this kind are shown by this route, whose one argument is the thing's id."""
    _pages[about_kind] = route


def address(about_kind: str, about_id: UUID) -> str:
    """The page of the thing; empty for a kind that has none."""
    route = _pages.get(about_kind)
    return reverse(route, args=[about_id]) if route else ""
