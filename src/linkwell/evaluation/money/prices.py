"""Prices of one year in those of another, by a published index that says whose it is and when it came out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from math import isfinite
from pathlib import Path

from linkwell.evaluation.money.costs import Cost, Costs
from linkwell.evaluation.refusal import Refused

SHIPPED = Path(str(resources.files(__package__))) / "deflators.toml"
_YEARS = re.compile(r"(?P<first>20\d\d)(?:/(?P<last>\d\d))?")
# Of a financial year, the months from April to December are in the first calendar year.
_IN_FIRST = 0.75


@dataclass(frozen=True, slots=True)
class Deflator:
    """An index of prices by calendar year. Only its ratios are used."""

    source: str
    published: str
    licence: str
    index: Mapping[int, float]

    def level(self, prices: str) -> float | None:
        """Of "2023", of the financial year "2023/24", or the mean of the calendar years of "2022/24".

        None where the index does not reach so far, or the words name no year.
        """
        found = _YEARS.fullmatch(prices)
        if not found:
            return None
        first = int(found["first"])
        last = first // 100 * 100 + int(found["last"] or first % 100)
        levels = [self.index.get(year) for year in range(first, last + 1)]
        known = [level for level in levels if level is not None]
        if not known or len(known) < len(levels):
            return None
        return _IN_FIRST * known[0] + (1 - _IN_FIRST) * known[1] if len(known) == 2 else sum(known) / len(known)


@dataclass(frozen=True, slots=True)
class Priced:
    """Costs in the prices of one year, and in words how they came there."""

    costs: Costs
    to: str
    words: str


def read_deflator(path: Path = SHIPPED) -> Deflator:
    """Raises Refused for a file that does not say whose index it is, when it came out and under which licence."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        source, published, licence = (str(data[name]) for name in ("source", "published", "licence"))
        index = {int(year): float(level) for year, level in data["index"].items()}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, AttributeError, TypeError, ValueError) as error:
        raise Refused(f"{path.name} is no index of prices: it needs source, published, licence and [index].") from error
    if not all(isfinite(level) and level > 0 for level in index.values()):
        raise Refused(f"{path.name}: every level of the index is a number above nought.")
    return Deflator(source, published, licence, index)


def in_one_price(costs: Costs, kinds: Collection[str], deflator: Deflator, to: str = "") -> Priced:
    """The same costs in prices of `to`, or of the newest among those used of these kinds.

    Raises Refused where they are of different years and the index does not reach all of them.
    """
    years = {cost.prices for kind in kinds for cost in costs.of(kind) if cost.used}
    aim = to or max(years, default="")
    if years <= {aim}:
        return Priced(costs, aim, "All unit costs are of the same year, and none was moved to another.")
    unknown = sorted(year for year in {*years, aim} if deflator.level(year) is None)
    if unknown:
        raise Refused(
            f"Unit costs of different years ({', '.join(sorted({*years, aim}))}) are not added up as they are, and the "
            f"index of prices does not tell of {', '.join(unknown)}. Give a newer one with --deflator, or ask for "
            "kinds of the same year."
        )
    moved = tuple(_moved(cost, deflator, aim) for cost in costs.costs)
    return Priced(replace(costs, costs=moved), aim, _words(deflator, aim))


def _moved(cost: Cost, deflator: Deflator, aim: str) -> Cost:
    """One that the index does not reach stays as it is: it is shown and not counted with."""
    now, then = deflator.level(aim), deflator.level(cost.prices)
    if now is None or then is None:
        return cost
    factor = now / then
    return replace(cost, low=cost.low * factor, high=cost.high * factor, factor=factor)


def _words(deflator: Deflator, aim: str) -> str:
    return (
        f"Prices were moved to those of {aim} by {deflator.source}, published {deflator.published} "
        f"({deflator.licence}). It follows prices in the whole economy: what care costs may have risen faster or "
        "more slowly."
    )
