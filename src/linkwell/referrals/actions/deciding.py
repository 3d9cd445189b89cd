"""A referral is decided: by people, one of whom wins when two decide at once."""

from uuid import UUID

from linkwell.accounts.queries import team as team_of
from linkwell.core import audit, states, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotFound
from linkwell.people.models import Person
from linkwell.referrals import times
from linkwell.referrals.actions.telling import tell
from linkwell.referrals.models import CameAlong, DuplicateDecision, Referral, ReferralAnswerKind
from linkwell.referrals.permissions import DECIDE_REFERRALS
from linkwell.referrals.queries.triage import OVERDUE_TASK
from linkwell.referrals.reasons import DeclineReason, decline_reason
from linkwell.tasks.actions import finish_tasks_about, open_task

DANGER_TASK = "referral_danger"
TELL_TASK = "referral_tell"


@action(DECIDE_REFERRALS)
def mark_accepted(*, scope: Scope, referral_id: UUID, expected_version: int, person_id: UUID) -> None:
    """The referral became support for this person. Called by the action that opens the case, in its transaction."""
    _taken(scope, referral_id, expected_version, person_id, to="accepted", words="Referred by")


@action(DECIDE_REFERRALS)
def mark_joined(*, scope: Scope, referral_id: UUID, expected_version: int, person_id: UUID) -> None:
    """The referral was added to support this person has. Called by the action that adds it, in its transaction."""
    _taken(scope, referral_id, expected_version, person_id, to="joined", words="Referred again by")


def _taken(scope: Scope, referral_id: UUID, expected_version: int, person_id: UUID, *, to: str, words: str) -> None:
    referral = states.lock(Referral, referral_id, expected_version=expected_version)
    referral.person_id = person_id
    _decide(scope, referral)
    states.move(
        scope=scope,
        row=referral,
        to=to,
        fields=("person", "decided_at", "decided_by"),
        line=timeline.Line(person_id, "referral", f"{words} {who_sent(referral)}", at=referral.received_at),
        person_id=person_id,
    )
    _no_longer_waiting(scope, referral)


def withdraw(*, scope: Scope, referral_id: UUID, reason: str) -> None:
    """Whoever sent it takes it back before it was decided. Only called from the sender's own action."""
    referral = states.lock(Referral, referral_id)
    referral.decided_at, referral.decided_by_id = clock.now(), scope.user_id or referral.sender_user_id
    states.move(scope=scope, row=referral, to="withdrawn", reason=reason, fields=("decided_at", "decided_by"))
    _leave_copies(referral)
    _no_longer_waiting(scope, referral)


def _leave_copies(referral: Referral) -> None:
    """What came along with a referral that is not taken is kept by nobody here."""
    CameAlong.objects.filter(organisation_id=referral.organisation_id, referral=referral).delete()


@action(DECIDE_REFERRALS)
def decline(
    *, scope: Scope, referral_id: UUID, expected_version: int, reason: str, advice: str, person_words: str = ""
) -> None:
    """The referral cannot be taken. `reason` is a code of the list.

    `advice` is read by the sender; `person_words` is what the person hears: from the sender, or from us where
    whoever asked has no account.
    """
    chosen = decline_reason(reason)
    if not advice.strip():
        raise Invalid({"advice": "Say where they could turn instead."})
    referral = states.lock(Referral, referral_id, expected_version=expected_version)
    referral.decline_reason, referral.onward_advice = chosen.code, advice.strip()
    referral.person_words = person_words.strip()
    _decide(scope, referral)
    states.move(
        scope=scope,
        row=referral,
        to="declined",
        reason=chosen.code,
        fields=("decline_reason", "onward_advice", "person_words", "decided_at", "decided_by"),
    )
    tell(scope, referral, ReferralAnswerKind.DECLINED, _told(chosen, referral))
    _leave_copies(referral)
    _no_longer_waiting(scope, referral)
    if referral.sender_user_id is None:
        _leave_to_tell(scope, referral)


def _told(chosen: DeclineReason, referral: Referral) -> str:
    to_sender = f"{chosen.told} {referral.onward_advice}"
    if referral.source != "professional" or not referral.person_words:
        return to_sender
    return f"{to_sender}\n\nYou could say to them: “{referral.person_words}”"


