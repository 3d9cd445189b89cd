"""A directory asked in three ways: by words alone, by meaning alone, and by both as the page asks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from linkwell.core.database import scoped
from linkwell.core.scope import Scope
from linkwell.directory.models import Service
from linkwell.directory.queries import Search
from linkwell.directory.queries import search as searching
from linkwell.directory.queries.memory import directory_in_memory
from linkwell.directory.ranking.asked import Asked
from linkwell.directory.ranking.scoring import order
from tests.relevance.measures import TOP, Figures, Need, figures

WAYS = ("words", "model", "both")


def compare(scope: Scope, asked: Sequence[Need]) -> dict[str, Figures]:
    """The figures of each way, over the same needs."""
    with scoped(scope, reading=True):
        known = dict(Service.objects.filter(organisation_id=scope.organisation_id).values_list("pk", "feed_id"))
        segments = directory_in_memory(scope.organisation_id)
        answers: dict[str, list[list[str]]] = {way: [] for way in WAYS}
        for need in asked:
            search = Search(words=need.words)
            meant = searching._understand(scope, need.words, segments)
            whole = searching._asked(search, meant)
            for way in WAYS:
                ranked, _ = order(segments, _only(whole, way), TOP)
                answers[way].append([known[each.id] for each in ranked])
    return {way: figures(found, asked) for way, found in answers.items()}


def _only(asked: Asked, way: str) -> Asked:
    if way == "words":
        return replace(asked, direction=None)
    if way == "model":
        none: frozenset[str] = frozenset()
        return Asked(facts=asked.facts, direction=asked.direction, today=asked.today, kinds=none, needs=none, tags=none)
    return asked
