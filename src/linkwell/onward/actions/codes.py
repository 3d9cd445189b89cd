"""Surname and telephone, only after a yes, and only with a one-time code sent to the group's own address."""

from datetime import timedelta

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import InvalidMove, NotFound, TooMany
from linkwell.messaging.actions import send
from linkwell.messaging.models import Message
from linkwell.onward import links
from linkwell.onward.actions import one_time
from linkwell.onward.actions.parts import lock_onward
from linkwell.onward.models import AnswerLink, OnwardReferral
from linkwell.onward.permissions import ANSWER
from linkwell.people.queries import GroupCard, card_for_group

AFTER_YES = frozenset({"accepted", "attended", "did_not_come"})


@action(ANSWER)
def send_code(*, scope: Scope) -> None:
    """Send a new code to the address the group is known by. It replaces any earlier one."""
    row = _after_yes(scope)
    link = _link(scope)
    _not_too_often(scope, row)
    code = one_time.renew(link)
    send(
        scope=scope,
        audience="group",
        template="group_code",
        values={"code": code, "minutes": str(one_time.MINUTES)},
        about_kind="onward_referral",
        about_id=row.pk,
        once_key=f"onward:{row.pk}:code:{links.hashed(code)[:16]}",
        address=row.group_email,
    )
    audit.record(scope, "sent_code", "onward_referral", row.pk, person_id=row.person_id)


def _not_too_often(scope: Scope, row: OnwardReferral) -> None:
    """Whoever holds a link cannot fill the group's mailbox, nor have ever new codes to guess at."""
    lately = Message.objects.filter(
        organisation_id=scope.organisation_id,
        about_id=row.pk,
        template="group_code",
        created_at__gt=clock.now() - timedelta(hours=1),
    )
    if lately.count() >= links.MOST_CODES_AN_HOUR:
        raise TooMany("We have sent several codes already. Check your e-mail, or ask again in an hour.", 3600)


@action(ANSWER)
def reveal(*, scope: Scope, code: str) -> GroupCard | None:
    """Surname and, if the person agreed, telephone: once for each code. None for a wrong one, which is counted.

    Raises Invalid when the code has run out or was tried too often. Returning (not raising) for a wrong code keeps
    the count of tries.
    """
    row = _after_yes(scope)
    link = _link(scope)
    if not one_time.use(link, code):
        audit.record(scope, "wrong_code", "onward_referral", row.pk, person_id=row.person_id)
        return None
    audit.record_opening(scope, "onward_referral", row.pk, person_id=row.person_id)
    return card_for_group(scope, row.person_id, with_phone=row.may_share_phone)


def _after_yes(scope: Scope) -> OnwardReferral:
    _, onward_id = scope.link
    row = lock_onward(scope, onward_id)
    if row.state not in AFTER_YES:
        raise InvalidMove("You can see this after you have said yes.")
    return row


def _link(scope: Scope) -> AnswerLink:
    link_id, _ = scope.link
    link = AnswerLink.objects.select_for_update().filter(pk=link_id, closed_at=None).first()
    if link is None or link.expires_at < clock.now():
        raise NotFound
    return link
