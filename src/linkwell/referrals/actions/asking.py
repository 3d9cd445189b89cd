"""A question to the sender, and their answer."""

from uuid import UUID

from linkwell.accounts.queries import team as team_of
from linkwell.core import audit, outbox, states
from linkwell.core.actions import action
from linkwell.core.database import handed_over
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope
from linkwell.kernel import clock, danger
from linkwell.kernel.errors import Invalid, InvalidMove, NotFound
from linkwell.referrals import times
from linkwell.referrals.actions.telling import tell
from linkwell.referrals.models import Referral, ReferralAnswer, ReferralAnswerKind, SentReferral
from linkwell.referrals.permissions import DECIDE_REFERRALS, REFER


@action(DECIDE_REFERRALS)
def ask_referrer(*, scope: Scope, referral_id: UUID, expected_version: int, question: str) -> None:
    """Ask the sender something. The referral stays with the team, with a date by which to look again."""
    if not question.strip():
        raise Invalid({"question": "Write your question."})
    referral = states.lock(Referral, referral_id, expected_version=expected_version)
    team = team_of(referral.team_id)
    referral.next_date = clock.london(times.answer_by(team, clock.now())).date()
    states.move(scope=scope, row=referral, to="asked", fields=("next_date",))
    tell(scope, referral, ReferralAnswerKind.QUESTION, question.strip())


@action(REFER)
def answer_question(*, scope: Scope, referral_id: UUID, text: str) -> None:
    """The sender answers. Only from their own row of a referral they can reach, so a stranger finds nothing."""
    if not text.strip():
        raise Invalid({"text": "Write your answer."})
    sent = SentReferral.objects.filter(organisation_id=scope.organisation_id, referral_id=referral_id).first()
    if sent is None:
        raise NotFound("We could not find that.")
    team = team_of(sent.team_id)
    arriving = Scope(
        scope.actor_kind, scope.actor_id, team.organisation_id, Role.REFERRER, "referring to this team", scope.actor_name
    )
    with handed_over(arriving):
        _take_answer(arriving, referral_id, text.strip())
    audit.record(scope, "answered", "sent_referral", sent.pk)


def _take_answer(scope: Scope, referral_id: UUID, text: str) -> None:
    referral = states.lock(Referral, referral_id)
    if referral.state not in ("asked", "received"):
        raise InvalidMove("This referral is not waiting for an answer any more.")
    ReferralAnswer.objects.create(
        organisation_id=referral.organisation_id, referral=referral, kind=ReferralAnswerKind.ANSWER, text=text
    )
    audit.record(scope, "answered", "referral", referral.pk)
    found = [each.kind.value for each in danger.dangers_in(text) if each.kind.value not in referral.dangers]
    if found:
        referral.dangers = [*referral.dangers, *found]
        referral.save(update_fields=["dangers"])
        outbox.emit(scope, "referral.danger", object_id=referral.pk)
    if referral.state == "asked":
        referral.next_date = clock.london(times.read_by(team_of(referral.team_id), clock.now())).date()
        states.move(scope=scope, row=referral, to="received", reason="answered", fields=("next_date",))
