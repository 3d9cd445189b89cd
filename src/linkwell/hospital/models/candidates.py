"""People we could offer support to: who was found and why, what was offered, and what they or a clinician said."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from linkwell.core.held import HeldModel, StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.hospital.candidate_states import CANDIDATE
from linkwell.hospital.models.patients import Patient

LONGEST_REVIEW = dt.timedelta(days=184)


class Candidate(StatefulModel):
    """Somebody found while they were in this hospital, once however many rules found them: an offer is to a person.

    `found_at` is when they came onto the list last.
    """

    moves: ClassVar[Moves] = CANDIDATE

    patient = models.OneToOneField(Patient, on_delete=models.PROTECT, related_name="candidate")
    found_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [state_check(CANDIDATE, "hospital_candidate_state")]
        indexes: ClassVar = [models.Index(fields=["organisation", "state"], name="hospital_candidate_list")]


class CandidateReason(HeldModel):
    """Why: what one rule saw. `evidence` is ids, codes and numbers by name, never words. `gone_at`: holds no more."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="reasons")
    rule = models.CharField(max_length=60)
    since = models.DateField()
    evidence = models.JSONField(default=dict)
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["candidate", "rule"], name="hospital_reason_once"),
        ]


class OfferAnswer(models.TextChoices):
    WAITING = "", "No answer yet"
    ACCEPTED = "accepted", "They said yes"
    CHOSE_NOT = "chose_not", "They chose not to"
    WITHDRAWN = "withdrawn", "Taken back: it was noted by mistake"


class Offer(HeldModel):
    """Support was offered to somebody, in person. `answer` is what they said, `referral_id` what came of a yes."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="offers")
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=12, choices=OfferAnswer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    asked_alone = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    referral_id = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints: ClassVar = [
            one_of("answer", OfferAnswer, "hospital_offer_answer"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, recorded_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, recorded_by__isnull=False)),
                name="hospital_offer_answered",
            ),
            models.CheckConstraint(
                condition=Q(referral_id=None) | Q(answer="accepted"), name="hospital_offer_referred"
            ),
            models.UniqueConstraint(fields=["candidate"], condition=Q(answer=""), name="hospital_offer_one_waits"),
        ]


class Objection(HeldModel):
    """The person asked us not to offer: their own choice, until they say so. It never blocks their own asking."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="objections")
    said_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["patient"], condition=Q(ended_at=None), name="hospital_objection_once")
        ]


class NotSuitableReason(models.TextChoices):
    TOO_UNWELL = "too_unwell", "They are too unwell to be asked now"
    HAS_SUPPORT = "has_support", "They have this support already"
    ANOTHER_TIME = "another_time", "Another time would be better"
    CLINICAL = "clinical", "A clinical reason, written in the hospital’s own notes"


class NotSuitable(HeldModel):
    """A clinician says that now is not the time, and when to look again: within six months, by itself."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="not_suitable")
    reason = models.CharField(max_length=12, choices=NotSuitableReason.choices)
    said_on = models.DateField()
    review_on = models.DateField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            one_of("reason", NotSuitableReason, "hospital_not_suitable_reason"),
            models.CheckConstraint(
                condition=Q(review_on__gt=F("said_on")) & Q(review_on__lte=F("said_on") + LONGEST_REVIEW),
                name="hospital_not_suitable_review",
            ),
            models.UniqueConstraint(fields=["patient"], condition=Q(ended_at=None), name="hospital_not_suitable_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "review_on"], condition=Q(ended_at=None), name="hospital_not_suitable_due"
            )
        ]


class RuleUse(HeldModel):
    """What a hospital decided about one rule: whether it is asked, and on what legal basis.

    `own` is the whole text of a rule the hospital wrote itself, empty for one that comes with Linkwell.
    """

    rule = models.CharField(max_length=60)
    own = models.TextField(blank=True)
    asked = models.BooleanField(default=True)
    legal_basis = models.CharField(max_length=400)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "rule"], name="hospital_rule_once"),
        ]
