"""Releases: what was counted, what came through the gate, who signed it, and what everybody may read of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from linkwell.accounts.models import Organisation
from linkwell.core.held import StatefulModel, state_check
from linkwell.core.moves import Moves
from linkwell.core.row_security import RowSecurity, held
from linkwell.kernel.ids import new_id
from linkwell.showcase.states import RELEASE

_OWN = held()
# Whoever adds up areas reads what areas gave them, once it is published.
_GIVEN = "given_to_id = (SELECT linkwell_organisation()) AND state IN ('published', 'withdrawn')"


class Release(StatefulModel):
    """One period of one place. `counts` are the true numbers and never leave; `cells` are what the gate let through."""

    moves: ClassVar[Moves] = RELEASE
    row_security: ClassVar[RowSecurity] = RowSecurity(f"{_OWN.read} OR {_GIVEN}", _OWN.write)

    first = models.DateField()
    last = models.DateField()
    # Of the same period, the second puts the first right.
    number = models.PositiveSmallIntegerField()
    # The total of what other organisations gave, and of which of their releases.
    of_all_areas = models.BooleanField(default=False)
    covers = models.JSONField(default=list)
    given_to = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField()
    # Of each score: people, and the sum of their changes and of its squares, so that areas can be added up.
    changes = models.JSONField(default=dict)
    cells = models.TextField()
    digest = models.CharField(max_length=64)
    why = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    # How many earlier releases the gate knew of.
    log_size = models.PositiveIntegerField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            state_check(RELEASE, "release_state"),
            models.CheckConstraint(condition=Q(first__lt=F("last")), name="release_period"),
            models.CheckConstraint(
                condition=Q(signed_by=None, signed_at=None) | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="release_signed_pair",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("prepared_by")), name="release_second_person"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "discarded"]) | Q(signed_by__isnull=False), name="release_is_signed"
            ),
            # Of two prepared at once, neither would know of the other.
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state="prepared"), name="release_one_prepared"
            ),
            models.UniqueConstraint(
                fields=["organisation", "first", "last", "number"],
                condition=~Q(state="discarded"),
                name="release_number_once",
            ),
        ]


class PublishedRelease(models.Model):
    """What everybody may read, and nothing else. Public pages read this table alone for their numbers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    release_id = models.UUIDField(unique=True)
    code = models.CharField(max_length=20)
    place = models.CharField(max_length=200)
    of_all_areas = models.BooleanField(default=False)
    first = models.DateField()
    last = models.DateField()
    number = models.PositiveSmallIntegerField()
    cells = models.TextField()
    digest = models.CharField(max_length=64)
    words = models.JSONField(default=dict)
    published_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "first", "last", "number"], name="published_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_why="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_why="")),
                name="published_withdrawn_says_why",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["code", "-last"], name="published_of_place")]
