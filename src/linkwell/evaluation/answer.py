"""What every design gives back, and how it becomes JSON that is the same wherever it is made."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from enum import Enum
from math import isfinite
from typing import Any

from linkwell.evaluation.estimate import LEAST_P
from linkwell.evaluation.report import Report

# Digits that count: fewer than any estimator's agreement with another implementation, so that machines agree too.
DIGITS = 8
# Below this a number is what rounding left over, not a number.
NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Answer:
    """`numbers` may hold dataclasses, dates and numpy numbers. `n` is what a protocol's minimum is held against.

    `window` is the first and last day the data tell of, where they tell of days.
    """

    design: str
    n: int
    numbers: Mapping[str, object]
    report: Report
    window: tuple[dt.date, dt.date] | None = None


def as_json(numbers: Mapping[str, object]) -> str:
    """Sorted keys and fixed rounding; what is not known is null."""
    return json.dumps(plain(numbers), sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False)


def plain(value: Any) -> Any:
    """The same with nothing in it but what JSON knows."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): _p_value(plain(each)) if _is_p(str(key)) else plain(each) for key, each in value.items()}
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, float):
        return _rounded(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _is_p(name: str) -> bool:
    """Whether a number of this name is a p-value."""
    return name == "p" or name.endswith("_p")


def _p_value(value: Any) -> Any:
    return max(value, LEAST_P) if isinstance(value, float) else value


def _rounded(value: float) -> float | None:
    if not isfinite(value):
        return None
    return 0.0 if abs(value) < NOTHING else float(f"{value:.{DIGITS}g}")
