"""Lists of what is planned, and of what took place: the same for sessions, clinics and meetings."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, QuerySet

from linkwell.kernel.pages import Page

SIZE = 25
M = TypeVar("M", bound=Model)
R = TypeVar("R")


def planned_or_past(rows: QuerySet[M], row_of: Callable[[M], R], page: int, *, past: bool) -> Page[R]:
    """What is still to be written up, the soonest first; with `past` what took place or was cancelled, newest first."""
    if past:
        rows = rows.exclude(state="planned").order_by("-starts_at", "-pk")
    else:
        rows = rows.filter(state="planned").order_by("starts_at", "pk")
    start = (page - 1) * SIZE
    return Page.of([row_of(each) for each in rows[start : start + SIZE + 1]], number=page, size=SIZE)
