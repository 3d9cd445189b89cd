"""What came of it: of one's own caseload, or of a team; and when the scores one recorded were used."""

import datetime as dt
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from linkwell.accounts import queries as accounts
from linkwell.casework.models import Case
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.measures.pack import Pack
from linkwell.outcomes.details import PackResult, Results, UseDetails, UseRow
from linkwell.outcomes.models import Response, ResultUse, ScoreOfResponse, SentQuestionnaire
from linkwell.outcomes.permissions import SEE_ANSWERS, SEE_TEAM_RESULTS
from linkwell.outcomes.queries import packs

MOST_USES = 20
Key = tuple[str, str]
ByPerson = dict[UUID, dict[dt.date, float]]


@query(SEE_ANSWERS)
def my_results(scope: Scope) -> Results:
    """Of everybody the reader supports or supported."""
    return results_of(scope, Q(worker_id=scope.user_id))


@query(SEE_TEAM_RESULTS)
def team_results(scope: Scope) -> Results:
    """Of everybody the reader's team supports or supported."""
    team = accounts.my_team(scope)
    return results_of(scope, Q(team_id=team.id) if team else Q(pk__in=[]))


def results_of(scope: Scope, whose: Q, before: dt.date = dt.date.max) -> Results:
    """Of these cases, by answers from before a day. Three statements, however many people. Called inside a query."""
    cases = Case.objects.filter(whose, organisation_id=scope.organisation_id).exclude(first_spoken_at=None)
    counted = Response.objects.filter(case__in=cases, corrected_by=None, answered_on__lt=before)
    scores = ScoreOfResponse.objects.filter(response__in=counted, value__isnull=False).order_by("response__created_at")
    rows = scores.values_list("response__pack", "code", "response__person_id", "response__answered_on", "value")
    found: dict[Key, ByPerson] = defaultdict(lambda: defaultdict(dict))
    days: dict[UUID, set[tuple[str, dt.date]]] = defaultdict(set)
    for pack, code, person_id, day, value in rows.iterator():
        if value is not None:
            found[pack, code][person_id][day] = value
            days[person_id].add((pack, day))
    here = packs.packs_of(scope.organisation_id)
    return Results(
        supported=cases.values("person_id").distinct().count(),
        asked=len(days),
        twice=sum(_twice(each) for each in days.values()),
        packs=tuple(_pack(here[name], found) for name in sorted({name for name, _ in found}) if name in here),
    )


def _twice(asked: set[tuple[str, dt.date]]) -> bool:
    """The same questionnaire on two days."""
    return len(asked) > len({pack for pack, _ in asked})


def _pack(pack: Pack, found: dict[Key, ByPerson]) -> PackResult:
    # Statistics are slow to load, and most processes never show a result.
    from linkwell.outcomes.results import of_score

    scores = (of_score(pack, one, found.get((pack.name, one.code), {})) for one in pack.scores)
    return PackResult(pack.title, tuple(scores))


@query(SEE_ANSWERS)
def uses_of_mine(scope: Scope) -> tuple[UseRow, ...]:
    """When scores that the reader recorded, or sent a link for, were used; the newest first."""
    sent = SentQuestionnaire.objects.filter(sent_by_id=scope.user_id).exclude(response=None).values("response_id")
    own = Response.objects.filter(
        Q(recorded_by_id=scope.user_id) | Q(pk__in=sent),
        organisation_id=OuterRef("organisation_id"),
        corrected_by=None,
        answered_on__gte=OuterRef("from_on"),
        answered_on__lte=OuterRef("to_on"),
    )
    of_team = own.filter(case__team_id=OuterRef("team_id"))
    uses = ResultUse.objects.filter(organisation_id=scope.organisation_id)
    rows = [*_counted(uses.filter(team=None), own), *_counted(uses.exclude(team=None), of_team)]
    rows.sort(key=lambda row: (row.used_on, row.created_at), reverse=True)
    return tuple(
        UseRow(UseDetails(row.to_whom, row.what, row.used_on, row.from_on, row.to_on), row.mine)
        for row in rows[:MOST_USES]
    )


def _counted(uses: QuerySet[ResultUse], mine: QuerySet[Response]) -> QuerySet[ResultUse, Any]:
    """Those with answers of the reader in them, and how many."""
    number = mine.order_by().values("organisation_id").annotate(number=Count("pk")).values("number")
    return uses.annotate(mine=Subquery(number)).filter(mine__gt=0).order_by("-used_on")[:MOST_USES]
