"""What was received, kept as it came, and the events read from it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linkwell.core.held import HeldModel, one_of
from linkwell.hospital.models.feeds import Feed
from linkwell.hospital.models.patients import Patient


class InboundState(models.TextChoices):
    RECEIVED = "received", "Waiting"
    DONE = "done", "Done"
    ATTENTION = "attention", "Needs attention"


class Inbound(HeldModel):
    """One thing received: a message, or one change of a list. In exactly one state until the end of time.

    `raw` is what came, to the byte. `sender` and `control_id` name it (MSH-3, MSH-4 and MSH-10). `clash` marks a
    message that came with the control ID of an earlier, different one: it is kept apart until somebody says that it is
    another message, and then `taken`. `why` says what needs attention, `field` where.
    """

    # Thousands a second are written, and looking up for each that its hospital and feed are there takes as long as
    # writing it. The policy of the table lets in only rows of the one who writes; the door opened the feed itself.
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    sender = models.CharField(max_length=120, blank=True)
    control_id = models.CharField(max_length=199)
    content_hash = models.BinaryField(max_length=32)
    raw = models.BinaryField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=InboundState.choices, default=InboundState.RECEIVED)
    clash = models.BooleanField(default=False)
    taken = models.BooleanField(default=False)
    field = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=300, blank=True)
    # Somebody looked and said that it is this patient: identity is no longer questioned for it.
    confirmed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            one_of("state", InboundState, "hospital_inbound_state"),
            models.UniqueConstraint(
                fields=["organisation", "sender", "control_id"], condition=Q(clash=False), name="hospital_inbound_once"
            ),
            # Of those that came under one number, each is known by what it says.
            models.UniqueConstraint(
                fields=["organisation", "sender", "control_id", "content_hash"],
                condition=Q(clash=True),
                name="hospital_inbound_apart",
            ),
            models.CheckConstraint(condition=Q(clash=True) | Q(taken=False), name="hospital_inbound_taken"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "id"], condition=Q(state="received"), name="hospital_inbound_waits"),
            models.Index(fields=["organisation", "id"], condition=Q(state="attention"), name="hospital_inbound_look"),
        ]


class Event(HeldModel):
    """What one message says about one patient, in the pipeline's own form: stays are folded from these anew.

    `body` is JSON that only the pipeline reads. `aside` is why the fold left it out, empty when it counts.
    """

    inbound = models.ForeignKey(Inbound, on_delete=models.PROTECT, related_name="events")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="events", db_index=False)
    body = models.BinaryField()
    aside = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["patient", "id"], name="hospital_event_patient")]
