"""A session that a worker runs, and who was there."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from linkwell.accounts.models import Team
from linkwell.core.held import HeldModel, StatefulModel, state_check
from linkwell.core.moves import Moves
from linkwell.groupwork.states import SESSION
from linkwell.people.models import Person


class WorkerSession(StatefulModel):
    """A walk, a coffee morning, a course day run by a worker. Those of one series were planned together.

    `walk_ins` are people who came without a record here: counted, never named. `note` names nobody.
    """

    moves: ClassVar[Moves] = SESSION

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    series_id = models.UUIDField(null=True)
    topic = models.CharField(max_length=120)
    place = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    walk_ins = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True)
    cancelled_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [state_check(SESSION, "worker_session_state")]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "starts_at"], name="worker_session_day"),
            models.Index(fields=["organisation", "series_id", "starts_at"], name="worker_session_series"),
        ]


class SessionPlace(HeldModel):
    """Somebody we know on the register of a session. `came` is None until the session is written up."""

    session = models.ForeignKey(WorkerSession, on_delete=models.PROTECT, related_name="register")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    came = models.BooleanField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "person"], name="session_place_once")]
        indexes: ClassVar = [models.Index(fields=["person", "session"], name="session_place_person")]
