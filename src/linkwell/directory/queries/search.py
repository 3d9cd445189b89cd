"""Finding groups and services by plain words, facts and place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least, Power, Sqrt

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory import understanding
from linkwell.directory.models import Service, ServiceRoom, ServiceStatus, Session, Venue
from linkwell.directory.permissions import FIND_SERVICES
from linkwell.directory.queries.places import Point
from linkwell.directory.queries.rows import FoundService, rows_of
from linkwell.directory.understanding import Understood
from linkwell.kernel import clock
from linkwell.kernel.pages import Page

PAGE_SIZE = 10
MOST_PAGES = 200
KM_A_DEGREE = 111.195
# What counts how much. A kind asked for by name outweighs any number of chance words in a description.
KIND, TAG, NEED, WORD, RANK = 3.0, 2.5, 1.0, 1.0, 4.0
_FULL = {ServiceRoom.FULL: -0.6, ServiceRoom.WAITING: -0.3, ServiceRoom.ROOM: 0.1}
FAR_KM = 20.0


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for. `near` decides distances: whoever calls decides whose place, or a fixed one, it is.

    `day` is 0 for Monday. `women` and `men` mean "for women only", "for men only".
    """

    words: str = ""
    near: Point | None = None
    free: bool = False
    step_free: bool = False
    online: bool = False
    no_referral: bool = False
    has_room: bool = False
    women: bool = False
    men: bool = False
    day: int | None = None
    kind: str = ""
    need: str = ""


@query(FIND_SERVICES)
def understand(scope: Scope, words: str) -> Understood:
    """What the words mean, with misspelt ones put right: to tell the person what was looked for."""
    return _understand(scope, words)


@query(FIND_SERVICES)
def find(scope: Scope, search: Search, page: int = 1) -> Page[FoundService]:
    """The organisation's services that answer the search, best first. Seven statements, however many are found.

    Without words everything is listed: nearest first where `near` is given, else by name.
    """
    number = min(max(page, 1), MOST_PAGES)
    meant = _understand(scope, search.words)
    matching = _matching(scope, search, meant)
    total = matching.count()
    ordered = _ordered(matching, search, meant)
    start = (number - 1) * PAGE_SIZE
    listed = list(ordered.select_related("community_organisation")[start : start + PAGE_SIZE + 1])
    rows = rows_of(listed)
    found = [FoundService(rows[each.pk], _matched(each, meant), each.km) for each in listed]  # type: ignore[attr-defined]
    return Page.of(found, number=number, size=PAGE_SIZE, total=total)


def _understand(scope: Scope, words: str) -> Understood:
    meant = understanding.understand(words, clock.today().weekday())
    typed = [group[0] for group in meant.groups if len(group[0]) >= 4 and group[0].isalpha()]
    return understanding.corrected(meant, _corrections(scope, typed)) if typed else meant


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


def _matching(scope: Scope, search: Search, meant: Understood) -> QuerySet[Service]:
    services = Service.objects.filter(organisation_id=scope.organisation_id).exclude(status=ServiceStatus.WITHDRAWN)
    services = services.filter(_facts(search, meant))
    day = search.day if search.day is not None else meant.day
    if day is not None:
        running = Q(valid_until=None) | Q(valid_until__gte=clock.today())
        services = services.filter(Exists(Session.objects.filter(running, service=OuterRef("pk"), weekday=day)))
    if meant.without:
        services = services.exclude(search=_any_of(meant.without))
    if not meant.says_something:
        return services
    ways = [Q(search=_any_of(group)) for group in meant.groups]
    ways += [Q(**{f"{name}__overlap": sorted(codes)}) for name, codes in _codes(meant) if codes]
    return services.filter(reduce(or_, ways))


def _facts(search: Search, meant: Understood) -> Q:
    wanted = Q()
    if search.free or meant.free:
        wanted &= Q(free=True)
    if search.online or meant.online:
        wanted &= Q(online=True)
    if search.step_free or meant.step_free:
        wanted &= Q(step_free=True) | Q(step_free=None, online=True)
    if search.no_referral:
        wanted &= Q(how_to_join__in=("drop_in", "ring_first", "member"))
    if search.has_room:
        wanted &= Q(room__in=(ServiceRoom.ROOM, ServiceRoom.FEW))
    for chosen, tag in ((search.women, "women_only"), (search.men, "men_only")):
        if chosen:
            wanted &= Q(tags__contains=[tag])
    if search.kind:
        wanted &= Q(kinds__contains=[search.kind])
    if search.need:
        wanted &= Q(needs__contains=[search.need])
    return wanted


def _codes(meant: Understood) -> list[tuple[str, frozenset[str]]]:
    return [("kinds", meant.kinds), ("tags", meant.tags), ("needs", meant.needs)]


def _any_of(words: tuple[str, ...]) -> SearchQuery:
    """Any of these; several words in one are looked for side by side."""
    return reduce(
        or_, (SearchQuery(each, config="english", search_type="phrase" if " " in each else "plain") for each in words)
    )


def _ordered(services: QuerySet[Service], search: Search, meant: Understood) -> QuerySet[Service]:
    services = services.annotate(km=_kilometres(search.near))
    if not meant.says_something:
        return services.order_by(F("km").asc(nulls_last=True), "name", "pk")
    score: Any = Value(0.0)
    matched: dict[str, Any] = {}
    for place, group in enumerate(meant.groups):
        wanted = _any_of(group)
        hit = Case(When(search=wanted, then=Value(1.0)), default=Value(0.0), output_field=FloatField())
        matched[f"hit_{place}"] = hit
        score = score + hit * Value(WORD) + SearchRank(F("search"), wanted) * Value(RANK)
        score = score + SearchRank(F("search"), _any_of(group[:1])) * Value(RANK)
    for (name, codes), weight in zip(_codes(meant), (KIND, TAG, NEED), strict=True):
        if codes:
            score = score + Case(
                When(**{f"{name}__overlap": sorted(codes)}, then=Value(weight)),
                default=Value(0.0),
                output_field=FloatField(),
            )
    for room, change in _FULL.items():
        score = score + Case(When(room=room, then=Value(change)), default=Value(0.0), output_field=FloatField())
    if search.near is not None:
        score = score - Least(Coalesce(F("km"), Value(FAR_KM)), Value(FAR_KM)) / Value(FAR_KM)
    return services.annotate(score=score, **matched).order_by("-score", F("km").asc(nulls_last=True), "name", "pk")


def _kilometres(near: Point | None) -> Any:
    """To the nearest place of a service, on a flat map: exact enough within a county."""
    if near is None:
        return Value(None, output_field=FloatField())
    across = KM_A_DEGREE * math.cos(math.radians(near.latitude))
    away = Sqrt(
        Power((F("latitude") - Value(near.latitude)) * Value(KM_A_DEGREE), 2.0)
        + Power((F("longitude") - Value(near.longitude)) * Value(across), 2.0)
    )
    nearest = Venue.objects.filter(service=OuterRef("pk"), latitude__isnull=False).annotate(away=away).order_by("away")
    return Subquery(nearest.values("away")[:1], output_field=FloatField())


def _matched(row: Service, meant: Understood) -> tuple[str, ...]:
    return tuple(group[0] for place, group in enumerate(meant.groups) if getattr(row, f"hit_{place}", 0))
