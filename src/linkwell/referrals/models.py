"""Referrals into the team, and what each referrer is told."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linkwell.accounts.models import Organisation, Team
from linkwell.core.held import HeldModel, StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.core.row_security import RowSecurity, held_or_shared, open_to_read
from linkwell.people.models import Person
from linkwell.referrals.states import REFERRAL


class ReferralSource(models.TextChoices):
    PROFESSIONAL = "professional", "a professional"
    SELF = "self", "the person"
    RELATIVE = "relative", "a relative or friend"


class ReferralKnows(models.TextChoices):
    """Does the person know, and do they agree?"""

    AGREES = "agrees", "knows and agrees"
    KNOWS = "knows", "knows, has not said yes yet"
    NOT_ASKED = "not_asked", "has not been asked"


class Referral(StatefulModel):
    """A request that this team supports somebody, held by the team's organisation. Details as they were given."""

    moves: ClassVar[Moves] = REFERRAL

    reference = models.CharField(max_length=12, unique=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=12, choices=ReferralSource.choices)
    sender_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    sender_user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    referrer_name = models.CharField(max_length=120, blank=True)
    referrer_role = models.CharField(max_length=120, blank=True)
    referrer_email = models.EmailField(blank=True)
    referrer_phone = models.CharField(max_length=20, blank=True)
    # Who
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    date_of_birth = models.DateField(null=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    gp_practice_name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=60, blank=True)
    interpreter = models.BooleanField(default=False)
    # Why
    needs = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    why = models.TextField(blank=True)
    # Do they know and agree, and how is it safe to reach them
    knows = models.CharField(max_length=12, choices=ReferralKnows.choices)
    safe_phone = models.BooleanField(null=True)
    safe_voicemail = models.BooleanField(null=True)
    safe_text = models.BooleanField(null=True)
    safe_email = models.BooleanField(null=True)
    safe_letter = models.BooleanField(null=True)
    safe_notes = models.CharField(max_length=300, blank=True)
    asked_alone = models.BooleanField(default=False)
    # Kinds of danger the words suggest. None found never means no risk.
    dangers = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    next_date = models.DateField()
    received_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decline_reason = models.CharField(max_length=20, blank=True)
    onward_advice = models.TextField(blank=True)
    # What the person hears when it could not be taken: said by us, or by whoever referred them.
    person_words = models.TextField(blank=True)
    # The other person of a request that named two. Each is a referral of their own.
    named_with = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    # Another organisation supports this person and offers to hand them over.
    hand_over = models.BooleanField(default=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="referrals")

    class Meta:
        constraints: ClassVar = [
            state_check(REFERRAL, "referral_state"),
            one_of("source", ReferralSource, "referral_source"),
            one_of("knows", ReferralKnows, "referral_knows"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="referral_decided_pair",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "joined"]) | Q(person__isnull=False), name="referral_has_person"
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""), name="referral_why_declined"
            ),
        ]
        indexes: ClassVar = [
            # Triage: open referrals of a team, oldest first.
            models.Index(
                fields=["organisation", "team", "received_at"],
                name="referral_triage",
                condition=Q(state__in=["received", "asked"]),
            ),
            models.Index(fields=["organisation", "family_name", "given_name"], name="referral_name"),
            models.Index(fields=["organisation", "date_of_birth"], name="referral_born"),
            models.Index(fields=["organisation", "nhs_number"], name="referral_nhs", condition=~Q(nhs_number="")),
            models.Index(fields=["person"], name="referral_person"),
            # The clocks and the report: what came in a period.
            models.Index(fields=["organisation", "team", "received_at"], name="referral_came"),
            models.Index(
                fields=["organisation", "named_with"], name="referral_named", condition=Q(named_with__isnull=False)
            ),
            # Triage: what was decided, newest first.
            models.Index(
                fields=["organisation", "team", "-decided_at"],
                name="referral_decided",
                condition=Q(state__in=["accepted", "joined", "declined", "withdrawn"]),
            ),
        ]


class SentReferral(HeldModel):
    """The referrer's own row of a referral they made, held by the referrer's organisation."""

    referral_id = models.UUIDField(unique=True)
    reference = models.CharField(max_length=12)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    sender_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    needs = ArrayField(models.CharField(max_length=40), default=list)
    sent_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "sender_user", "-sent_at"], name="sent_newest")]


class ReferralAnswerKind(models.TextChoices):
    RECEIVED = "received", "received"
    QUESTION = "question", "we have a question for you"
    ANSWER = "answer", "your answer"
    DECLINED = "declined", "could not be taken"
    IN_TOUCH = "in_touch", "in touch with the person"
    CLOSED = "closed", "support has ended"
    MESSAGE = "message", "a message for you"


class ReferralAnswer(HeldModel):
    """One thing the referrer is told or tells us, and all of the referral that their organisation may read.

    Together they are the one thread of a referral. `author` is empty for what Linkwell says by itself.
    `in_touch` and `closed` exist only when the person, asked alone, agreed.
    """

    row_security: ClassVar[RowSecurity] = held_or_shared("referral", "referral_id", append_only=True)

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=10, choices=ReferralAnswerKind.choices)
    text = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [one_of("kind", ReferralAnswerKind, "referral_answer_kind")]
        indexes: ClassVar = [models.Index(fields=["referral", "id"], name="referral_answer_order")]


class DuplicateDecision(HeldModel):
    """A person's decision that a referral is, or is not, about somebody already known here."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="duplicate_decisions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    same = models.BooleanField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral", "person"], name="duplicate_decided_once"),
        ]


class CameAlong(HeldModel):
    """A part of a record that came with a referral, as a copy in words: what another organisation handed over."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="came_along")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["referral", "kind"], name="came_along_once")]


class DeclineWords(HeldModel):
    """A team's own words for one reason why a referral could not be taken. Without a row the usual words hold."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20)
    advice = models.TextField()
    person_words = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["team", "reason"], name="decline_words_once")]


class ExpectedWait(HeldModel):
    """How long people wait for a first conversation with a team, counted each night. Public: the form shows it.

    Days by which one in ten, half, and nine in ten were reached; empty where that cannot be said.
    """

    row_security: ClassVar[RowSecurity] = open_to_read()

    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="+")
    reached = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()
    shortest = models.PositiveSmallIntegerField(null=True)
    half = models.PositiveSmallIntegerField(null=True)
    longest = models.PositiveSmallIntegerField(null=True)
    counted_at = models.DateTimeField()


class ReferralBatch(HeldModel):
    """A file of referrals, looked at first and then sent. The file itself is kept only until it is sent, or a day.

    A long one is looked at and sent a part at a time: `rows_in` of the rows `in_file` have been looked at so far.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    sender_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    in_file = models.PositiveIntegerField()
    rows_in = models.PositiveIntegerField()
    loaded = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    # For each row of the file: its number, what became of it, the reference, and what is wrong. Nothing of the person.
    report = models.JSONField(default=list)
    send_asked_at = models.DateTimeField(null=True)
    sent_so_far = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rows_in=models.F("loaded") + models.F("rejected")), name="batch_in_is_loaded_and_rejected"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-created_at"], name="batch_newest")]
