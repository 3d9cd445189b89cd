"""One episode of support and how it ended."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.accounts.models import Team
from linkwell.casework.states import CASE
from linkwell.core.held import StatefulModel, state_check
from linkwell.core.moves import Moves
from linkwell.people.models import Person
from linkwell.referrals.models import Referral


class ClosingReason(models.TextChoices):
    GOALS_MET = "goals_met", "Goals reached"
    PARTLY_MET = "partly_met", "Goals partly reached"
    NO_LONGER_WANTS = "no_longer", "No longer wants support"
    NOT_REACHED = "not_reached", "Could not be reached"
    LOST_TOUCH = "lost_touch", "We lost touch"
    MOVED_AWAY = "moved_away", "Moved away"
    CARE_HOME = "care_home", "Moved to a care home"
    TRANSFERRED = "transferred", "Another team supports them now"
    DIED = "died", "Died"
    OTHER_SERVICE = "other_service", "Needs a clinical or statutory service"
    UNSAFE = "unsafe", "Not safe to continue"
    OPENED_IN_ERROR = "in_error", "Opened in error"


class PauseReason(models.TextChoices):
    HOSPITAL = "hospital", "In hospital"
    AWAY = "away", "Away for a while"
    ILL = "ill", "Not well enough for now"


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
    # Why support rests, and the day it starts again by itself.
    pause_reason = models.CharField(max_length=8, choices=PauseReason.choices, blank=True)
    paused_until = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closing_reason = models.CharField(max_length=14, choices=ClosingReason.choices, blank=True)
    # What the reason asks for: where to, which team, what was done to get them there.
    closing_answer = models.TextField(blank=True)
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
            models.CheckConstraint(
                condition=Q(closing_reason__in=["", *ClosingReason.values]), name="case_closing_reason"
            ),
            # A pause without a day to start again would be support that ended unseen.
            models.CheckConstraint(
                condition=(Q(state="paused", paused_until__isnull=False) & Q(pause_reason__in=PauseReason.values))
                | (~Q(state="paused") & Q(paused_until=None, pause_reason="")),
                name="case_pause_has_an_end",
            ),
            # A case is never lost: while open it has a next date, and past waiting it has a worker.
            models.CheckConstraint(condition=Q(state="closed") | Q(next_date__isnull=False), name="case_next_date"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "paused", "closed"]) | Q(worker__isnull=False), name="case_has_worker"
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
