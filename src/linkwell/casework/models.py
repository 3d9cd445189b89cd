"""One episode of support: conversations, appointments, the plan, and how it ended."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from linkwell.accounts.models import Team
from linkwell.casework.states import APPOINTMENT, CASE, GOAL
from linkwell.core.fields import EncryptedTextField
from linkwell.core.held import HeldModel, StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.core.row_security import APPEND_ONLY, RowSecurity, held_or_shared
from linkwell.people.models import Person
from linkwell.referrals.models import Referral


class ClosingReason(models.TextChoices):
    GOALS_MET = "goals_met", "Goals reached"
    PARTLY_MET = "partly_met", "Goals partly reached"
    NO_LONGER_WANTS = "no_longer", "No longer wants support"
    LOST_TOUCH = "lost_touch", "We lost touch"
    MOVED_AWAY = "moved_away", "Moved away"
    DIED = "died", "Died"
    OTHER_SERVICE = "other_service", "Needs a clinical or statutory service"
    OPENED_IN_ERROR = "in_error", "Opened in error"


class Case(StatefulModel):
    """One episode of support, "support from … to …" on screen."""

    moves: ClassVar[Moves] = CASE

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    referral = models.OneToOneField(Referral, null=True, on_delete=models.PROTECT, related_name="case")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # How heavy this case is for a caseload: 1 is usual.
    weight = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    first_spoken_at = models.DateTimeField(null=True)
    last_contact_at = models.DateTimeField(null=True)
    next_date = models.DateField(null=True)
    next_step = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closing_reason = models.CharField(max_length=14, choices=ClosingReason.choices, blank=True)
    closing_note = models.TextField(blank=True)
    what_did_not_work = models.TextField(blank=True)
    # What will become of the things still open when support ended (an onward referral, an appointment).
    still_open_note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            state_check(CASE, "case_state"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="case_closed_pair",
            ),
            models.CheckConstraint(condition=~Q(state="closed") | ~Q(closing_reason=""), name="case_why_closed"),
            # A case is never lost: while open it has a next date, and past waiting it has a worker.
            models.CheckConstraint(condition=Q(state="closed") | Q(next_date__isnull=False), name="case_next_date"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "closed"]) | Q(worker__isnull=False), name="case_has_worker"
            ),
            models.UniqueConstraint(
                fields=["person", "team"], condition=~Q(state="closed"), name="case_one_open_per_team"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "worker", "next_date"], name="case_caseload", condition=~Q(state="closed")
            ),
            models.Index(fields=["organisation", "team", "state", "opened_at"], name="case_team"),
        ]


class InteractionKind(models.TextChoices):
    PHONE = "phone", "Phone"
    VIDEO = "video", "Video"
    HOME = "home", "Home visit"
    FACE = "face", "Face to face elsewhere"
    MESSAGE = "message", "Text or e-mail"


class InteractionOutcome(models.TextChoices):
    TALKED = "talked", "We talked"
    TRIED = "tried", "Tried, no answer"
    MISSED = "missed", "Did not attend an agreed appointment"


class Interaction(HeldModel):
    """One conversation, visit or try. A try is not a missed appointment."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interactions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    appointment = models.OneToOneField(
        "casework.Appointment", null=True, on_delete=models.PROTECT, related_name="interaction"
    )
    kind = models.CharField(max_length=10, choices=InteractionKind.choices)
    outcome = models.CharField(max_length=10, choices=InteractionOutcome.choices)
    happened_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(null=True)
    note = models.TextField(blank=True)
    # What somebody else told us: kept apart, never in anything the person or their GP is sent.
    third_party_note = models.TextField(blank=True)
    with_whom = models.CharField(max_length=200, blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    next_date = models.DateField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            one_of("kind", InteractionKind, "interaction_kind"),
            one_of("outcome", InteractionOutcome, "interaction_outcome"),
            models.CheckConstraint(
                condition=~Q(outcome="missed") | Q(appointment__isnull=False), name="interaction_missed_was_agreed"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "-happened_at"], name="interaction_case")]


