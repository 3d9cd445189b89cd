"""Which page of a list an address asks for, and how many lines its reader likes to see."""

from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from linkwell.kernel.pages import Page

LAST = 10_000
_LINES: ContextVar[int | None] = ContextVar("lines", default=None)


def page_number(request: HttpRequest) -> int:
    """From `?page=`; 1 for anything that is not a sensible number."""
    text = request.GET.get("page", "")
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LAST))):
        return 1
    return min(max(int(text), 1), LAST)


def or_last(number: int, *, total: int, size: int) -> int:
    """The page asked for, or the last one there is: a list that grew shorter shows its end."""
    return min(number, max(1, -(-total // size)))


def to_the_first(request: HttpRequest, page: Page[Any]) -> HttpResponse | None:
    """The way to the first page where the one asked for is past the end, as when the last of its lines was done."""
    if page.rows or not page.has_previous or request.method == "POST":
        return None
    kept = request.GET.copy()
    del kept["page"]
    return redirect(f"{request.path}?{kept.urlencode()}" if kept else request.path)


def show_lines(lines: int | None) -> None:
    """From now on in this request, lists show so many lines; None for the usual number."""
    _LINES.set(lines)


def lines(usual: int) -> int:
    """How many lines a list shows at once: as its reader chose, else as is usual for it."""
    return _LINES.get() or usual
