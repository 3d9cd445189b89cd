"""Conversations, visits and tries, and their corrections."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.casework.models.cases import Case
from linkwell.core.held import HeldModel, one_of
from linkwell.core.row_security import APPEND_ONLY, RowSecurity
from linkwell.people.models import Person


class InteractionKind(models.TextChoices):
    PHONE = "phone", "Phone"
    VIDEO = "video", "Video"
    HOME = "home", "Home visit"
    FACE = "face", "Face to face elsewhere"
    TEXT = "text", "Text"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"


# Ways to write to somebody: nobody meets there, and the hour does not matter.
IN_WRITING = (InteractionKind.TEXT.value, InteractionKind.EMAIL.value, InteractionKind.LETTER.value)


class InteractionOutcome(models.TextChoices):
    TALKED = "talked", "We talked"
    TRIED = "tried", "Tried, no answer"
    MISSED = "missed", "Did not attend an agreed appointment"
    NOT_BROUGHT = "not_brought", "Was not brought to an agreed appointment"
    # What is left where a note was written on the wrong record: counted nowhere.
    MOVED = "moved", "Moved, entered on the wrong record"


# Only an appointment the person agreed to can be missed; a child or a dependant cannot come alone.
NOT_ATTENDED = (InteractionOutcome.MISSED.value, InteractionOutcome.NOT_BROUGHT.value)


class Interaction(HeldModel):
    """One conversation, visit or try. A try is not a missed appointment."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interactions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    appointment = models.OneToOneField(
        "casework.Appointment", null=True, on_delete=models.PROTECT, related_name="interaction"
    )
    kind = models.CharField(max_length=10, choices=InteractionKind.choices)
    outcome = models.CharField(max_length=12, choices=InteractionOutcome.choices)
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
                condition=~Q(outcome__in=NOT_ATTENDED) | Q(appointment__isnull=False),
                name="interaction_missed_was_agreed",
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
