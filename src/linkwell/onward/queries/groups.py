"""What a group can read from its link."""

from linkwell.accounts import queries as accounts
from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import ActorKind, Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.onward.details import AttendanceRow, GroupView, OpenedLink
from linkwell.onward.links import hashed
from linkwell.onward.models import AnswerLink, OnwardReferral
from linkwell.onward.permissions import ANSWER


def opened_link(token: str) -> OpenedLink | None:
    """The link with this token, before any scope exists. Looking changes nothing: mail scanners look too."""
    found = AnswerLink.objects.filter(token_hash=hashed(token)).first()
    if found is None:
        return None
    usable = found.closed_at is None and found.expires_at > clock.now()
    return OpenedLink(found.pk, found.organisation_id, found.onward_referral_id, usable)


@query(ANSWER, opening=True)
def seen_by_group(scope: Scope) -> GroupView:
    """The one onward referral of this link. Raises NotFound for anything else."""
    _, onward_id = scope.link
    row = (
        OnwardReferral.objects.select_related("service", "worker", "case")
        .filter(organisation_id=scope.organisation_id, pk=onward_id)
        .first()
    )
    if row is None:
        raise NotFound
    audit.record_opening(scope, "onward_referral", row.pk, person_id=row.person_id)
    team = accounts.team(row.case.team_id)
    return GroupView(
        onward_id=row.pk,
        service_id=row.service_id,
        first_name=row.first_name,
        need_words=row.need_words,
        access_words=row.access_words,
        service_name=row.service.name,
        team_name=team.name,
        team_phone=team.phone,
        worker_first_name=row.worker.name.split()[0],
        state=row.state,
        state_words=row.moves.words[row.state],
        answer_by=row.overdue_on,
        starts_on=row.starts_on,
        waiting_weeks=row.waiting_weeks,
        version=row.version,
        may_share_phone=row.may_share_phone,
        outside_limits=row.outside_limits,
        # What the person told the team is not the group's to read.
        attendances=tuple(
            AttendanceRow(each.on, each.came, each.note)
            for each in row.attendances.filter(told_by_kind=ActorKind.LINK).order_by("-on")
        ),
    )
