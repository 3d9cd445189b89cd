"""Which services are worth comparing in meaning, and how alike they are. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linkwell.directory.ranking.segment import KEPT_READY, Floats, Ints, Segment, signs_of
from linkwell.directory.sentences import DIMENSIONS

# With more services than are kept ready left by the facts, likeness is first looked for by signs alone.
LOOKED_AT = 3_000


@dataclass(frozen=True, slots=True)
class Meant:
    """The places among a part's rows whose likeness is worked out, and the meanings of these."""

    places: Ints
    meanings: Floats

    def likeness(self, rows: int, direction: Floats | None) -> Floats:
        """How alike in meaning to the direction, -1 to 1; 0 for the rows that are not looked at."""
        found = np.zeros(rows, np.float32)
        if direction is not None:
            found[self.places] = self.meanings @ direction
        return found


def meant_of(segment: Segment, rows: Ints, direction: Floats | None) -> Meant:
    """What these rows mean. Of very many, the signs of the numbers first say which are worth the sum."""
    if direction is None:
        return Meant(rows[:0], np.zeros((0, DIMENSIONS), np.float32))
    places = np.flatnonzero(segment.has_meaning[rows])
    if len(places) > KEPT_READY:
        apart = _signs_apart(segment, rows[places], direction)
        places = places[np.argpartition(apart, LOOKED_AT)[:LOOKED_AT]]
    return Meant(places, segment.meanings[rows[places]].astype(np.float32, copy=False))


def _signs_apart(segment: Segment, rows: Ints, direction: Floats) -> npt.NDArray[np.int32]:
    """On how many of the axes each of these rows lies on the other side of nought."""
    apart = np.zeros(len(rows), np.uint16)
    for signs, asked in zip(segment.signs, signs_of(direction[None, :])[0], strict=True):
        apart += np.bitwise_count(signs.take(rows) ^ asked)
    return apart.astype(np.int32)