class InteractionCorrection(HeldModel):
    """What a note should have said, and why. The note as first written stays; the newest correction is read first."""

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    interaction = models.ForeignKey(Interaction, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    third_party_note = models.TextField(blank=True)
    reason = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["interaction", "number"], name="correction_number"),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_says_why"),
        ]


class Appointment(StatefulModel):
    """A time agreed with the person."""

    moves: ClassVar[Moves] = APPOINTMENT

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=InteractionKind.choices)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=45)
    place = models.CharField(max_length=300, blank=True)
    agreed_with_person = models.BooleanField(default=True)
    # The appointment this one replaces, when a time was moved.
    instead_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="moved_to")

    class Meta:
        constraints: ClassVar = [
            state_check(APPOINTMENT, "appointment_state"),
            one_of("kind", InteractionKind, "appointment_kind"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "worker", "starts_at"], name="appointment_day"),
        ]


class Plan(HeldModel):
    """The person's plan in one case.

    `version` grows with every change to anything in it, so nobody agrees to a plan they have not read;
    `words_version` grows only with the strengths and the review date. What was agreed is a `PlanVersion`.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="plan")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    strengths = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    words_version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(auto_now=True)


class Need(HeldModel):
    """ "What I would like to change", in the person's words."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="needs")
    code = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    ended_at = models.DateTimeField(null=True)


class Goal(StatefulModel):
    """What the person hopes for, and how much it matters to them."""

    moves: ClassVar[Moves] = GOAL

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="goals")
    words = models.CharField(max_length=300)
    importance = models.PositiveSmallIntegerField(null=True)
    position = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            state_check(GOAL, "goal_state"),
            models.CheckConstraint(condition=Q(importance=None) | Q(importance__range=(1, 10)), name="goal_importance"),
        ]


class Action(HeldModel):
    """A step towards a goal: what, who, when, and how sure the person is, as things are now."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="steps")
    words = models.CharField(max_length=300)
    who = models.CharField(max_length=120)
    due_on = models.DateField(null=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(confidence=None) | Q(confidence__range=(1, 10)), name="step_confidence"),
        ]


class PlanVersion(HeldModel):
    """The plan as it stood when it was agreed, or recorded as not agreed and why. Never changed."""

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    agreed = models.BooleanField()
    agreed_how = models.CharField(max_length=10, blank=True)
    why_not = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number"),
            models.CheckConstraint(
                condition=(Q(agreed=True) & ~Q(agreed_how="")) | (Q(agreed=False) & ~Q(why_not="")),
                name="plan_agreed_or_why_not",
            ),
        ]


class MessageBack(HeldModel):
    """The summary made at closing for the GP practice and the person's own clinicians, as it was previewed and sent.

    `content` is the message itself (schemas/message_back.json): nothing is added to it after the preview.
    """

    row_security: ClassVar[RowSecurity] = held_or_shared("message_back", "id")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages_back")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    recipient = models.CharField(max_length=200)
    recipient_organisation = models.ForeignKey(
        "accounts.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    previewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sent_at=None) | Q(sent_at__gte=F("created_at")), name="sent_after_made")
        ]
        indexes: ClassVar = [
            models.Index(fields=["recipient_organisation", "-sent_at"], name="message_back_received"),
            models.Index(fields=["case", "-created_at"], name="message_back_case"),
        ]


class SeparateNote(HeldModel):
    """What the person's clinicians need to know and the person must not come upon in their record.

    The only document in which safeguarding or third-party information leaves. Never part of a message back.
    """

    row_security: ClassVar[RowSecurity] = held_or_shared("separate_note", "id")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="separate_notes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recipient_organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    about = EncryptedTextField()
    text = EncryptedTextField()
    reason = models.CharField(max_length=300)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="separate_note_says_why")]
        indexes: ClassVar = [
            models.Index(fields=["recipient_organisation", "-created_at"], name="separate_note_received")
        ]


class Cover(HeldModel):
    """A colleague looks after somebody's people while they are away."""

    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    covered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cover_period"),
            models.CheckConstraint(condition=~Q(worker=F("covered_by")), name="cover_somebody_else"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "covered_by", "ends_on"], name="cover_by", condition=Q(ended_at=None))
        ]
