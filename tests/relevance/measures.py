"""nDCG@10, MRR and precision at ten, by their usual definitions. Grades: 3 just right, 2 good, 1 some use."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
TOP = 10


@dataclass(frozen=True, slots=True)
class Need:
    """A need as somebody would say it, and the grade of each record of the feed that answers it."""

    words: str
    judged: dict[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over all needs."""

    ndcg: float
    mrr: float
    precision: float


def needs(name: str) -> list[Need]:
    read = json.loads((FOLDER / f"{name}.json").read_text())
    return [Need(each["need"], each["judged"]) for each in read["needs"]]


def ndcg(found: Sequence[str], judged: dict[str, int]) -> float:
    """Gain 2^grade - 1, discounted by the logarithm of the place, as a share of the best possible order."""
    gain = sum((2 ** judged.get(each, 0) - 1) / math.log2(place + 2) for place, each in enumerate(found[:TOP]))
    ideal = sorted(judged.values(), reverse=True)[:TOP]
    best = sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(ideal))
    return float(gain / best)


def figures(answers: Sequence[Sequence[str]], asked: Sequence[Need]) -> Figures:
    """`answers`: for each need, record ids in the order they were found."""
    pairs = list(zip(answers, asked, strict=True))
    firsts = [
        next((1 / (place + 1) for place, each in enumerate(found) if each in need.judged), 0.0) for found, need in pairs
    ]
    return Figures(
        ndcg=sum(ndcg(found, need.judged) for found, need in pairs) / len(pairs),
        mrr=sum(firsts) / len(pairs),
        precision=sum(sum(each in need.judged for each in found[:TOP]) / TOP for found, need in pairs) / len(pairs),
    )
