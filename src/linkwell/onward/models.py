"""Out to a group, with an answer and attendance; and signposts, which are never counted as onward referrals."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linkwell.casework.models import Case
from linkwell.core.held import HeldModel, StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.directory.models import Service
from linkwell.kernel.ids import new_id
from linkwell.onward.states import ONWARD
from linkwell.people.models import Agreement, Person


class OnwardReferral(StatefulModel):
    """A supported referral to a group. What the group may read is written here, in words the person agreed."""

    moves: ClassVar[Moves] = ONWARD

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="onward_referrals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="onward_referrals")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="+")
    first_name = models.CharField(max_length=100)
    need_words = models.CharField(max_length=400)
    access_words = models.CharField(max_length=400, blank=True)
    may_share_phone = models.BooleanField(default=False)
    # What it is for, as the group's own limits ask: codes of `kernel.codes.NEEDS`. The group does not see these.
    needs = ArrayField(models.CharField(max_length=40), default=list)
    # Which of the group's own limits it is outside of: then the group is asked for an exception.
    outside_limits = models.CharField(max_length=600, blank=True)
    # Which rules of whom the service is for it did not fit when it was sent, as the service itself says them.
    did_not_fit = ArrayField(models.CharField(max_length=300), default=list)
    group_email = models.EmailField()
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    starts_on = models.DateField(null=True)
    waiting_weeks = models.PositiveSmallIntegerField(null=True)
    decline_reason = models.CharField(max_length=300, blank=True)
    overdue_on = models.DateField()
    next_date = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            state_check(ONWARD, "onward_state"),
            models.CheckConstraint(
                condition=Q(state__in=["declined", "withdrawn", "ended", "attended"]) | Q(next_date__isnull=False),
                name="onward_next_date",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "worker", "next_date"], name="onward_worker"),
            models.Index(fields=["case"], name="onward_case"),
            models.Index(fields=["overdue_on"], name="onward_overdue", condition=Q(state__in=["sent", "asked"])),
        ]


class Attendance(HeldModel):
    """Did they come on this day? What the group says ("link") and what the person told us ("user"), side by side."""

    onward_referral = models.ForeignKey(OnwardReferral, on_delete=models.PROTECT, related_name="attendances")
    on = models.DateField()
    came = models.BooleanField()
    told_by_kind = models.CharField(max_length=10)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["onward_referral", "on", "told_by_kind"], name="attendance_once_a_day_each")
        ]


class AnswerLink(models.Model):
    """A link in an e-mail to a group. Read before any scope exists: only a hash, one purpose, an end.

    `code_hash` is the one-time code that lets the group read surname and phone after a yes.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    organisation_id = models.UUIDField()
    onward_referral_id = models.UUIDField()
    purpose = models.CharField(max_length=10)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [one_of("purpose", ["answer"], "answer_link_purpose")]
        indexes: ClassVar = [models.Index(fields=["onward_referral_id"], name="answer_link_onward")]


class ListLink(models.Model):
    """A link to a list of places that somebody was sent. Read before any scope exists: public facts and no more.

    It does not say to whom it went, nor from whose support: whoever finds it learns where groups meet.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    organisation_id = models.UUIDField()
    service_ids = ArrayField(models.UUIDField())
    look = models.CharField(max_length=10)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()


class Signpost(HeldModel):
    """Pointing somebody to a service. Nobody answers, nobody attends: never counted as an onward referral."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="signposts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=60)
    note = models.CharField(max_length=300, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    needs = ArrayField(models.CharField(max_length=40), default=list)
    asked_again_on = models.DateField(null=True)
    did_they_go = models.BooleanField(null=True)
