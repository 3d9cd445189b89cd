"""Where services come from, and each reading of it."""

from typing import ClassVar

from django.db import models

from linkwell.core.held import HeldModel
from linkwell.core.row_security import RowSecurity
from linkwell.directory.models.facts import PUBLIC_FACTS


class Source(HeldModel):
    """A feed that services come from."""

    name = models.CharField(max_length=200)
    location = models.CharField(max_length=500)

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "name"], name="source_name")]


class ImportRun(HeldModel):
    """One reading of a feed, with its control totals: in = loaded + rejected.

    A run that was held changed nothing. `complete` is False when the feed broke off before its end.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="runs")
    read = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    updated = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    withdrawn = models.PositiveIntegerField()
    rejected = models.JSONField(default=list)
    notes = models.PositiveIntegerField(default=0)
    complete = models.BooleanField(default=True)
    held_reason = models.CharField(max_length=200, blank=True)
