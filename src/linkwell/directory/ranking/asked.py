"""What is asked of the arrays: facts that must hold, words and a meaning that should fit, and from where. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Facts:
    """What must hold. `day` is 0 for Monday; `start` and `end` are its minutes. `languages` are in small letters."""

    free: bool = False
    step_free: bool = False
    online: bool = False
    no_referral: bool = False
    has_room: bool = False
    kind: str = ""
    need: str = ""
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    age: int | None = None
    day: int | None = None
    start: int = 0
    end: int = 1440
    # The date itself where "today" or "tomorrow" was asked.
    on: int | None = None
    within_km: float | None = None

    @property
    def asks_when(self) -> bool:
        return self.day is not None or self.on is not None or (self.start, self.end) != (0, 1440)


@dataclass(frozen=True, slots=True)
class Word:
    """One thing asked for: the terms of the word itself, and of others that stand for it."""

    own: tuple[str, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """`direction` is None without a model. `urgent` are terms and codes of the help that comes first."""

    facts: Facts = field(default_factory=Facts)
    words: tuple[Word, ...] = ()
    without: tuple[str, ...] = ()
    without_tags: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    direction: npt.NDArray[np.float32] | None = None
    near: tuple[float, float] | None = None
    today: int = 0
    urgent_terms: tuple[str, ...] = ()
    urgent_kinds: frozenset[str] = frozenset()
    urgent_needs: frozenset[str] = frozenset()

    @property
    def says_something(self) -> bool:
        asked = self.words or self.kinds or self.needs or self.tags or self.urgent_terms
        return bool(asked) or self.direction is not None
