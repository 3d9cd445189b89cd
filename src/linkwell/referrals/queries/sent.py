"""A sender's own referrals, with what they have been told and nothing else."""

from uuid import UUID

from linkwell.core import audit
from linkwell.core.paging import lines
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.referrals.models import SentReferral
from linkwell.referrals.permissions import REFER
from linkwell.referrals.queries.one import answers_to
from linkwell.referrals.rows import AnswerRow, SentRow

PAGE_SIZE = 25


@query(REFER)
def sent_referrals(scope: Scope, number: int = 1, *, everyone: bool = False) -> Page[SentRow]:
    """Referrals the person asking has sent, newest first; with `everyone` those of the whole organisation."""
    rows = SentReferral.objects.select_related("team", "sender_user").filter(organisation_id=scope.organisation_id)
    if not everyone:
        rows = rows.filter(sender_user_id=scope.user_id)
    size = lines(PAGE_SIZE)
    start = (number - 1) * size
    fetched = list(rows.order_by("-sent_at", "-pk")[start : start + size + 1])
    told = answers_to([row.referral_id for row in fetched])
    return Page.of([_row(row, told.get(row.referral_id, ())) for row in fetched], number=number, size=size)


@query(REFER, opening=True)
def sent_referral(scope: Scope, referral_id: UUID) -> SentRow:
    """One referral as its sender sees it. Raises NotFound for one their organisation did not send."""
    row = (
        SentReferral.objects.select_related("team", "sender_user")
        .filter(organisation_id=scope.organisation_id, referral_id=referral_id)
        .first()
    )
    if row is None:
        raise NotFound("We could not find that.")
    audit.record_opening(scope, "sent_referral", row.pk)
    return _row(row, answers_to([referral_id]).get(referral_id, ()))


def _row(row: SentReferral, answers: tuple[AnswerRow, ...]) -> SentRow:
    return SentRow(
        referral_id=row.referral_id,
        reference=row.reference,
        person_name=row.person_name,
        team_id=row.team_id,
        team_name=row.team.name,
        sent_by=row.sender_user.name,
        sent_by_id=row.sender_user_id,
        sent_at=row.sent_at,
        needs=tuple(row.needs),
        why=row.why,
        answers=answers,
    )
