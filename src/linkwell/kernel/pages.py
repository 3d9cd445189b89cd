"""One page of a longer list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows of page `number` (from 1), `size` a page. `total` is None where counting costs too much."""

    rows: tuple[T, ...]
    number: int
    size: int
    has_next: bool
    total: int | None = None

    def __post_init__(self) -> None:
        if self.number < 1 or self.size < 1 or len(self.rows) > self.size:
            raise ValueError("a page is numbered from 1 and holds at most its size")

    @classmethod
    def of(cls, fetched: Sequence[T], *, number: int, size: int, total: int | None = None) -> Page[T]:
        """A page from `size + 1` rows fetched: the extra one only tells that there is more."""
        return cls(tuple(fetched[:size]), number, size, len(fetched) > size, total)

    def map(self, change: Callable[[T], U]) -> Page[U]:
        """The same page with every row changed, for presenters."""
        return Page(tuple(change(row) for row in self.rows), self.number, self.size, self.has_next, self.total)

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def first(self) -> int:
        """The place of the first row in the whole list, from 1; 0 on an empty page."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The place of the last row in the whole list; 0 on an empty page."""
        return (self.number - 1) * self.size + len(self.rows) if self.rows else 0

    @property
    def pages(self) -> int | None:
        """How many pages there are, at least 1; None when nobody counted."""
        return None if self.total is None else max(1, -(-self.total // self.size))

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)
