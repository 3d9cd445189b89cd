"""Where a hospital's news comes from, and each reading of a list."""

import datetime as dt
from typing import ClassVar

from django.db import models

from linkwell.core.held import HeldModel, one_of


class FeedKind(models.TextChoices):
    ADT = "adt", "Admission messages"
    WARD_LIST = "ward_list", "Ward list"
    READY_LIST = "ready_list", "Ready-to-go-home list"
    ACTIVITY = "activity", "Activity file"


class Feed(HeldModel):
    """One source of news. Nothing heard for longer than `stale_after` is said loudly wherever its news is shown.

    `ended_at`: since then the hospital sends it no more, as somebody said, and nobody waits for it.
    """

    kind = models.CharField(max_length=12, choices=FeedKind.choices)
    name = models.CharField(max_length=120)
    last_heard_at = models.DateTimeField(null=True)
    stale_after = models.DurationField(default=dt.timedelta(hours=6))
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            one_of("kind", FeedKind, "hospital_feed_kind"),
            models.UniqueConstraint(fields=["organisation", "kind", "name"], name="hospital_feed_name"),
        ]


class Decision(models.TextChoices):
    LOADED = "loaded", "Loaded all the same"
    THROWN_AWAY = "thrown_away", "Thrown away"
    OVERTAKEN = "overtaken", "A newer list was loaded"


class ListRun(HeldModel):
    """One reading of a list, with its control totals: read = loaded + rejected.

    `changes` is how many events the list made beside the one before it. A run that was held changed nothing, and its
    rows are kept in `held` until somebody decides about it.
    """

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="runs")
    file_name = models.CharField(max_length=200)
    content_hash = models.BinaryField(max_length=32)
    # When the hospital wrote the list: the time of whatever changed since the one before.
    as_at = models.DateTimeField()
    read = models.PositiveIntegerField()
    loaded = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    changes = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)
    held_reason = models.CharField(max_length=200, blank=True)
    held = models.JSONField(null=True)
    decision = models.CharField(max_length=12, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(read=models.F("loaded") + models.F("rejected")), name="hospital_list_totals"
            ),
            models.CheckConstraint(
                condition=models.Q(decision__in=["", *Decision.values]), name="hospital_list_decision"
            ),
            # Rows are kept as long as, and only where, somebody has yet to decide.
            models.CheckConstraint(
                condition=models.Q(held__isnull=True, decision="", held_reason="", decided_at=None)
                | models.Q(held__isnull=False, decision="", decided_at=None) & ~models.Q(held_reason="")
                | models.Q(held__isnull=True, decided_at__isnull=False)
                & ~models.Q(decision="")
                & ~models.Q(held_reason=""),
                name="hospital_list_held",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["feed", "-as_at"], name="hospital_list_newest"),
            models.Index(
                fields=["organisation", "id"], condition=models.Q(held__isnull=False), name="hospital_list_waits"
            ),
        ]


class ListRow(HeldModel):
    """A row of a list as it stood last, by which the next list is compared."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="rows")
    key = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["feed", "key"], name="hospital_list_row_once")]
