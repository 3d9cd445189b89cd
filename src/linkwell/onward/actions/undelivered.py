"""A message came back: whoever follows the thing it was about finds another way."""

from dataclasses import dataclass
from uuid import UUID

from linkwell.casework import queries as cases
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.messaging.models import Audience, Channel, Message
from linkwell.onward.models import OnwardReferral
from linkwell.onward.permissions import REFER_ONWARD
from linkwell.referrals.models import Referral
from linkwell.tasks.actions import open_task

KIND = "came_back"


@dataclass(frozen=True, slots=True)
class _Follower:
    """Whose list it belongs on, and which page shows what it is about."""

    team_id: UUID
    owner_id: UUID | None
    about_kind: str
    about_id: UUID
    person_id: UUID | None = None


@action(REFER_ONWARD)
def find_another_way(*, scope: Scope, message_id: UUID) -> None:
    """A task for whoever follows the person, the onward referral or the referral a returned message was about.

    Other messages (to colleagues) wait under "Messages sent" alone.
    """
    audit.record(scope, "looked_at_returned", "message", message_id)
    message = Message.objects.filter(organisation_id=scope.organisation_id, pk=message_id, state="bounced").first()
    follower = _follower(scope, message) if message is not None else None
    if message is None or follower is None:
        return
    open_task(
        scope=scope,
        team_id=follower.team_id,
        owner_id=follower.owner_id,
        kind=KIND,
        title=_title(message),
        about_kind=follower.about_kind,
        about_id=follower.about_id,
        due_on=clock.today(),
        person_id=follower.person_id,
    )


def _title(message: Message) -> str:
    what = f"{Channel(message.channel).label.capitalize()} to {Audience(message.audience).label} came back"
    if message.audience == Audience.PERSON:
        return f"{what}. Phone, and ask which number or address is theirs"
    return f"{what}. Phone them, and check the address"


def _follower(scope: Scope, message: Message) -> _Follower | None:
    if message.about_kind == "onward_referral":
        row = OnwardReferral.objects.select_related("case").filter(
            organisation_id=scope.organisation_id, pk=message.about_id
        )
        return next(
            (_Follower(one.case.team_id, one.worker_id, "onward_referral", one.pk, one.person_id) for one in row), None
        )
    case = cases.open_case_of(scope, message.person_id) if message.person_id else None
    if case is not None:
        return _Follower(case.team_id, case.worker_id, "case", case.id, case.person_id)
    referral = Referral.objects.filter(organisation_id=scope.organisation_id, pk=message.about_id).first()
    return _Follower(referral.team_id, None, "referral", referral.pk) if referral is not None else None
