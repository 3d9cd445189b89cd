"""Finding groups and services by plain words, facts and place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.directory import sentences, understanding, vocabulary
from linkwell.directory.models import Service
from linkwell.directory.permissions import FIND_SERVICES
from linkwell.directory.queries.memory import Segments, directory_in_memory
from linkwell.directory.queries.places import Point
from linkwell.directory.queries.rows import FoundService, rows_of
from linkwell.directory.ranking import urgent
from linkwell.directory.ranking.asked import Asked, Facts, Word
from linkwell.directory.ranking.scoring import Scored, order
from linkwell.directory.understanding import Understood
from linkwell.kernel import clock
from linkwell.kernel.pages import Page

PAGE_SIZE = 10
MOST_PAGES = 200
MOST_LISTED = 200
# From here on a likeness of meaning is an answer by itself.
GOOD_LIKENESS = 0.4
# Stems are the same for ever: a process asks for each word once.
_STEMS: dict[str, tuple[str, ...]] = {}
MOST_STEMS = 50_000


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for. `near` decides distances: whoever calls decides whose place, or a fixed one, it is.

    `day` is 0 for Monday, and asks for a time that comes soon; `on` is one date; `part` is a key of
    `understanding.PARTS_OF_DAY`. `women` and `men` mean "for women only", "for men only". Facts narrow; they are never
    guessed.
    """

    words: str = ""
    near: Point | None = None
    within_km: float | None = None
    free: bool = False
    step_free: bool = False
    online: bool = False
    no_referral: bool = False
    has_room: bool = False
    women: bool = False
    men: bool = False
    day: int | None = None
    on: dt.date | None = None
    part: str = ""
    kind: str = ""
    need: str = ""
    language: str = ""
    age: int | None = None


@query(FIND_SERVICES)
def understand(scope: Scope, words: str) -> Understood:
    """What the words mean, with misspelt ones put right: to tell the person what was looked for."""
    return _understand(scope, words, directory_in_memory(scope.organisation_id))


@query(FIND_SERVICES)
def find(scope: Scope, search: Search, page: int = 1) -> Page[FoundService]:
    """The organisation's services that answer the search, best first: the same few statements, however many are found.

    Without words everything is listed: nearest first where `near` is given, else by name.
    """
    number = min(max(page, 1), MOST_PAGES)
    meant, ranked, total = _ranked(scope, search, PAGE_SIZE + 1, (number - 1) * PAGE_SIZE)
    return Page.of(_found(scope, ranked, meant), number=number, size=PAGE_SIZE, total=total)


@query(FIND_SERVICES)
def best(scope: Scope, search: Search, most: int) -> tuple[FoundService, ...]:
    """The first of the same order, up to MOST_LISTED."""
    meant, ranked, _ = _ranked(scope, search, min(max(most, 1), MOST_LISTED), 0)
    return tuple(_found(scope, ranked, meant))


@query(FIND_SERVICES)
def ranked_ids(scope: Scope, search: Search, most: int) -> tuple[Scored, ...]:
    """The order alone, without the services' own rows: what the benchmark and the map ask for."""
    return tuple(_ranked(scope, search, most, 0)[1])


def is_nothing_good(found: Page[FoundService], meant: Understood) -> bool:
    """Whether a first page answers a search so poorly that something is missing: nothing, or nothing alike."""
    return not any(
        each.matched
        or meant.kinds & set(each.service.kinds)
        or meant.needs & set(each.service.needs)
        or (each.likeness or 0) >= GOOD_LIKENESS
        for each in found
    )


def _ranked(scope: Scope, search: Search, most: int, start: int) -> tuple[Understood, list[Scored], int]:
    segments = directory_in_memory(scope.organisation_id)
    meant = _understand(scope, search.words, segments)
    ranked, total = order(segments, _asked(search, meant), most, start)
    return meant, ranked, total


def _found(scope: Scope, ranked: list[Scored], meant: Understood) -> list[FoundService]:
    services = _services(scope.organisation_id, [each.id for each in ranked])
    rows, feed_ids = rows_of(services), {each.pk: each.feed_id for each in services}
    return [
        FoundService(
            rows[each.id],
            tuple(meant.groups[place][0] for place in each.hits),
            each.km,
            each.score,
            each.likeness,
            each.urgent,
            feed_ids[each.id],
        )
        for each in ranked
        if each.id in rows
    ]


@written_once
def _services(organisation_id: UUID, ids: Collection[UUID]) -> QuerySet[Service]:
    rows = Service.objects.filter(organisation_id=organisation_id, pk__in=ids)
    # The words to search by are many, and nobody reads them.
    return rows.select_related("community_organisation").defer("search")


