"""What staff do with people we could offer support to: offer, note what they say, leave for now, refer."""

import datetime as dt
from uuid import UUID

from django.db.models import F, QuerySet

from linkwell.accounts.queries import TeamRow
from linkwell.core import audit, outbox, states, submissions
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.actions.answered import answers_that_hold
from linkwell.hospital.models import (
    Candidate,
    NotSuitable,
    NotSuitableReason,
    Objection,
    Offer,
    OfferAnswer,
    Patient,
    Stay,
    StayReferral,
)
from linkwell.hospital.models.candidates import LONGEST_REVIEW
from linkwell.hospital.permissions import SAY_NOT_SUITABLE, SEE_CANDIDATES
from linkwell.hospital.queries.joined import records_of
from linkwell.hospital.queries.listable import listable_patients, restricted_patients
from linkwell.hospital.queries.shown import planned_patient
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotAllowed, NotFound
from linkwell.referrals import actions as referrals
from linkwell.referrals.details import Reference, ReferralDetails
from linkwell.referrals.models import SentReferral

ANSWERS = (OfferAnswer.WAITING, OfferAnswer.ACCEPTED, OfferAnswer.CHOSE_NOT)


@action(SEE_CANDIDATES)
def offer(*, scope: Scope, candidate_id: UUID, expected_version: int, answer: str, asked_alone: bool = False) -> None:
    """Support was offered, and this is what they said; `answer` is empty while they think about it.

    Raises Invalid for another answer, Conflict, and InvalidMove for somebody who asked us not to.
    """
    if answer not in ANSWERS:
        raise Invalid({"answer": "Choose what they said."})
    row = _locked(scope, candidate_id, expected_version)
    made = _offer_that_waits(row) or _new_offer(scope, row)
    if row.state != "offered":
        states.move(scope=scope, row=row, to="offered")
    if answer:
        made.asked_alone = asked_alone
        _answered(scope, made, answer)
        states.move(scope=scope, row=row, to=answer)


@action(SEE_CANDIDATES)
def take_back_offer(*, scope: Scope, candidate_id: UUID, expected_version: int) -> None:
    """An offer that was noted by mistake, before it has an answer. Raises InvalidMove once it has one."""
    row = _locked(scope, candidate_id, expected_version)
    made = _offer_that_waits(row)
    if made is None:
        raise InvalidMove("There is no offer without an answer.")
    _answered(scope, made, OfferAnswer.WITHDRAWN)
    states.move(scope=scope, row=row, to="open")


@action(SEE_CANDIDATES)
def take_back_yes(*, scope: Scope, candidate_id: UUID, expected_version: int) -> None:
    """A yes that was noted by mistake, or that they no longer mean. Raises InvalidMove once they are referred."""
    row = _locked(scope, candidate_id, expected_version)
    made = _last_yes(row)
    if row.state != "accepted" or made is None:
        raise InvalidMove("There is no yes to take back.")
    if made.referral_id is not None:
        raise InvalidMove("They have been referred already.")
    _answered(scope, made, OfferAnswer.WITHDRAWN)
    states.move(scope=scope, row=row, to="open", reason="the yes was taken back")


@action(SEE_CANDIDATES)
def ask_not(*, scope: Scope, candidate_id: UUID, expected_version: int) -> None:
    """The person asked us not to offer. It holds until they say otherwise, whatever a rule finds."""
    row = _locked(scope, candidate_id, expected_version)
    _object(scope, row.patient_id)
    _withdraw_waiting(scope, row)
    states.move(scope=scope, row=row, to="asked_not")


@action(SEE_CANDIDATES)
def may_ask_again(*, scope: Scope, candidate_id: UUID, expected_version: int) -> None:
    """The person says that we may offer again, or it had been noted for somebody else."""
    row = _locked(scope, candidate_id, expected_version)
    _no_longer_object(scope, row.patient)
    states.move(scope=scope, row=row, to=_once_they_may_be_asked(scope, row))


