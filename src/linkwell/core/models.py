from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linkwell.core.fields import EncryptedTextField
from linkwell.core.row_security import APPEND_ONLY, HELD, RowSecurity
from linkwell.kernel.ids import new_id


class Installation(models.Model):
    """One row: facts about this database as a whole."""

    only = models.BooleanField(primary_key=True, default=True)
    fictional = models.BooleanField(default=False)
    epoch = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(only=True), name="installation_one_row")]


class AuditEvent(models.Model):
    """Who did or opened what, for whom, why and when. No foreign keys: the trail outlives what it speaks of."""

    id = models.BigAutoField(primary_key=True)
    organisation_id = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    role = models.CharField(max_length=30)
    purpose = models.CharField(max_length=60)
    verb = models.CharField(max_length=40)
    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    fields = ArrayField(models.CharField(max_length=60), default=list)

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    class Meta:
        indexes: ClassVar = [
            # "Who has looked" on the person page.
            models.Index(fields=["organisation_id", "person_id", "-id"], name="audit_person"),
            # Unusual browsing: what one user opened lately.
            models.Index(fields=["organisation_id", "actor_id", "-id"], name="audit_actor"),
        ]


class AuditPending(models.Model):
    """Audit rows not yet sealed. Ids only, so that the sealer finds work without a scope."""

    audit_id = models.BigIntegerField(primary_key=True)
    organisation_id = models.UUIDField(db_index=True)


class AuditSeal(models.Model):
    """The chain: the n-th seal of an organisation covers one audit row and the seal before it."""

    audit_id = models.BigIntegerField(primary_key=True)
    organisation_id = models.UUIDField()
    number = models.BigIntegerField()
    sealed_at = models.DateTimeField(auto_now_add=True)
    mac = models.BinaryField(max_length=32)

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation_id", "number"], name="seal_number")]


class StateChange(models.Model):
    """History of every stateful thing: from where to where, by whom, when and why."""

    id = models.BigAutoField(primary_key=True)
    organisation_id = models.UUIDField()
    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    before = models.CharField(max_length=30, blank=True)
    after = models.CharField(max_length=30)
    at = models.DateTimeField(auto_now_add=True)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    reason = models.TextField(blank=True)

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation_id", "object_id", "id"], name="history_object")]


class TimelineEntry(models.Model):
    """One line of a person's story on the person page."""

    id = models.BigAutoField(primary_key=True)
    organisation_id = models.UUIDField()
    person_id = models.UUIDField()
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    summary = models.TextField()
    seen_by = models.CharField(max_length=20)
    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation_id", "person_id", "-at", "-id"], name="timeline_person")
        ]


class OutboxEvent(models.Model):
    """One event for one handler. `fence` grows with each lease, so a worker that lost its lease cannot finish."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.UUIDField()
    event = models.CharField(max_length=80)
    handler = models.CharField(max_length=160)
    object_id = models.UUIDField()
    available_at = models.DateTimeField()
    once_key = models.CharField(max_length=240, null=True, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # The life of the database it was written in: after a restore, older rows wait until a person releases them.
    epoch = models.PositiveIntegerField()
    attempts = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveBigIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [
            # The worker's question: what is ready and nobody's.
            models.Index(fields=["available_at"], name="outbox_ready", condition=Q(done_at=None, failed_at=None)),
            # Admin's question: what needs attention.
            models.Index(fields=["failed_at"], name="outbox_failed", condition=Q(failed_at__isnull=False)),
        ]


class Draft(models.Model):
    """What somebody has typed and not yet sent, so that a time-out or a lost phone loses nothing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.UUIDField()
    user_id = models.UUIDField()
    form = models.CharField(max_length=120)
    # JSON, encrypted: half-written notes are as private as whole ones.
    words = EncryptedTextField()
    saved_at = models.DateTimeField(auto_now=True)

    row_security: ClassVar[RowSecurity] = HELD

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation_id", "user_id", "form"], name="draft_one_per_form")
        ]


class Submission(models.Model):
    """A form sent once: the same key sent again finds what the first one made (a lost answer, a double click)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.UUIDField()
    key = models.UUIDField()
    object_id = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)

    row_security: ClassVar[RowSecurity] = HELD

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation_id", "key"], name="submission_once")]


class SavedList(models.Model):
    """A list somebody looks at often: the page and its filters, under a name of their own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.UUIDField()
    user_id = models.UUIDField()
    page = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    # Encrypted: what is searched for may be somebody's name.
    query = EncryptedTextField()

    row_security: ClassVar[RowSecurity] = HELD

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation_id", "user_id", "page", "name"], name="saved_list_name")
        ]


class SeveralAct(models.Model):
    """One act on several things at once, with what is needed to take it back for a few minutes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation_id = models.UUIDField()
    user_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    # JSON, encrypted: names, and what was there before.
    lines = EncryptedTextField()
    done_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    row_security: ClassVar[RowSecurity] = HELD

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation_id", "user_id", "-done_at"], name="several_newest")]
