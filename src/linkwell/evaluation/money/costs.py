"""Unit costs as data: each with its source, the year of its prices, and its range."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from math import isfinite
from pathlib import Path
from typing import Any

from linkwell.evaluation.refusal import Refused

SHIPPED = Path(str(resources.files(__package__))) / "unit_costs.toml"
_KEYS = {"kind", "value", "low", "high", "prices", "source", "used", "why_not"}


@dataclass(frozen=True, slots=True)
class Cost:
    """Pounds for one unit. A single figure has `low` and `high` equal to it.

    `prices` is the year whose prices were published; `factor` what they were multiplied by to be those of another.
    """

    kind: str
    low: float
    high: float
    prices: str
    source: str
    used: bool = True
    why_not: str = ""
    factor: float = 1.0

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Costs:
    """`kinds` maps each kind to the words for many of it."""

    kinds: Mapping[str, str]
    costs: tuple[Cost, ...]

    def of(self, kind: str) -> tuple[Cost, ...]:
        """Every cost of a kind, those not used too. Raises Refused where none may be used."""
        if kind not in self.kinds:
            raise Refused(f"There is no unit cost of “{kind}”. Known are: {', '.join(sorted(self.kinds))}.")
        found = tuple(cost for cost in self.costs if cost.kind == kind)
        if not any(cost.used for cost in found):
            raise Refused(f"No unit cost of “{kind}” may be used.")
        return found


def read_costs(path: Path = SHIPPED) -> Costs:
    """Raises Refused for a file that does not say what each cost is, whose prices, or where it is from."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        kinds = {str(kind): str(words) for kind, words in data["kinds"].items()}
        rows = list(data["cost"])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, AttributeError, TypeError) as error:
        raise Refused(f"{path.name} is not a file of unit costs: it needs [kinds] and [[cost]].") from error
    return Costs(kinds, tuple(_cost(row, place, kinds) for place, row in enumerate(rows, start=1)))


def _cost(row: Any, place: int, kinds: Mapping[str, str]) -> Cost:
    if not isinstance(row, dict) or set(row) - _KEYS:
        raise Refused(f"Cost {place}: it may hold {', '.join(sorted(_KEYS))}, and nothing else.")
    low, high = (_pounds(row.get(end, row.get("value")), place) for end in ("low", "high"))
    if low > high:
        raise Refused(f"Cost {place}: its range goes from low to high.")
    if row.get("kind") not in kinds or not row.get("prices") or not row.get("source"):
        raise Refused(f"Cost {place}: it says one of the kinds, the year of its prices, and its source.")
    return Cost(
        kind=row["kind"],
        low=low,
        high=high,
        prices=str(row["prices"]),
        source=str(row["source"]),
        used=bool(row.get("used", True)),
        why_not=str(row.get("why_not", "")),
    )


def _pounds(value: Any, place: int) -> float:
    if not isinstance(value, int | float) or not isfinite(value) or value <= 0:
        raise Refused(f"Cost {place}: a value above nought is needed, or a range from low to high.")
    return float(value)
