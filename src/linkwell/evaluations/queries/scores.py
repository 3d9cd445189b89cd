"""Scores of the people of a team, a service or everybody here."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Q

from linkwell.casework.models import Case
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.evaluations.details import EvaluationRow, Found, Outcome, Subject
from linkwell.evaluations.models import Who
from linkwell.evaluations.permissions import WORK_OUT
from linkwell.measures.pack import Score
from linkwell.outcomes.models import ScoreOfResponse
from linkwell.outcomes.queries import packs
from linkwell.people.models import Agreement, AgreementAnswer, AgreementSubject, Person
from linkwell.people.queries.identity import linked_sets


def found(scope: Scope, asked: EvaluationRow) -> Found:
    """Everybody whose support began in the window and who was spoken with; and what they scored within it."""
    window = (asked.question.starts_on, asked.question.ends_on)
    cases = Case.objects.filter(
        whose(asked), organisation_id=scope.organisation_id, opened_at__date__range=window
    ).exclude(first_spoken_at=None)
    people = set(cases.values_list("person_id", flat=True))
    keys = one_for_all_records(scope, people)
    pack, _, code = asked.outcome.score.partition(":")
    scores = ScoreOfResponse.objects.filter(
        response__case__in=cases,
        response__corrected_by=None,
        response__pack=pack,
        response__answered_on__range=window,
        code=code,
        value__isnull=False,
    ).order_by("response__created_at")
    # Of two answers on one day the later one counts.
    values = {
        (keys[person_id], day): value
        for person_id, day, value in scores.values_list("response__person_id", "response__answered_on", "value")
        if person_id in keys
    }
    data = [(key, {"when": day.isoformat(), "score": value}) for (key, day), value in values.items()]
    return subjects(scope, keys), data, ("when", "score")


def whose(asked: EvaluationRow) -> Q:
    which = asked.population.which
    match asked.population.who:
        case Who.TEAM:
            return Q(team_id=which)
        case Who.SERVICE:
            return Q(onward_referrals__service_id=which)
        case _:
            return Q()


def one_for_all_records(scope: Scope, people: Collection[UUID]) -> dict[UUID, str]:
    """For each record the one of all records of that person that stands for them."""
    return {record: str(min(records)) for record, records in linked_sets(scope, people).items()}


def subjects(scope: Scope, keys: Mapping[UUID, str]) -> dict[str, Subject]:
    said = _said(scope, keys)
    rows = Person.objects.filter(organisation_id=scope.organisation_id, pk__in=keys).order_by("-pk")
    found = {}
    for pk, number, born_on, postcode in rows.values_list("pk", "nhs_number", "date_of_birth", "postcode"):
        key = keys[pk]
        found[key] = Subject(
            key=key,
            nhs_number=number,
            born_on=born_on,
            postcode=postcode,
            objected=said.get(key) in (AgreementAnswer.OBJECTED, AgreementAnswer.WITHDRAWN),
            agreed=said.get(key) == AgreementAnswer.AGREED,
        )
    return found


def _said(scope: Scope, keys: Mapping[UUID, str]) -> dict[str, str]:
    """The newest answer about use of the record for evaluation."""
    rows = Agreement.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=keys, subject=AgreementSubject.RESEARCH
    )
    return {keys[person]: answer for person, answer in rows.order_by("created_at").values_list("person_id", "answer")}


@query(WORK_OUT)
def score_of(scope: Scope, outcome: Outcome) -> Score | None:
    """The score by the rules of its questionnaire; None where the outcome is none, or it is no longer here."""
    name, _, code = outcome.score.partition(":")
    pack = packs.packs_of(scope.organisation_id).get(name)
    return next((each for each in pack.scores if each.code == code), None) if pack else None
