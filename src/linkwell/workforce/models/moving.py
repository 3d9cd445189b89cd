"""One act that gave a colleague's people to others, with what is needed to take it back."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linkwell.accounts.models import Team
from linkwell.casework.models import Case
from linkwell.core.held import HeldModel
from linkwell.people.models import Person


class CaseloadMove(HeldModel):
    """Somebody's people went to one or several colleagues, for good."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="move_undone_pair",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "team", "-created_at"], name="move_newest")]


class CaseloadMoveLine(HeldModel):
    """One person of a move. `case_version` is the case's version just afterwards: another one means work went on."""

    move = models.ForeignKey(CaseloadMove, on_delete=models.PROTECT, related_name="lines")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    case_version = models.PositiveIntegerField()
    # What went along, by id.
    appointments = ArrayField(models.UUIDField(), default=list)
    tasks = ArrayField(models.UUIDField(), default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["move", "case"], name="move_line_once")]
