"""Files of referrals, with what became of each row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
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
    """A file that was looked at, and perhaps sent. Before that, `loaded` counts the rows that are ready.

    Of the rows `in_file`, `rows_in` have been looked at and `sent_so_far` sent. `lines` are empty on a list.
    """

    id: UUID
    file_name: str
    team_name: str
    made_at: datetime
    sent_at: datetime | None
    still_here: bool
    in_file: int
    rows_in: int
    loaded: int
    rejected: int
    sending: bool
    sent_so_far: int
    lines: tuple[BatchLine, ...]

    @property
    def looking(self) -> bool:
        """Not all of it has been looked at yet."""
        return self.rows_in < self.in_file


@query(REFER)
def batch(scope: Scope, batch_id: UUID) -> BatchRow:
    """One of the asker's own files. Raises NotFound."""
    row = ReferralBatch.objects.select_related("team").filter(
        organisation_id=scope.organisation_id, sender_user_id=scope.user_id, pk=batch_id
    )
    found = row.first()
    if found is None:
        raise NotFound("We could not find that.")
    return _row(found, found.report, still_here=bool(found.text))


@query(REFER)
def batches(scope: Scope, number: int = 1) -> Page[BatchRow]:
    """The asker's own files, the newest first."""
    rows = ReferralBatch.objects.select_related("team").filter(
        organisation_id=scope.organisation_id, sender_user_id=scope.user_id
    )
    start = (number - 1) * PAGE_SIZE
    fetched = list(rows.defer("text", "report").order_by("-created_at", "-pk")[start : start + PAGE_SIZE + 1])
    return Page.of([_row(each) for each in fetched], number=number, size=PAGE_SIZE)


@query(REFER)
def sender_of_batch(scope: Scope, batch_id: UUID) -> UUID | None:
    """Who chose a file, for the job that goes on with it; None when there is no such file."""
    rows = ReferralBatch.objects.filter(organisation_id=scope.organisation_id, pk=batch_id)
    return rows.values_list("sender_user_id", flat=True).first()


def _row(row: ReferralBatch, report: Sequence[dict[str, Any]] = (), *, still_here: bool = True) -> BatchRow:
    return BatchRow(
        id=row.pk,
        file_name=row.file_name,
        team_name=row.team.name,
        made_at=row.created_at,
        sent_at=row.sent_at,
        still_here=still_here,
        in_file=row.in_file,
        rows_in=row.rows_in,
        loaded=row.loaded,
        rejected=row.rejected,
        sending=row.send_asked_at is not None and row.sent_at is None,
        sent_so_far=row.sent_so_far,
        lines=tuple(
            BatchLine(each["row"], each["ready"], each["reference"], tuple(each["problems"])) for each in report
        ),
    )