@action(SEE_CANDIDATES)
def ask_not_of(*, scope: Scope, patient_id: UUID) -> None:
    """A patient asked us not to offer, whether or not a rule has found them. Said twice it is said once.

    Raises NotFound, also for a restricted record, and InvalidMove for somebody who has died.
    """
    patient = planned_patient(scope, patient_id)
    row = _found_already(patient)
    _object(scope, patient.pk)
    if row is not None and row.state != "asked_not":
        _withdraw_waiting(scope, row)
        states.move(scope=scope, row=row, to="asked_not")
    _said_by_patient(scope, patient, "asked us not to offer")


@action(SEE_CANDIDATES)
def may_ask_again_of(*, scope: Scope, patient_id: UUID) -> None:
    """A patient says that we may offer again. Raises InvalidMove where nobody had asked us not to."""
    patient = planned_patient(scope, patient_id)
    row = _found_already(patient)
    if not _no_longer_object(scope, patient):
        raise InvalidMove("They have not asked us not to offer.")
    if row is not None and row.state == "asked_not":
        states.move(scope=scope, row=row, to=_once_they_may_be_asked(scope, row))
    _said_by_patient(scope, patient, "said that we may offer")


@action(SAY_NOT_SUITABLE)
def not_suitable(*, scope: Scope, candidate_id: UUID, expected_version: int, reason: str, review_on: dt.date) -> None:
    """A clinician says that now is not the time, why, and when to look again. Raises Invalid."""
    today = clock.today()
    problems = {}
    if reason not in NotSuitableReason.values:
        problems["reason"] = "Choose why."
    if not today < review_on <= today + LONGEST_REVIEW:
        problems["review_on"] = "Choose a day within six months from now."
    if problems:
        raise Invalid(problems)
    row = _locked(scope, candidate_id, expected_version)
    _withdraw_waiting(scope, row)
    # What was said before may be due, or was put aside by "asked us not to", without having been ended.
    NotSuitable.objects.filter(patient_id=row.patient_id, ended_at=None).update(ended_at=clock.now())
    NotSuitable.objects.create(
        organisation_id=scope.organisation_id,
        patient_id=row.patient_id,
        reason=reason,
        said_on=today,
        review_on=review_on,
        said_by_id=_who(scope),
    )
    states.move(scope=scope, row=row, to="not_suitable")


@action(SAY_NOT_SUITABLE)
def look_again(*, scope: Scope, candidate_id: UUID, expected_version: int) -> None:
    """A clinician no longer holds that now is not the time."""
    row = _locked(scope, candidate_id, expected_version)
    said = NotSuitable.objects.filter(patient_id__in=records_of([row.patient])[row.patient_id], ended_at=None)
    said.update(ended_at=clock.now())
    states.move(scope=scope, row=row, to="open")


@submissions.second_sending_finds_the_first
@action(SEE_CANDIDATES)
def refer(
    *,
    scope: Scope,
    candidate_id: UUID,
    expected_version: int,
    team: TeamRow,
    submission_key: UUID,
    details: ReferralDetails,
) -> Reference:
    """Somebody who said yes is referred with what `details` hold and nothing else. Raises InvalidMove without a yes."""
    row = _locked(scope, candidate_id, expected_version)
    made = _last_yes(row)
    if row.state != "accepted" or made is None:
        raise InvalidMove("Note first that they said yes.")
    sent = referrals.send_referral(scope=scope, team=team, submission_key=submission_key, details=details)
    if made.referral_id not in (None, sent.referral_id):
        raise InvalidMove("They have been referred already.")
    made.referral_id = sent.referral_id
    made.save(update_fields=["referral_id"])
    audit.record(scope, "referred", "candidate", row.pk, fields=("referral",))
    return sent


@submissions.second_sending_finds_the_first
@action(SAY_NOT_SUITABLE)
def refer_restricted(
    *, scope: Scope, patient_id: UUID, team: TeamRow, submission_key: UUID, details: ReferralDetails
) -> Reference:
    """A clinician refers somebody whose record is restricted, whom no list shows. Raises NotFound for anybody else."""
    if not restricted_patients(scope).filter(pk=patient_id).exists():
        raise NotFound
    sent = referrals.send_referral(scope=scope, team=team, submission_key=submission_key, details=details)
    _join(scope, patient_id, sent.referral_id)
    audit.record(scope, "referred", "hospital_patient", patient_id)
    return sent


