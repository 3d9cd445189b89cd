"""A question to the sender, and their answer."""

from uuid import UUID

from linkwell.accounts.queries import TeamRow
from linkwell.accounts.queries import team as team_of
from linkwell.attachments.actions import attach
from linkwell.attachments.preparing import Ready
from linkwell.core import audit, outbox, states, submissions
from linkwell.core.actions import action
from linkwell.core.database import handed_over
from linkwell.core.permissions import REFERRERS
from linkwell.core.scope import Scope
from linkwell.kernel import clock, danger
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.kernel.working_days import Nation, add_working_days
from linkwell.referrals import times
from linkwell.referrals.actions.handing import as_sender
from linkwell.referrals.actions.telling import tell
from linkwell.referrals.models import Referral, ReferralAnswer, ReferralAnswerKind, SentReferral
from linkwell.referrals.permissions import DECIDE_REFERRALS, REFER
from linkwell.tasks.actions import open_task

WROTE_TASK = "referrer_wrote"


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


@submissions.second_sending_finds_the_first
@action(REFER)
def answer_question(
    *, scope: Scope, referral_id: UUID, text: str, file: Ready | None = None, submission_key: UUID | None = None
) -> None:
    """The sender answers, or writes about what has changed; a file may go with it.

    Only from their own row of a referral they can reach, so a stranger finds nothing. Sent twice, it arrives once.
    """
    if not text.strip():
        raise Invalid({"text": "Write your answer."})
    sent = SentReferral.objects.filter(organisation_id=scope.organisation_id, referral_id=referral_id).first()
    if sent is None:
        raise NotFound("We could not find that.")
    team = team_of(sent.team_id)
    arriving = as_sender(scope, team)
    audit.record(scope, "answered", "sent_referral", sent.pk)
    with handed_over(arriving):
        if submission_key is not None and submissions.earlier(arriving, submission_key):
            return
        answer_id = _take_answer(arriving, referral_id, text.strip())
        if file is not None:
            attach(scope=arriving, about_kind="referral", about_id=referral_id, file=file, came_with=answer_id)
        if submission_key is not None:
            submissions.remember(arriving, submission_key, answer_id)


@action(DECIDE_REFERRALS)
def note_answer(*, scope: Scope, referral_id: UUID, expected_version: int, text: str) -> None:
    """Write down what a sender without an account said when somebody phoned them. The referral is read again."""
    if not text.strip():
        raise Invalid({"text": "Write what they said."})
    states.lock(Referral, referral_id, expected_version=expected_version)
    _take_answer(scope, referral_id, text.strip())


def _take_answer(scope: Scope, referral_id: UUID, text: str) -> UUID:
    referral = states.lock(Referral, referral_id)
    answer = ReferralAnswer.objects.create(
        organisation_id=referral.organisation_id,
        referral=referral,
        kind=ReferralAnswerKind.ANSWER,
        text=text,
        # What somebody said on the phone was written down by the team: the words are still not the team's.
        author_id=scope.user_id if scope.role in REFERRERS else None,
    )
    audit.record(scope, "answered", "referral", referral.pk)
    _note_dangers(scope, referral, text)
    team = team_of(referral.team_id)
    if referral.state == "asked":
        referral.next_date = clock.london(times.read_by(team, clock.now())).date()
        states.move(scope=scope, row=referral, to="received", reason="answered", fields=("next_date",))
    elif referral.state != "received":
        # Decided meanwhile. The words still reach somebody, and the sender does not learn what was decided.
        leave_to_read(scope, referral, team)
    return answer.pk


def _note_dangers(scope: Scope, referral: Referral, text: str) -> None:
    found = [each.kind.value for each in danger.dangers_in(text) if each.kind.value not in referral.dangers]
    if not found:
        return
    referral.dangers = [*referral.dangers, *found]
    referral.version += 1
    referral.save(update_fields=["dangers", "version"])
    outbox.emit(scope, "referral.danger", object_id=referral.pk)


def leave_to_read(scope: Scope, referral: Referral, team: TeamRow) -> None:
    """Words that came about a referral that was decided: the duty person's, or whoever supports them now."""
    outbox.emit(scope, "referral.sender_wrote", object_id=referral.pk)
    open_task(
        scope=scope,
        team_id=team.id,
        owner_id=team.duty_user_id,
        kind=WROTE_TASK,
        title=f"{referral.referrer_name or 'The referrer'} wrote about {referral.reference}",
        about_kind="referral_thread",
        about_id=referral.pk,
        due_on=add_working_days(clock.today(), 1, Nation(team.nation)),
        person_id=referral.person_id,
    )
