"""What people answered and what it came to."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from linkwell.accounts import queries as accounts
from linkwell.core import audit
from linkwell.core.joined import joined
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.kernel.errors import NotFound
from linkwell.outcomes.details import ResponseRow, ScoreRow
from linkwell.outcomes.models import Response, ScoreOfResponse
from linkwell.outcomes.permissions import SEE_ANSWERS
from linkwell.outcomes.queries import packs


@query(SEE_ANSWERS)
def responses_of(scope: Scope, person_ids: Collection[UUID]) -> tuple[ResponseRow, ...]:
    """Everything these records answered, as last put right, the oldest first."""
    return _rows(scope, _newest(scope.organisation_id, person_ids))


@written_once
def _newest(organisation_id: UUID, person_ids: Collection[UUID]) -> QuerySet[Response]:
    rows = _all(organisation_id).filter(person_id__in=person_ids, corrected_by=None)
    return rows.order_by("answered_on", "created_at")


@query(SEE_ANSWERS, opening=True)
def response(scope: Scope, response_id: UUID) -> ResponseRow:
    """One, noting that it was opened. Raises NotFound."""
    rows = _rows(scope, _all(scope.organisation_id).filter(pk=response_id))
    if not rows:
        raise NotFound("We could not find those answers.")
    audit.record_opening(scope, "response", response_id, person_id=rows[0].person_id)
    return rows[0]


@query(SEE_ANSWERS)
def earlier_answers(scope: Scope, response_id: UUID) -> tuple[ResponseRow, ...]:
    """What stood before it was put right, the newest first; empty for most."""
    found: list[Response] = []
    row = _all(scope.organisation_id).filter(corrected_by=response_id).first()
    while row is not None:
        found.append(row)
        row = _all(scope.organisation_id).filter(corrected_by=row.pk).first()
    return _rows(scope, found)


@query(SEE_ANSWERS)
def corrected_to(scope: Scope, response_id: UUID) -> UUID | None:
    """The response that put this one right."""
    rows = Response.objects.filter(organisation_id=scope.organisation_id, corrects_id=response_id)
    return rows.values_list("pk", flat=True).first()


@dataclass(frozen=True, slots=True)
class HelpNeeded:
    """Whom to tell that answers cannot wait, in how many working hours."""

    clinician_id: UUID | None
    hours: int
    organisation_email: str


@query(SEE_ANSWERS)
def help_of(scope: Scope, response_id: UUID) -> HelpNeeded | None:
    """None for answers that are put right meanwhile to say nothing of the kind, or are gone."""
    row = Response.objects.select_related("case").filter(organisation_id=scope.organisation_id, pk=response_id).first()
    if row is None or not row.needs_help:
        return None
    team = accounts.team(row.case.team_id)
    clinician = packs.asking_of(scope.organisation_id).clinician_id or team.duty_user_id
    return HelpNeeded(clinician, team.danger_working_hours, accounts.organisation(scope.organisation_id).email)


def _all(organisation_id: UUID) -> QuerySet[Response]:
    return joined(Response.objects.filter(organisation_id=organisation_id), "recorded_by__name")


def _rows(scope: Scope, rows: Iterable[Response]) -> tuple[ResponseRow, ...]:
    found = list(rows)
    scores: dict[UUID, list[ScoreRow]] = defaultdict(list)
    for each in _scores(scope.organisation_id, tuple(row.pk for row in found)):
        scores[each.response_id].append(ScoreRow(each.code, each.value, each.band, tuple(each.missing)))
    asked = packs.packs_as_asked(scope.organisation_id, {(row.pack, row.pack_version) for row in found})
    return tuple(
        ResponseRow(
            id=row.pk,
            case_id=row.case_id,
            person_id=row.person_id,
            pack=asked[row.pack, row.pack_version],
            occasion=row.occasion,
            occasion_words=row.get_occasion_display(),
            how=row.how,
            how_words=row.get_how_display(),
            answered_on=row.answered_on,
            recorded_at=row.created_at,
            by=row.recorded_by.name if row.recorded_by else "",
            proxy=row.proxy,
            answers=row.answers,
            scores=tuple(scores[row.pk]),
            needs_help=row.needs_help,
            corrects_id=row.corrects_id,
            reason=row.reason,
        )
        for row in found
    )


@written_once
def _scores(organisation_id: UUID, response_ids: Collection[UUID]) -> QuerySet[ScoreOfResponse]:
    return ScoreOfResponse.objects.filter(organisation_id=organisation_id, response_id__in=response_ids)