def _join(scope: Scope, patient_id: UUID, referral_id: UUID) -> None:
    """To their newest stay: without it a death would not reach those who then support them."""
    rows = Stay.objects.filter(organisation_id=scope.organisation_id, patient_id=patient_id, no_stay="")
    stay = rows.order_by(F("admitted_at").desc(nulls_last=True), "-pk").first()
    row = SentReferral.objects.get(organisation_id=scope.organisation_id, referral_id=referral_id)
    if stay is not None:
        StayReferral.objects.get_or_create(organisation_id=scope.organisation_id, stay=stay, sent=row)


def _locked(scope: Scope, candidate_id: UUID, expected_version: int | None) -> Candidate:
    """Raises NotFound also for somebody no list may show: restricted, died, or joined to another record."""
    row = states.lock(Candidate, candidate_id, expected_version=expected_version)
    if not listable_patients(scope).filter(pk=row.patient_id).exists():
        raise NotFound("We could not find that.")
    return row


def _found_already(patient: Patient) -> Candidate | None:
    known = Candidate.objects.filter(patient=patient).values_list("pk", flat=True).first()
    return states.lock(Candidate, known) if known else None


def _once_they_may_be_asked(scope: Scope, row: Candidate) -> str:
    """Who was referred and may still be supported is not offered it as if they were not; all others are asked anew."""
    made = _last_yes(row)
    referred = made is not None and made.referral_id is not None
    return "accepted" if referred and answers_that_hold(scope, [row]).get(row.pk) == "accepted" else "open"


def _said_by_patient(scope: Scope, patient: Patient, verb: str) -> None:
    """A rule may have been finding them just now, without having seen what they said: the rules are asked again."""
    audit.record(scope, verb, "hospital_patient", patient.pk)
    outbox.emit(scope, "hospital.look", object_id=patient.pk)


def _object(scope: Scope, patient_id: UUID) -> None:
    Objection.objects.get_or_create(
        organisation_id=scope.organisation_id,
        patient_id=patient_id,
        ended_at=None,
        defaults={"said_at": clock.now(), "recorded_by_id": _who(scope)},
    )


def _no_longer_object(scope: Scope, patient: Patient) -> int:
    """How many objections this ends."""
    found = list(_objections(patient))
    for said in found:
        said.ended_at, said.ended_by_id = clock.now(), _who(scope)
        said.save(update_fields=["ended_at", "ended_by"])
    return len(found)


def _objections(patient: Patient) -> QuerySet[Objection]:
    """What was said of this patient, also under a number that has been joined to theirs."""
    said = Objection.objects.select_for_update(of=("self",)).filter(ended_at=None)
    return said.filter(patient_id__in=records_of([patient])[patient.pk])


def _who(scope: Scope) -> UUID:
    if scope.user_id is None:
        raise NotAllowed
    return scope.user_id


def _offer_that_waits(row: Candidate) -> Offer | None:
    return row.offers.select_for_update().filter(answer=OfferAnswer.WAITING).first()


def _last_yes(row: Candidate) -> Offer | None:
    return row.offers.filter(answer=OfferAnswer.ACCEPTED).order_by("-answered_at").first()


def _new_offer(scope: Scope, row: Candidate) -> Offer:
    return Offer.objects.create(
        organisation_id=scope.organisation_id, candidate=row, offered_at=clock.now(), offered_by_id=_who(scope)
    )


def _answered(scope: Scope, made: Offer, answer: str) -> None:
    made.answer, made.answered_at, made.recorded_by_id = answer, clock.now(), _who(scope)
    made.save(update_fields=["answer", "answered_at", "recorded_by", "asked_alone"])


def _withdraw_waiting(scope: Scope, row: Candidate) -> None:
    made = _offer_that_waits(row)
    if made is not None:
        _answered(scope, made, OfferAnswer.WITHDRAWN)
