"""What the sender of a referral is told, and no more."""

from uuid import UUID

from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.people import queries as people
from linkwell.referrals.models import Referral, ReferralAnswer, ReferralAnswerKind
from linkwell.referrals.permissions import TELL_REFERRERS

WRITTEN_BY_HAND = (ReferralAnswerKind.QUESTION, ReferralAnswerKind.MESSAGE)
# Heard only when the person, asked alone, agreed to it.
NEEDS_AGREEMENT = {ReferralAnswerKind.IN_TOUCH: "tell_in_touch", ReferralAnswerKind.CLOSED: "tell_closed"}


@action(TELL_REFERRERS)
def tell_referrer(*, scope: Scope, referral_id: UUID, kind: str, text: str = "") -> bool:
    """Tell the sender one thing. `in_touch` and `closed` are told only if the person, asked alone, agreed.

    True when told; False when the person has not agreed, or when the sender has already been told.
    """
    if kind not in ReferralAnswerKind.values:
        raise Invalid({"kind": "That cannot be told."})
    referral = Referral.objects.filter(organisation_id=scope.organisation_id, pk=referral_id).first()
    if referral is None:
        raise NotFound("We could not find that.")
    subject = NEEDS_AGREEMENT.get(ReferralAnswerKind(kind))
    if subject and not (agreed(scope, referral, subject) and _is_news(referral, kind)):
        audit.record(scope, "kept back", "referral", referral.pk, person_id=referral.person_id)
        return False
    tell(scope, referral, ReferralAnswerKind(kind), text)
    return True


def agreed(scope: Scope, referral: Referral, subject: str) -> bool:
    if referral.person_id is None:
        return False
    said = people.agreement(scope, referral.person_id, subject)
    return said is not None and said.answer == "agreed" and said.asked_alone


def _is_news(referral: Referral, kind: str) -> bool:
    return not ReferralAnswer.objects.filter(referral=referral, kind=kind).exists()


def tell(scope: Scope, referral: Referral, kind: ReferralAnswerKind, text: str = "") -> UUID:
    """Write the row the sender's organisation may read, and queue the e-mail. Only called from actions."""
    answer = ReferralAnswer.objects.create(
        organisation_id=referral.organisation_id,
        referral=referral,
        kind=kind,
        text=text,
        author_id=scope.user_id if kind in WRITTEN_BY_HAND else None,
    )
    audit.record(scope, "told", "referral", referral.pk, person_id=referral.person_id, fields=(kind.value,))
    outbox.emit(scope, "referral.told", object_id=answer.pk)
    return answer.pk
