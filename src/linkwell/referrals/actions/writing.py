"""The team writes to whoever referred somebody: before it is decided, while they are supported, and afterwards."""

from uuid import UUID

from linkwell.attachments.actions import attach
from linkwell.attachments.preparing import Ready
from linkwell.core import audit, submissions
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.messaging.actions.threads import LONGEST
from linkwell.referrals.actions.asking import WROTE_TASK
from linkwell.referrals.actions.telling import agreed, tell
from linkwell.referrals.models import Referral, ReferralAnswerKind
from linkwell.referrals.permissions import TELL_REFERRERS
from linkwell.tasks.actions import finish_tasks_about

HARMFUL = (
    "We did not keep the file you sent: a virus was found in it. "
    "Have the computer it came from checked, then send the file again. Everything else has reached us."
)


@submissions.second_sending_finds_the_first
@action(TELL_REFERRERS)
def write_to_referrer(
    *,
    scope: Scope,
    referral_id: UUID,
    submission_key: UUID,
    text: str,
    says_nothing: bool,
    file: Ready | None = None,
) -> UUID:
    """Write to them in the thread of the referral. Sent twice, it arrives once. Raises Invalid, NotFound.

    Once a referral was taken on, whoever writes either has the person's yes that the referrer may hear of it, or says
    that the words tell nothing of whether they are supported or how they are.
    """
    referral = Referral.objects.filter(organisation_id=scope.organisation_id, pk=referral_id).first()
    if referral is None:
        raise NotFound("We could not find that.")
    before = submissions.earlier(scope, submission_key)
    if before is not None:
        audit.record(scope, "sent again", "referral", referral.pk)
        return before
    _check(scope, referral, text.strip(), says_nothing=says_nothing)
    answer_id = tell(scope, referral, ReferralAnswerKind.MESSAGE, text.strip())
    if file is not None:
        attach(scope=scope, about_kind="referral", about_id=referral.pk, file=file, came_with=answer_id)
    finish_tasks_about(scope=scope, about_id=referral.pk, kind=WROTE_TASK)
    return submissions.remember(scope, submission_key, answer_id)


def _check(scope: Scope, referral: Referral, words: str, *, says_nothing: bool) -> None:
    if referral.sender_organisation_id is None:
        raise Invalid({"": "Whoever asked has no account here. Phone them"})
    if not words:
        raise Invalid({"text": "Write your message"})
    if len(words) > LONGEST:
        raise Invalid({"text": f"A message can be up to {LONGEST:,} characters"})
    if not (says_nothing or may_hear(scope, referral)):
        raise Invalid({"says_nothing": "They have not agreed that the referrer hears of their support. Say that your "
                                       "message tells nothing of it, or ask them first"})  # fmt: skip


def may_hear(scope: Scope, referral: Referral) -> bool:
    """Whether the referrer may hear of the support itself: the person, asked alone, said yes to both kinds of news."""
    return referral.person_id is None or (
        agreed(scope, referral, "tell_in_touch") and agreed(scope, referral, "tell_closed")
    )


@action(TELL_REFERRERS)
def tell_of_harmful_file(*, scope: Scope, referral_id: UUID, sent_by_id: UUID) -> None:
    """Whoever sent a file in which a virus was found hears so in the thread. Nothing where the team attached it."""
    audit.record(scope, "looked at harmful file", "referral", referral_id)
    rows = Referral.objects.filter(organisation_id=scope.organisation_id, pk=referral_id, sender_user_id=sent_by_id)
    referral = rows.first()
    if referral is not None:
        tell(scope, referral, ReferralAnswerKind.MESSAGE, HARMFUL)
