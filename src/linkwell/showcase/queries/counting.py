"""The true numbers of a period, counted over people and not over records. Called inside an action."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from linkwell.casework.endings import NOT_COUNTED
from linkwell.casework.models import Case, Need
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.measures.pack import Pack, Score
from linkwell.outcomes.models import ScoreOfResponse
from linkwell.outcomes.queries import packs
from linkwell.people.queries.identity import linked_sets
from linkwell.showcase.figures import Figures, Moved
from linkwell.showcase.periods import Period

# Of one person and score: the value on each day; the last of a day counts.
Days = Mapping[dt.date, float]


def figures_of(scope: Scope, period: Period) -> Figures:
    """Who was first spoken with in the period, for what, and how those changed whose support first ended in it.

    Everybody is in one period alone, however often they come: quarters add up to their year.
    """
    rows = Case.objects.filter(organisation_id=scope.organisation_id).exclude(first_spoken_at=None)
    cases = list(rows.exclude(closing_reason__in=NOT_COUNTED).values_list("person_id", "first_spoken_at", "closed_at"))
    person = _people(scope, {row[0] for row in cases})
    began = _first(person, ((who, at) for who, at, _ in cases), period)
    ended = _first(person, ((who, at) for who, _, at in cases if at), period)
    moved, scores = _changes(scope, person, ended)
    return Figures(
        began=len(began),
        needs=_needs(scope, person, began),
        ended=len(ended),
        moved=moved,
        words={code: f"{pack.title}: {score.words}" for code, (pack, score) in scores.items()},
        lower=frozenset(code for code, (_, score) in scores.items() if score.better == "lower"),
    )


def _people(scope: Scope, records: Collection[UUID]) -> dict[UUID, UUID]:
    """Each record's person: one id for all records that are the same somebody."""
    return {record: min(same) for record, same in linked_sets(scope, records).items()}


def _first(
    person: Mapping[UUID, UUID], moments: Iterable[tuple[UUID, dt.datetime | None]], period: Period
) -> set[UUID]:
    first: dict[UUID, dt.datetime] = {}
    for record, at in moments:
        if at is not None:
            first[person[record]] = min(at, first.get(person[record], at))
    return {who for who, at in first.items() if period.first <= clock.london(at).date() <= period.last}


def _needs(scope: Scope, person: Mapping[UUID, UUID], began: set[UUID]) -> dict[str, int]:
    """How many people want to change each thing. One person may want several."""
    rows = Need.objects.filter(organisation_id=scope.organisation_id).exclude(code="")
    found: dict[str, set[UUID]] = defaultdict(set)
    for code, record in rows.values_list("code", "plan__case__person_id"):
        if person.get(record) in began:
            found[code].add(person[record])
    return {code: len(people) for code, people in sorted(found.items())}


def _changes(
    scope: Scope, person: Mapping[UUID, UUID], ended: set[UUID]
) -> tuple[dict[str, Moved], dict[str, tuple[Pack, Score]]]:
    """Last minus first score of the same person, for each score of each questionnaire that is known here."""
    rows = ScoreOfResponse.objects.filter(
        organisation_id=scope.organisation_id, value__isnull=False, response__corrected_by=None
    ).order_by("response__created_at")
    found: dict[str, dict[UUID, dict[dt.date, float]]] = defaultdict(lambda: defaultdict(dict))
    wanted = ("response__pack", "code", "response__person_id", "response__answered_on", "value")
    for pack, code, record, day, value in rows.values_list(*wanted):
        if value is not None and person.get(record) in ended:
            found[f"{pack}.{code}"][person[record]][day] = value
    scores = {
        f"{pack.name}.{score.code}": (pack, score)
        for pack in packs.packs_of(scope.organisation_id).values()
        for score in pack.scores
    }
    here = {code: scores[code] for code in sorted(found) if code in scores}
    return {code: Moved.of(_moved(found[code].values())) for code in here}, here


def _moved(people: Iterable[Days]) -> Iterable[float]:
    return (days[max(days)] - days[min(days)] for days in people if len(days) > 1)
