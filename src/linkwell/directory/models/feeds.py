"""Where services come from, and each reading of it."""

from typing import ClassVar

from django.db import models

from linkwell.core.held import HeldModel
from linkwell.core.row_security import RowSecurity
from linkwell.directory.models.facts import PUBLIC_FACTS


class Source(HeldModel):
    """A feed that services come from. `columns` says which column of a table says what (interop `Columns`).

    `every_hours` is how often it is fetched by itself, None for by hand; `due_at` is when next. `etag` and
    `last_modified` are what its server gave with what was last loaded, so that an unchanged feed is not sent again.
    """

    name = models.CharField(max_length=200)
    location = models.CharField(max_length=500)
    format = models.CharField(max_length=10, blank=True)
    columns = models.JSONField(default=dict)
    headings = models.JSONField(default=dict)
    every_hours = models.PositiveSmallIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    unchanged_at = models.DateTimeField(null=True)
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    accept_smaller = models.BooleanField(default=False)

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "name"], name="source_name")]
        indexes: ClassVar = [models.Index(fields=["organisation", "due_at"], name="source_due")]


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
    # What was wrong inside records that were loaded all the same: the first of the `notes`, told like `rejected`.
    findings = models.JSONField(default=list)
    complete = models.BooleanField(default=True)
    held_reason = models.CharField(max_length=200, blank=True)
