"""Meetings of several professions about people: who was there, and what is to be done for each person."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.accounts.models import Team
from linkwell.core.held import HeldModel, StatefulModel, state_check
from linkwell.core.moves import Moves
from linkwell.groupwork.states import MEETING
from linkwell.people.models import Person


class Meeting(StatefulModel):
    """One multidisciplinary meeting. `attended` are names and professions, a line each, of those who met."""

    moves: ClassVar[Moves] = MEETING

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    attended = models.TextField(blank=True)
    cancelled_why = models.CharField(max_length=300, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [state_check(MEETING, "meeting_state")]
        indexes: ClassVar = [models.Index(fields=["organisation", "starts_at"], name="meeting_day")]


class MeetingItem(HeldModel):
    """One person discussed: what was said, and what is to be done by whom by when. On that person's timeline only."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said = models.TextField(blank=True)
    action = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # Somebody without an account here, such as a district nurse.
    owner_name = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(action="", owner=None, owner_name="", due_on=None)
                | (~Q(action="") & Q(due_on__isnull=False) & (Q(owner__isnull=False) | ~Q(owner_name=""))),
                name="meeting_action_has_owner",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-created_at"], name="meeting_item_person")]
