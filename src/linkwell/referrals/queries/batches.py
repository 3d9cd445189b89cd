"""Files of referrals, with what became of each row."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.referrals.models import ReferralBatch
from linkwell.referrals.permissions import REFER

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One row of a file: the reference once it is sent, or what is wrong."""

    number: int
    ready: bool
    reference: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A file that was looked at, and perhaps sent. Before that, `loaded` counts the rows that are ready."""

    id: UUID
    file_name: str
    team_name: str
    made_at: datetime
    sent_at: datetime | None
    still_here: bool
    rows_in: int
    loaded: int
    rejected: int
    lines: tuple[BatchLine, ...]


@query(REFER)
def batch(scope: Scope, batch_id: UUID) -> BatchRow:
    """One of the asker's own files. Raises NotFound."""
    row = ReferralBatch.objects.select_related("team").filter(
        organisation_id=scope.organisation_id, sender_user_id=scope.user_id, pk=batch_id
    )
    found = row.first()
    if found is None:
        raise NotFound("We could not find that.")
    return _row(found)


@query(REFER)
def batches(scope: Scope, number: int = 1) -> Page[BatchRow]:
    """The asker's own files, the newest first."""
    rows = ReferralBatch.objects.select_related("team").filter(
        organisation_id=scope.organisation_id, sender_user_id=scope.user_id
    )
    start = (number - 1) * PAGE_SIZE
    fetched = list(rows.defer("text").order_by("-created_at", "-pk")[start : start + PAGE_SIZE + 1])
    return Page.of([_row(each, text="-") for each in fetched], number=number, size=PAGE_SIZE)


def _row(row: ReferralBatch, text: str = "") -> BatchRow:
    return BatchRow(
        id=row.pk,
        file_name=row.file_name,
        team_name=row.team.name,
        made_at=row.created_at,
        sent_at=row.sent_at,
        still_here=bool(text or row.text),
        rows_in=row.rows_in,
        loaded=row.loaded,
        rejected=row.rejected,
        lines=tuple(
            BatchLine(each["row"], each["ready"], each["reference"], tuple(each["problems"])) for each in row.report
        ),
    )
