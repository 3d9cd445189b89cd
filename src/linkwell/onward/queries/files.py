"""Files sent on to a group with an onward referral."""

from uuid import UUID

from django.urls import reverse

from linkwell.attachments.belonging import Record
from linkwell.attachments.details import FileRow
from linkwell.attachments.queries import files_of
from linkwell.core.queries import query
from linkwell.core.scope import ActorKind, Scope
from linkwell.kernel.errors import NotFound
from linkwell.onward.actions.codes import AFTER_YES
from linkwell.onward.models import OnwardReferral
from linkwell.onward.permissions import ANSWER, SEE_ONWARD
from linkwell.people import queries as people


def record_of_onward(scope: Scope, onward_id: UUID) -> Record:
    """Raises NotFound: for a group also for any but its own, and before it has said yes."""
    return _as_group(scope, onward_id) if scope.actor_kind is ActorKind.LINK else _as_team(scope, onward_id)


@query(ANSWER)
def _as_group(scope: Scope, onward_id: UUID) -> Record:
    _, own_id = scope.link
    record, state = _record(scope, onward_id)
    if onward_id != own_id or state not in AFTER_YES:
        raise NotFound
    return record


@query(SEE_ONWARD)
def _as_team(scope: Scope, onward_id: UUID) -> Record:
    return _record(scope, onward_id)[0]


def _record(scope: Scope, onward_id: UUID) -> tuple[Record, str]:
    rows = OnwardReferral.objects.select_related("case")
    row = rows.filter(organisation_id=scope.organisation_id, pk=onward_id).first()
    if row is None:
        raise NotFound
    apart = people.kept_apart(scope, row.person_id)
    return Record(row.case.team_id, row.person_id, apart, reverse("onward:one", args=[onward_id])), row.state


@query(SEE_ONWARD)
def files_sent(scope: Scope, onward_id: UUID) -> tuple[FileRow, ...]:
    """What was sent on with this onward referral, as the team sees it."""
    return files_of(scope, [onward_id], restricted=record_of_onward(scope, onward_id).restricted)


@query(ANSWER)
def files_for_group(scope: Scope) -> tuple[FileRow, ...]:
    """What the group may open now: after its yes, and only what was checked."""
    _, onward_id = scope.link
    record = record_of_onward(scope, onward_id)
    return tuple(each for each in files_of(scope, [onward_id], restricted=record.restricted) if each.may_open)
