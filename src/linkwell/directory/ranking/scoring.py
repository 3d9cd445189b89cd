"""From what is asked to an order: facts first, then fit by words and by meaning, then distance, room and trust. Pure.

Fit is what decides. Nothing here knows who pays whom, and there is no column that could say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from uuid import UUID

import numpy as np
import numpy.typing as npt

from linkwell.directory.ranking.asked import Asked, Word
from linkwell.directory.ranking.entries import bits
from linkwell.directory.ranking.facts import holding
from linkwell.directory.ranking.meaning import Meant, meant_of
from linkwell.directory.ranking.segment import ROOMS, Flags, Floats, Ints, Segment

# Words: how fast more of the same word stops counting, and how much a long text is held back (BM25).
SATURATION, LENGTH = 1.4, 0.6
# A word that only stands for the one typed.
STANDS_FOR = 0.7
# How the parts of fit are weighed: see docs/decisions/0020 and the table of relevance.
BY_WORDS, BY_MEANING, BY_KIND, BY_TAG, BY_NEED = 0.25, 1.0, 0.12, 0.12, 0.04
# The nearest few say in the directory's own words what was meant: how much the direction leans towards them.
NEAREST, LEANS = 3, 0.3
URGENT = 3.0
# In its name, or twice in what it says of itself: the help is for this, and does not only mention it.
OF_ITSELF = 2.0
# Below this a likeness of meaning says nothing; that far below the best it is not shown.
LEAST_LIKENESS, SPREAD = 0.26, 0.3
# What a kilometre costs, and the rest: shares of the fit.
FAR_COSTS, HALF_WAY_KM, NOWHERE_KM = 0.35, 6.0, 12.0
ROOM_SHARE = {"full": 0.82, "waiting": 0.92, "room": 1.03, "few": 1.01}
OLD_DAYS, OLD_SHARE, UNSURE_SHARE, PAUSED_SHARE = 730, 0.95, 0.98, 0.6
KM_A_DEGREE = 111.195


@dataclass(frozen=True, slots=True)
class Scored:
    """One service of the order. `km` is None without a place; `likeness` without a meaning. `hits`: words answered."""

    id: UUID
    score: float
    fit: float
    km: float | None
    likeness: float | None
    hits: tuple[int, ...]
    urgent: bool


@dataclass(slots=True)
class Part:
    """The services of one segment that the facts allow, as `rows` of it, and their scores: a number for each row."""

    segment: Segment
    rows: Ints
    words: Floats
    hit: list[Flags]
    likeness: Floats
    codes: Floats
    urgent: Flags
    km: Floats
    meant: Meant
    leaning: Floats


def order(segments: list[tuple[Segment, Flags]], asked: Asked, most: int, start: int = 0) -> tuple[list[Scored], int]:
    """Services `start` to `start + most` of the best order, and how many answer. A flag says which rows are current."""
    rare = _rarity([segment for segment, _ in segments], asked)
    parts = [_part(segment, current, asked, rare) for segment, current in segments]
    _lean(parts, asked)
    fit, shown = _fit(parts, asked)
    km = np.concatenate([part.km for part in parts])
    total = fit * _distance_share(km, asked) * np.concatenate([_share(part, asked) for part in parts])
    total = total + URGENT * np.concatenate([part.urgent for part in parts])
    names = np.concatenate([part.segment.names[part.rows] for part in parts])
    places = np.flatnonzero(shown)
    best = _first(places, total[places], km[places], names[places], asked.says_something, start + most)[start:]
    return [_scored(int(place), parts, total, fit, km, asked) for place in best], len(places)


def _part(segment: Segment, current: Flags, asked: Asked, rare: dict[str, float]) -> Part:
    km = _kilometres(segment, asked.near)
    allowed = current & holding(segment, asked.facts, km, asked.today)
    for terms in asked.without:
        allowed[_having(segment, terms)] = False
    if asked.without_tags:
        allowed &= (segment.masks["tags"] & np.uint64(bits("tags", asked.without_tags))) == 0
    rows = np.flatnonzero(allowed)
    words, hit = _by_words(segment, rows, asked.words, rare)
    meant = meant_of(segment, rows, asked.direction)
    return Part(
        segment,
        rows,
        words,
        hit,
        meant.likeness(len(rows), asked.direction),
        _codes(segment, rows, asked),
        _urgent(segment, rows, asked),
        km[rows],
        meant,
        np.zeros(len(rows), np.float32),
    )


def _fit(parts: list[Part], asked: Asked) -> tuple[Floats, Flags]:
    words = np.concatenate([part.words for part in parts])
    if not asked.says_something:
        return np.ones(len(words), np.float32), np.ones(len(words), bool)
    likeness = np.concatenate([part.likeness for part in parts])
    codes = np.concatenate([part.codes for part in parts])
    urgent = np.concatenate([part.urgent for part in parts])
    best = float(likeness.max(initial=0))
    alike = likeness >= max(LEAST_LIKENESS, best - SPREAD)
    most = float(words.max(initial=0))
    fit = BY_MEANING * np.concatenate([part.leaning for part in parts]) + codes
    if most > 0:
        fit = fit + BY_WORDS * words / most
    return fit.astype(np.float32), (words > 0) | (codes > 0) | alike | urgent


def _rarity(segments: list[Segment], asked: Asked) -> dict[str, float]:
    """How telling each term is: the rarer, the more."""
    services = sum(len(segment) for segment in segments)
    terms = {term for word in asked.words for term in (*word.own, *word.others)}
    having = {term: sum(len(segment.postings(term)[0]) for segment in segments) for term in terms}
    return {term: float(np.log1p((services - had + 0.5) / (had + 0.5))) for term, had in having.items() if had}


def _by_words(
    segment: Segment, rows: Ints, words: tuple[Word, ...], rare: dict[str, float]
) -> tuple[Floats, list[Flags]]:
    total = np.zeros(len(rows), np.float32)
    hits: list[Flags] = []
    usual = float(segment.lengths.mean()) if len(segment) else 1.0
    for word in words:
        best = np.zeros(len(segment), np.float32)
        for term in word.own:
            _add(segment, term, rare.get(term, 0.0), usual, best)
        for term in word.others:
            other = np.zeros(len(segment), np.float32)
            _add(segment, term, rare.get(term, 0.0) * STANDS_FOR, usual, other)
            np.maximum(best, other, out=best)
        found = best[rows]
        hits.append(found > 0)
        total += found
    return total, hits


def _add(segment: Segment, term: str, weight: float, usual: float, into: Floats) -> None:
    rows, counts = segment.postings(term)
    held_back = SATURATION * (1 - LENGTH + LENGTH * segment.lengths[rows] / usual)
    into[rows] += weight * counts * (SATURATION + 1) / (counts + held_back)


def _lean(parts: list[Part], asked: Asked) -> None:
    """Likeness once more, to a direction that leans towards the nearest few (as Rocchio did for words)."""
    if asked.direction is None:
        return
    likest = sorted(
        ((float(part.likeness[place]), number, place) for number, part in enumerate(parts) for place in _likest(part)),
        reverse=True,
    )[:NEAREST]
    if not likest:
        return
    nearest = [parts[number].segment.meanings[parts[number].rows[place]] for _, number, place in likest]
    direction = asked.direction + LEANS * np.mean(np.array(nearest, np.float32), axis=0)
    direction = direction / np.linalg.norm(direction)
    for part in parts:
        part.leaning = part.meant.likeness(len(part.rows), direction)


def _likest(part: Part) -> list[int]:
    few = min(NEAREST, len(part.likeness))
    if not few:
        return []
    likest = np.argpartition(-part.likeness, few - 1)[:few]
    return [int(place) for place in likest if part.likeness[place] > 0]


def _codes(segment: Segment, rows: Ints, asked: Asked) -> Floats:
    total = np.zeros(len(rows), np.float32)
    for table, codes, weight in (
        ("kinds", asked.kinds, BY_KIND), ("tags", asked.tags, BY_TAG), ("needs", asked.needs, BY_NEED)
    ):  # fmt: skip
        if codes:
            total += weight * ((segment.masks[table][rows] & np.uint64(bits(table, codes))) != 0)
    return total


def _urgent(segment: Segment, rows: Ints, asked: Asked) -> Flags:
    found = np.zeros(len(segment), bool)
    for table, codes in (("kinds", asked.urgent_kinds), ("needs", asked.urgent_needs)):
        if codes:
            found |= (segment.masks[table] & np.uint64(bits(table, codes))) != 0
    for term in asked.urgent_terms:
        having, counts = segment.postings(term)
        found[having[counts >= OF_ITSELF]] = True
    urgent: Flags = found[rows]
    return urgent


def _having(segment: Segment, term: str) -> npt.NDArray[np.int32]:
    return segment.postings(term)[0]


def _kilometres(segment: Segment, near: tuple[float, float] | None) -> Floats:
    """To the nearest place of each service, on a flat map: exact enough within a county. Infinite without a place."""
    found = np.full(len(segment), np.inf, np.float32)
    if near is None or not len(segment.place_rows):
        return found
    latitudes, longitudes = segment.places
    up = (latitudes - np.float32(near[0])) * np.float32(KM_A_DEGREE)
    across = (longitudes - np.float32(near[1])) * np.float32(KM_A_DEGREE * cos(radians(near[0])))
    np.minimum.at(found, segment.place_rows, np.sqrt(up * up + across * across))
    return found


def _distance_share(km: Floats, asked: Asked) -> Floats:
    if asked.near is None:
        return np.ones(len(km), np.float32)
    # Somewhere without a place of its own (by telephone, online) stands behind what is round the corner.
    away = np.where(np.isfinite(km), km, NOWHERE_KM)
    share: Floats = (1 - FAR_COSTS * away / (away + HALF_WAY_KM)).astype(np.float32)
    return share


def _share(part: Part, asked: Asked) -> Floats:
    """What room and trust leave of the fit."""
    segment, rows = part.segment, part.rows
    by_room = np.array([ROOM_SHARE.get(room, 1.0) for room in ROOMS], np.float32)
    share = by_room[segment.facts["room"][rows]]
    sure_on = segment.sure_on[rows]
    old = asked.today - sure_on > OLD_DAYS
    share = share * np.where(sure_on == 0, UNSURE_SHARE, np.where(old, OLD_SHARE, 1.0))
    paused = segment.facts["paused"][rows] == 1
    final: Floats = np.where(paused, share * PAUSED_SHARE, share).astype(np.float32)
    return final


def _first(places: Ints, total: Floats, km: Floats, names: Ints, by_fit: bool, most: int) -> Ints:
    """The first `most` of these places, in order: by score where something was said, else by distance; then by name."""
    first = -total if by_fit else km
    few = np.arange(len(places))
    if most < len(places):
        # Only those as good as the last that is wanted are put in order: sorting them all takes longest of all.
        few = np.flatnonzero(first <= np.partition(first, most - 1)[most - 1])
    sorted_: Ints = places[few[np.lexsort((names[few], km[few], first[few]))][:most]]
    return sorted_


def _scored(place: int, parts: list[Part], total: Floats, fit: Floats, km: Floats, asked: Asked) -> Scored:
    inside = place
    for part in parts:
        if inside < len(part.rows):
            break
        inside -= len(part.rows)
    away = float(km[place])
    return Scored(
        id=part.segment.ids[part.rows[inside]],
        score=round(float(total[place]), 4),
        fit=float(fit[place]),
        km=away if np.isfinite(away) else None,
        likeness=float(part.likeness[inside]) if asked.direction is not None else None,
        hits=tuple(number for number, hit in enumerate(part.hit) if hit[inside]),
        urgent=bool(part.urgent[inside]),
    )