def _asked(search: Search, meant: Understood) -> Asked:
    help_first = urgent.help_for(search.words)
    _learn([*(word for group in meant.groups for word in group), *meant.without, *help_first.words])
    words = tuple(
        Word(_STEMS.get(group[0], ()), tuple(stem for each in group[1:] for stem in _STEMS.get(each, ())))
        for group in meant.groups
    )
    return Asked(
        facts=_facts(search, meant),
        words=words,
        without=tuple(stem for word in meant.without for stem in _STEMS.get(word, ())),
        without_tags=tuple(vocabulary.codes_in(" ".join(meant.without), "tags")),
        kinds=meant.kinds,
        needs=meant.needs,
        tags=meant.tags,
        direction=sentences.of_query(meant.wanted) if meant.says_something else None,
        near=(search.near.latitude, search.near.longitude) if search.near is not None else None,
        today=clock.today().toordinal(),
        urgent_terms=tuple(stem for word in help_first.words for stem in _STEMS.get(word, ())),
        urgent_kinds=help_first.kinds,
        urgent_needs=help_first.needs,
    )


def _facts(search: Search, meant: Understood) -> Facts:
    chosen = search.day is not None or search.on is not None
    hours = understanding.PARTS_OF_DAY.get(search.part, meant.hours or (0, 1440))
    on = None if search.on is None else search.on.toordinal()
    if not chosen and meant.days_ahead is not None:
        on = clock.today().toordinal() + meant.days_ahead
    return Facts(
        free=search.free or meant.free,
        step_free=search.step_free or meant.step_free,
        online=search.online or meant.online,
        no_referral=search.no_referral,
        has_room=search.has_room,
        kind=search.kind,
        need=search.need,
        tags=tuple(tag for chosen, tag in ((search.women, "women_only"), (search.men, "men_only")) if chosen),
        languages=(search.language.casefold(),) if search.language else (),
        age=search.age,
        day=search.day if chosen else meant.day,
        start=hours[0],
        end=hours[1],
        on=on,
        within_km=search.within_km if search.near is not None else None,
    )


def _understand(scope: Scope, words: str, segments: Segments) -> Understood:
    meant = understanding.understand(words, clock.today().weekday())
    typed = [group[0] for group in meant.groups if len(group[0]) >= 4 and group[0].isalpha()]
    _learn(typed)
    strange = [word for word in typed if not _is_known(word, segments)]
    return understanding.corrected(meant, _corrections(scope, strange)) if strange else meant


def _is_known(word: str, segments: Segments) -> bool:
    return any(stem in segment.terms for stem in _STEMS.get(word, ()) for segment, _ in segments)


def _learn(words: list[str]) -> None:
    """PostgreSQL's stems of these words, from its own dictionary of English."""
    new = [word for word in dict.fromkeys(words) if word not in _STEMS]
    if not new:
        return
    if len(_STEMS) > MOST_STEMS:
        _STEMS.clear()
        new = list(dict.fromkeys(words))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, tsvector_to_array(to_tsvector('english', word)) FROM unnest(%s::text[]) word", [new]
        )
        _STEMS.update({word: tuple(stems) for word, stems in cursor.fetchall()})


# Two slips are forgiven in a long word, one in a short one; people seldom get the first letter wrong.
_LIKELIEST = """
SELECT typed, likely.word
FROM unnest(%(typed)s::text[]) AS typed
CROSS JOIN LATERAL (
  SELECT w.word FROM "directory_searchword" w
  WHERE w.organisation_id = %(organisation)s AND w.word %% typed AND left(w.word, 1) = left(typed, 1)
    AND levenshtein(w.word, typed) <= CASE WHEN length(typed) <= 5 THEN 1 ELSE 2 END
  ORDER BY levenshtein(w.word, typed), w.times DESC, w.word LIMIT 1
) likely
WHERE NOT EXISTS (
  SELECT 1 FROM "directory_searchword" k
  WHERE k.organisation_id = %(organisation)s AND k.word LIKE left(typed, 3) || '%%'
    AND to_tsvector('english', k.word) = to_tsvector('english', typed)
)
"""


def _corrections(scope: Scope, typed: list[str]) -> dict[str, str]:
    """For each typed word that the directory does not know, the word of it that looks most alike."""
    with connection.cursor() as cursor:
        cursor.execute(_LIKELIEST, {"typed": typed, "organisation": scope.organisation_id})
        return dict(cursor.fetchall())
