"""What the person says of their record, and what was decided about others' words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linkwell.accounts.queries import user_names
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.people.models import Statement, ThirdPartyChoice
from linkwell.people.permissions import PERSON_SEE
from linkwell.people.queries.identity import linked_set


@dataclass(frozen=True, slots=True)
class StatementRow:
    about_kind: str
    about_id: UUID
    text: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """The newest decision about one thing somebody else told us."""

    include: bool
    reason: str
    by: str
    at: datetime


@query(PERSON_SEE)
def statements(scope: Scope, person_id: UUID) -> tuple[StatementRow, ...]:
    """What they do not agree with, oldest first, over all their records."""
    rows = Statement.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=linked_set(scope, person_id)
    ).order_by("created_at", "id")
    return _rows(list(rows))


@query(PERSON_SEE)
def statements_about(scope: Scope, about_ids: Collection[UUID]) -> dict[UUID, tuple[StatementRow, ...]]:
    """For things on one page, in one question."""
    rows = Statement.objects.filter(organisation_id=scope.organisation_id, about_id__in=about_ids)
    found: dict[UUID, list[StatementRow]] = {}
    for row in _rows(list(rows.order_by("created_at", "id"))):
        found.setdefault(row.about_id, []).append(row)
    return {about: tuple(each) for about, each in found.items()}


@query(PERSON_SEE)
def third_party_choices(scope: Scope, person_id: UUID) -> dict[UUID, ChoiceRow]:
    """What was decided, by the id of the thing; a thing nobody decided about is not in it."""
    rows = list(
        ThirdPartyChoice.objects.filter(
            organisation_id=scope.organisation_id, person_id__in=linked_set(scope, person_id)
        ).order_by("created_at", "id")
    )
    who = user_names({row.decided_by_id for row in rows})
    return {
        row.source_id: ChoiceRow(row.choice == "include", row.reason, who.get(row.decided_by_id, ""), row.created_at)
        for row in rows
    }


def _rows(rows: list[Statement]) -> tuple[StatementRow, ...]:
    who = user_names({row.recorded_by_id for row in rows if row.recorded_by_id})
    return tuple(
        StatementRow(
            row.about_kind,
            row.about_id,
            row.text,
            row.created_at,
            who.get(row.recorded_by_id, "") if row.recorded_by_id else "",
        )
        for row in rows
    )
