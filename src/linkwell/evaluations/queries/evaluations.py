"""Evaluations of one organisation, and what can be asked here."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from linkwell.accounts.models import Team
from linkwell.accounts.queries import user_names
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory.models import Service
from linkwell.evaluations.details import (
    Choice,
    Choices,
    Comparison,
    EvaluationRow,
    Outcome,
    Population,
    Question,
    ResultRow,
)
from linkwell.evaluations.models import Counted, DesignKind, Evaluation, EvaluationResult, Who
from linkwell.evaluations.permissions import EVALUATE
from linkwell.hospital.models import Candidate, Programme
from linkwell.hospital.queries.trusts import is_trust
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.onward.models import OnwardReferral
from linkwell.outcomes.models import Response
from linkwell.outcomes.queries import packs

SIZE = 20
MOST_SERVICES = 100


@query(EVALUATE)
def evaluations(scope: Scope, number: int = 1) -> Page[EvaluationRow]:
    """Every evaluation, the newest first."""
    rows = Evaluation.objects.filter(organisation_id=scope.organisation_id).order_by("-created_at", "-pk")
    start = (number - 1) * SIZE
    found = list(rows[start : start + SIZE + 1])
    names = user_names({each.opened_by_id for each in found if each.opened_by_id})
    return Page.of([row_of(each, names=names) for each in found], number=number, size=SIZE)


@query(EVALUATE)
def evaluation(scope: Scope, evaluation_id: UUID) -> EvaluationRow:
    """Raises NotFound."""
    return of_id(scope, evaluation_id)


def of_id(scope: Scope, evaluation_id: UUID) -> EvaluationRow:
    row = Evaluation.objects.filter(organisation_id=scope.organisation_id, pk=evaluation_id).first()
    if row is None:
        raise NotFound("We could not find that evaluation.")
    names = user_names({row.opened_by_id} if row.opened_by_id else set())
    known = {each.value: each.words for each in whom(scope)}
    return row_of(row, names=names, known=known | {each.value: each.words for each in outcomes_of(scope)})


@query(EVALUATE)
def result(scope: Scope, evaluation_id: UUID) -> ResultRow | None:
    """What came of it; None until it is worked out."""
    row = EvaluationResult.objects.filter(organisation_id=scope.organisation_id, evaluation_id=evaluation_id).first()
    return ResultRow(row.report, row.counts, row.created_at) if row else None


@query(EVALUATE)
def numbers(scope: Scope, evaluation_id: UUID) -> Mapping[str, Any]:
    """The numbers behind the report, as `linkwell impact` prints them. Raises NotFound until it is worked out."""
    row = EvaluationResult.objects.filter(organisation_id=scope.organisation_id, evaluation_id=evaluation_id).first()
    if row is None:
        raise NotFound("We could not find that evaluation.")
    told: Mapping[str, Any] = row.numbers
    return told


@query(EVALUATE)
def choices(scope: Scope) -> Choices:
    """Whom, compared with whom and by what can be asked in this organisation."""
    kinds = (DesignKind.ITS, DesignKind.MATCH) if is_trust(scope) else (DesignKind.PAIRED,)
    designs = tuple(Choice(each.value, each.label) for each in kinds)
    return Choices(tuple(whom(scope)), designs, tuple(outcomes_of(scope)))


def whom(scope: Scope) -> list[Choice]:
    """People who can be asked about, each as "kind:which"."""
    return _of_a_trust(scope) if is_trust(scope) else _of_teams(scope)


def _of_teams(scope: Scope) -> list[Choice]:
    teams = Team.objects.filter(organisation_id=scope.organisation_id).order_by("name").values_list("pk", "name")
    sent = OnwardReferral.objects.filter(organisation_id=scope.organisation_id).values("service_id")
    services = Service.objects.filter(pk__in=sent).order_by("name", "pk").values_list("pk", "name")
    return [
        Choice("all:", Who.ALL.label),
        *(Choice(f"team:{pk}", f"People of {name}") for pk, name in teams),
        *(Choice(f"service:{pk}", f"People referred to {name}") for pk, name in services[:MOST_SERVICES]),
    ]


def _of_a_trust(scope: Scope) -> list[Choice]:
    mine = {"organisation_id": scope.organisation_id}
    programmes = Programme.objects.filter(**mine).order_by("name").values_list("pk", "name")
    rules = Candidate.objects.filter(**mine).exclude(reasons__rule=None).values_list("reasons__rule", flat=True)
    return [
        Choice("all:", "Everybody this hospital treats"),
        *(Choice(f"programme:{pk}", f"People taken on by {name}") for pk, name in programmes),
        *(Choice(f"rule:{rule}", _spoken(rule)) for rule in sorted(set(rules))),
    ]


def _spoken(rule: str) -> str:
    return f"People found by the rule “{rule.replace('_', ' ')}” and offered support"


def outcomes_of(scope: Scope) -> list[Choice]:
    """What can be counted, each as "counted:score"."""
    if is_trust(scope):
        return [Choice(f"{each.value}:", each.label) for each in Counted if each != Counted.SCORE]
    here = packs.packs_of(scope.organisation_id)
    answered = set(Response.objects.filter(organisation_id=scope.organisation_id).values_list("pack", flat=True))
    return [
        Choice(
            f"score:{pack.name}:{one.code}",
            f"{pack.title}: {one.words}" + ("" if pack.name in answered else " (nobody here has answered it yet)"),
        )
        for pack in sorted(here.values(), key=lambda each: each.title)
        for one in pack.scores
    ]


def row_of(row: Evaluation, *, names: dict[UUID, str], known: dict[str, str] | None = None) -> EvaluationRow:
    words = known or {}
    return EvaluationRow(
        id=row.pk,
        version=row.version,
        state=row.state,
        number=row.number,
        fixed_at=row.fixed_at,
        opened_by=names.get(row.opened_by_id, "") if row.opened_by_id else "",
        question=Question(
            row.question, row.starts_on, row.ends_on, row.minimum_n, row.basis, row.approved_by, row.approved_on
        ),
        population=Population(row.who, row.which, row.population),
        comparison=Comparison(row.design, row.comparison, row.began_on),
        outcome=Outcome(row.counted, row.score),
        which_words=words.get(f"{row.who}:{row.which}", "No longer here") if row.who else "",
        outcome_words=words.get(f"{row.counted}:{row.score}", row.score) if row.counted else "",
        stage=row.stage,
        reason=row.reason,
        ended_at=row.ended_at,
        created_at=row.created_at,
    )
