"""A referral arrives: from a professional who is signed in, or from the public form."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from linkwell.accounts.actions import share
from linkwell.accounts.queries import TeamRow, target_book
from linkwell.accounts.queries import team as team_of
from linkwell.attachments.actions import attach
from linkwell.attachments.preparing import Ready
from linkwell.core import audit, outbox, states, submissions
from linkwell.core.actions import action
from linkwell.core.database import handed_over
from linkwell.core.scope import Scope
from linkwell.kernel import clock, postcode
from linkwell.kernel.errors import Invalid, NotAllowed, NotFound
from linkwell.kernel.ids import new_id, new_reference
from linkwell.kernel.tongue import marked
from linkwell.kernel.working_days import Nation, add_working_days
from linkwell.referrals import times
from linkwell.referrals.actions.deciding import withdraw
from linkwell.referrals.actions.handing import as_sender
from linkwell.referrals.actions.telling import tell
from linkwell.referrals.details import Part, Reference, ReferralDetails
from linkwell.referrals.given import columns, details_of, written_phone
from linkwell.referrals.models import (
    CameAlong,
    Referral,
    ReferralAnswerKind,
    ReferralKnows,
    ReferralSource,
    SentReferral,
)
from linkwell.referrals.permissions import ASK_FOR_HELP, REFER

_TRIES = 5


@submissions.second_sending_finds_the_first
@action(REFER)
def send_referral(
    *,
    scope: Scope,
    team: TeamRow,
    submission_key: UUID,
    details: ReferralDetails,
    second: ReferralDetails | None = None,
    came_along: tuple[Part, ...] = (),
    hand_over: bool = False,
    file: Ready | None = None,
) -> Reference:
    """A professional refers somebody. The referral is held by the team; the sender keeps a row of their own.

    `second`: somebody they live with, who gets a referral of their own. `hand_over`: the sender supports this person
    and offers to hand them over, with copies of `came_along`. `file`: a letter about the first of them.
    Nothing here looks for the person among those the team knows, so the answer is the same whether it does or not.
    The same `submission_key` sent again gives the reference of the first.
    """
    if scope.user_id is None:
        raise NotAllowed
    now = clock.now()
    arriving = as_sender(scope, team)
    with handed_over(arriving):
        before = submissions.earlier(arriving, submission_key)
        if before is not None:
            return _same_again(arriving, team, before, now)
        referral = _arrive(arriving, team, submission_key, details, now, sender=scope, hand_over=hand_over)
        sent = [(referral, details)]
        if second is not None:
            sent.append((_arrive_with(arriving, team, referral, second, now, sender=scope), second))
        for part in came_along:
            _carry(referral, part)
        if file is not None:
            attach(scope=arriving, about_kind="referral", about_id=referral.pk, file=file)
        for each, _ in sent:
            _share_answers(arriving, scope, each)
    for each, given in sent:
        _keep_own_row(scope, scope.user_id, team, each, given, now)
    return _reference(referral, team, now)


def _share_answers(arriving: Scope, sender: Scope, referral: Referral) -> None:
    if sender.organisation_id == arriving.organisation_id:
        return
    share(
        scope=arriving,
        recipient_id=sender.organisation_id,
        kind="referral",
        object_id=referral.pk,
        part="answers",
        reason="They made this referral",
    )


def _carry(referral: Referral, part: Part) -> None:
    CameAlong.objects.create(
        organisation_id=referral.organisation_id, referral=referral, kind=part.kind, title=part.title, text=part.text
    )


def _keep_own_row(
    scope: Scope, user_id: UUID, team: TeamRow, referral: Referral, details: ReferralDetails, now: datetime
) -> None:
    sent = SentReferral.objects.create(
        organisation_id=scope.organisation_id,
        referral_id=referral.pk,
        reference=referral.reference,
        team_id=team.id,
        sender_user_id=user_id,
        person_name=details.full_name[:200],
        why=details.why,
        needs=list(details.needs),
        sent_at=now,
    )
    audit.record(scope, "sent", "sent_referral", sent.pk)


@action(REFER)
def take_back(*, scope: Scope, referral_id: UUID, reason: str) -> None:
    """The sender takes a referral back before it is decided. Raises InvalidMove once it is, NotFound for a stranger."""
    sent = SentReferral.objects.filter(organisation_id=scope.organisation_id, referral_id=referral_id).first()
    if sent is None:
        raise NotFound("We could not find that.")
    arriving = as_sender(scope, team_of(sent.team_id))
    with handed_over(arriving):
        withdraw(scope=arriving, referral_id=referral_id, reason=reason)
    audit.record(scope, "took back", "sent_referral", sent.pk)


@submissions.second_sending_finds_the_first
@action(ASK_FOR_HELP)
def receive_from_public(
    *,
    scope: Scope,
    team: TeamRow,
    submission_key: UUID,
    details: ReferralDetails,
    second: ReferralDetails | None = None,
) -> Reference:
    """Somebody without an account asks for help, for themselves or for somebody they care for.

    `second`: somebody they live with, who gets a referral of their own.

    Raises Invalid when the team takes no requests from the public. The same key sent again gives the first reference.
    """
    if not team.takes_self_referrals or details.source == ReferralSource.PROFESSIONAL:
        raise Invalid({"": marked("This team cannot take requests from this page. Please phone them.")})
    now = clock.now()
    before = submissions.earlier(scope, submission_key)
    if before is not None:
        return _same_again(scope, team, before, now)
    referral = _arrive(scope, team, submission_key, details, now, sender=None)
    if second is not None:
        _arrive_with(scope, team, referral, second, now, sender=None)
    return _reference(referral, team, now)


def _same_again(scope: Scope, team: TeamRow, referral_id: UUID, now: datetime) -> Reference:
    audit.record(scope, "sent again", "referral", referral_id)
    referral = Referral.objects.filter(organisation_id=scope.organisation_id, pk=referral_id).first()
    if referral is None:
        # The key of another form altogether.
        raise NotFound
    return _reference(referral, team, referral.received_at)


def _reference(referral: Referral, team: TeamRow, sent_at: datetime) -> Reference:
    kinds = tuple(danger.kind for danger in details_of(referral).dangers)
    return Reference(referral.pk, referral.reference, times.read_by(team, sent_at), kinds)


def _arrive_with(
    scope: Scope, team: TeamRow, first: Referral, details: ReferralDetails, now: datetime, *, sender: Scope | None
) -> Referral:
    """The second person of a request: a referral of their own, and each knows of the other."""
    second = _arrive(scope, team, new_id(), details, now, sender=sender)
    for one, other in ((first, second), (second, first)):
        one.named_with_id = other.pk
        one.save(update_fields=["named_with"])
    return second


def _arrive(
    scope: Scope,
    team: TeamRow,
    key: UUID,
    details: ReferralDetails,
    now: datetime,
    *,
    sender: Scope | None,
    hand_over: bool = False,
) -> Referral:
    _check(details)
    referral_id = submissions.remember(scope, key, new_id())
    dangers = [danger.kind.value for danger in details.dangers]
    referral = Referral(
        pk=referral_id,
        organisation_id=team.organisation_id,
        state="received",
        team_id=team.id,
        sender_organisation_id=sender.organisation_id if sender else None,
        sender_user_id=sender.user_id if sender else None,
        phone=written_phone("phone", details.phone),
        referrer_phone=written_phone("referrer_phone", details.referrer_phone),
        postcode=postcode.normalise(details.postcode)[:8],
        needs=list(details.needs),
        dangers=dangers,
        owner_id=team.duty_user_id,
        next_date=clock.london(times.danger_by(team, now)).date() if dangers else _look_by(team, sender, now),
        received_at=now,
        hand_over=hand_over,
        **columns(details),
    )
    _begin(scope, referral)
    tell(scope, referral, ReferralAnswerKind.RECEIVED)
    if dangers:
        outbox.emit(scope, "referral.danger", object_id=referral.pk)
    return referral


def _look_by(team: TeamRow, sender: Scope | None, now: datetime) -> date:
    """The day by which it is to be read: the commissioner's target, where there is one that is sooner."""
    targets = target_book([team.id]).of(team.id, sender.organisation_id if sender else None)
    asked = add_working_days(clock.london(now).date(), targets.triage, Nation(team.nation))
    return min(asked, clock.london(times.read_by(team, now)).date())


def _check(details: ReferralDetails) -> None:
    problems = {}
    if not (details.given_name.strip() and details.family_name.strip()):
        problems["given_name"] = marked("Enter their first and last name.")
    if not (details.needs or details.why.strip()):
        problems["why"] = marked("Say what they would like help with.")
    if details.knows not in ReferralKnows.values or details.source not in ReferralSource.values:
        problems["knows"] = marked("Say whether they know about this.")
    if problems:
        raise Invalid(problems)


def _begin(scope: Scope, referral: Referral) -> None:
    """Save it under a reference nobody else has. Two with the same reference are one in 47 million."""
    for attempt in range(1, _TRIES + 1):
        referral.reference = new_reference()
        try:
            with transaction.atomic():
                states.begin(scope=scope, row=referral)
        except IntegrityError:
            if attempt == _TRIES:
                raise
        else:
            return
