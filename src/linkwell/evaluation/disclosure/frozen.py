"""Released cells as they are kept: text that says the same for ever, with a hash that tells if it does not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from linkwell.evaluation.disclosure.cells import Count, Mean, as_kept, mean_as_kept
from linkwell.evaluation.refusal import Refused


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one release by name."""

    counts: Mapping[str, Count]
    means: Mapping[str, Mean]


@dataclass(frozen=True, slots=True)
class Frozen:
    """`digest` is the SHA-256 of `text`, in hexadecimal."""

    text: str
    digest: str


def freeze(cells: Cells) -> Frozen:
    """The cells as text: the same cells, the same bytes."""
    kept = {
        "counts": {name: cell.shown for name, cell in cells.counts.items()},
        "means": {name: [cell.value, cell.low, cell.high] for name, cell in cells.means.items()},
    }
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"))
    return Frozen(text, _digest(text))


def thaw(frozen: Frozen) -> Cells:
    """Raises Refused where the text is not what was frozen."""
    if _digest(frozen.text) != frozen.digest:
        raise Refused("These numbers are not the ones that were released, so they are not shown.")
    kept = json.loads(frozen.text)
    counts = {name: as_kept(count) for name, count in kept["counts"].items()}
    return Cells(counts, {name: mean_as_kept(*value) for name, value in kept["means"].items()})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
