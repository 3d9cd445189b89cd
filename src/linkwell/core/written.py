"""Questions that are asked on every page, put into SQL once.

Django writes the SQL of a queryset anew each time it is asked; on a page of twenty small questions that takes longer
than the database takes to answer. A question marked here is written once for each number of identifiers it is given,
and asked with others from then on. It goes the way of every question: in the open scope, under row-level security.
Only the words of the question are kept, never an answer.
"""

from collections.abc import Callable, Collection, Iterable
from copy import copy
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet

Row = TypeVar("Row")
Given = UUID | str | Collection[UUID]
# A question about more things than this is a list of its own, and seldom asked twice with as many.
MOST = 30


class Written:
    """One queryset as SQL, with the places of what it is given."""

    def __init__(self, build: Callable[..., QuerySet[Any]], shape: tuple[int | str | None, ...]) -> None:
        marks = [_mark(number, size) for number, size in enumerate(shape)]
        flat = _flat(marks)
        self.rows: Any = build(*marks)
        self.compiler = self.rows.query.get_compiler(connection=connection)
        self.sql, self.params = self.compiler.as_sql()
        self.converters: Any = None
        # Nothing is ever added to the question again, so what it is made of need not be copied with it.
        query = self.rows.query
        query.chain = lambda *_, **__: copy(query)  # type: ignore[method-assign]
        self.places = [flat.index(each) if each in flat else None for each in self.params]

    def ask(self, given: Collection[Given]) -> list[Any]:
        flat = _flat(given)
        pairs = zip(self.places, self.params, strict=True)
        asked = self.sql, tuple(param if place is None else flat[place] for place, param in pairs)
        # Connections belong to threads, and what reads the answer belongs to the connection.
        compiler: Any = copy(self.compiler)
        compiler.connection, compiler.as_sql = connections[DEFAULT_DB_ALIAS], lambda *_, **__: asked
        compiler.get_converters = self._converters_of
        rows = self.rows.all()
        rows.query.get_compiler = lambda *_, **__: compiler
        return list(rows)

    def _converters_of(self, columns: Iterable[Any]) -> Any:
        """What turns each column into a value: the same for every answer."""
        if self.converters is None:
            self.converters = self.compiler.get_converters(columns)
        return self.converters


def written_once(build: Callable[..., QuerySet[Any, Row]]) -> Callable[..., list[Row]]:
    """Ask the queryset that `build` makes of identifiers, or of collections of them; its rows.

    A word (a role, a page) is part of the question: there is one for each. There must be few of them.
    `build` may depend on nothing but what it is given: a date of today in it would stay that of the first asking.
    """
    known: dict[tuple[int | str | None, ...], Written] = {}

    @wraps(build)
    def ask(*given: Given) -> list[Row]:
        shape = tuple(_shape(each) for each in given)
        if 0 in shape:
            return []
        if any(isinstance(size, int) and size > MOST for size in shape):
            return list(build(*given))
        if shape not in known:
            known[shape] = Written(build, shape)
        return known[shape].ask(given)

    return ask


def _shape(given: Given) -> int | str | None:
    if isinstance(given, UUID | str):
        return given if isinstance(given, str) else None
    return len(given)


def _mark(number: int, size: int | str | None) -> Given:
    """Stands for what will be given; nothing has such an identifier. A word stands for itself."""
    if isinstance(size, str):
        return size
    if size is None:
        return UUID(int=(number + 1) << 64)
    return tuple(UUID(int=((number + 1) << 64) + each) for each in range(1, size + 1))


def _flat(given: Collection[Given]) -> list[UUID]:
    """Every identifier in the order it is given."""
    found: list[UUID] = []
    for each in given:
        if not isinstance(each, str):
            found.extend((each,) if isinstance(each, UUID) else each)
    return found