def _leave_to_tell(scope: Scope, referral: Referral) -> None:
    """Whoever asked without an account reads nothing here: somebody has to tell them."""
    open_task(
        scope=scope,
        team_id=referral.team_id,
        owner_id=scope.user_id,
        kind=TELL_TASK,
        title=f"Tell whoever asked: {referral.reference} could not be taken",
        about_kind="referral",
        about_id=referral.pk,
        due_on=clock.today(),
    )


@action(DECIDE_REFERRALS)
def reopen_declined(*, scope: Scope, referral_id: UUID, expected_version: int, reason: str) -> None:
    """Undo a decline: the referral waits again, and the sender hears that it was received."""
    if not reason.strip():
        raise Invalid({"reason": "Say why this is being looked at again."})
    referral = states.lock(Referral, referral_id, expected_version=expected_version)
    referral.decline_reason, referral.decided_at, referral.decided_by = "", None, None
    referral.next_date = clock.london(times.read_by(team_of(referral.team_id), clock.now())).date()
    states.move(
        scope=scope,
        row=referral,
        to="received",
        reason=reason.strip(),
        fields=("decline_reason", "decided_at", "decided_by", "next_date"),
    )
    tell(scope, referral, ReferralAnswerKind.RECEIVED, "We are looking at this again.")
    finish_tasks_about(scope=scope, about_id=referral.pk, kind=TELL_TASK)


@action(DECIDE_REFERRALS)
def decide_duplicate(*, scope: Scope, referral_id: UUID, person_id: UUID, same: bool) -> None:
    """A person's decision that this referral is, or is not, about somebody already known here. It can be changed."""
    referral = states.lock(Referral, referral_id)
    if referral.state not in ("received", "asked"):
        raise InvalidMove("This referral has already been decided.")
    if not Person.objects.filter(organisation_id=scope.organisation_id, pk=person_id).exists():
        raise NotFound("We could not find that.")
    decided = DuplicateDecision.objects.filter(organisation_id=scope.organisation_id, referral_id=referral_id)
    if same:
        decided.filter(same=True).exclude(person_id=person_id).delete()
    decided.update_or_create(
        referral_id=referral_id,
        person_id=person_id,
        defaults={"same": same, "decided_by_id": scope.user_id},
        create_defaults={"same": same, "decided_by_id": scope.user_id, "organisation_id": scope.organisation_id},
    )
    verb = "said same" if same else "said different"
    audit.record(scope, verb, "referral", referral_id, person_id=person_id)


@action(DECIDE_REFERRALS)
def take_over(*, scope: Scope, referral_id: UUID, expected_version: int) -> None:
    """Become the one a waiting referral is with, so that nobody who leaves or is away keeps it waiting."""
    referral = states.lock(Referral, referral_id, expected_version=expected_version)
    if referral.state not in ("received", "asked"):
        raise InvalidMove("This referral has already been decided.")
    referral.owner_id = scope.user_id
    referral.version += 1
    referral.save(update_fields=["owner", "version"])
    audit.record(scope, "took over", "referral", referral.pk, fields=("owner",))


@action(DECIDE_REFERRALS)
def raise_overdue(*, scope: Scope, referral_id: UUID) -> None:
    """Put a referral that nobody looked at by its date in front of the team's duty person. Safe to repeat."""
    referral = states.lock(Referral, referral_id)
    team = team_of(referral.team_id)
    open_task(
        scope=scope,
        team_id=team.id,
        owner_id=team.duty_user_id,
        kind=OVERDUE_TASK,
        title=f"Referral {referral.reference} has waited too long",
        about_kind="referral",
        about_id=referral.pk,
        due_on=clock.today(),
    )


def _decide(scope: Scope, referral: Referral) -> None:
    referral.decided_at, referral.decided_by_id = clock.now(), scope.user_id


def _no_longer_waiting(scope: Scope, referral: Referral) -> None:
    for kind in (DANGER_TASK, OVERDUE_TASK):
        finish_tasks_about(scope=scope, about_id=referral.pk, kind=kind)


def who_sent(referral: Referral) -> str:
    """Who referred, in a few words for the timeline."""
    if referral.source == "self":
        return "themselves"
    name = referral.referrer_name or "somebody"
    return f"{name}, {referral.referrer_role}" if referral.referrer_role else name
