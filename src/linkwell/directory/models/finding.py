"""What finding leaves behind: the words of the directory, and what was looked for and not found."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from linkwell.core.held import HeldModel, one_of
from linkwell.core.row_security import RowSecurity
from linkwell.directory.models.facts import PUBLIC_FACTS
from linkwell.directory.models.services import Service


class SearchWord(HeldModel):
    """A word of the directory, and how many services say it: what a misspelt word of a search is compared with."""

    word = models.CharField(max_length=40)
    times = models.PositiveIntegerField()

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "word"], name="search_word_once")]
        indexes: ClassVar = [GinIndex(fields=["word"], name="search_word_like", opclasses=["gin_trgm_ops"])]


class GapSource(models.TextChoices):
    """How we know that something is missing."""

    TOLD = "told", "a link worker said so"
    SEARCH = "search", "a search found nothing good"
    PUBLIC = "public", "a search by somebody from the public found nothing good"


class ServiceGap(HeldModel):
    """Something somebody looked for and did not find near here: what is missing.

    Of a search only the kind of need and the postcode district are kept, never what was typed: `words` stays empty.
    `once` keeps a search that is repeated on one day from counting again.
    """

    source = models.CharField(max_length=10, choices=GapSource.choices, default=GapSource.TOLD)
    words = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=40, blank=True)
    need = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    district = models.CharField(max_length=4, blank=True)
    once = models.CharField(max_length=64, null=True, unique=True)
    told_by_user_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            one_of("source", GapSource, "gap_source"),
            models.CheckConstraint(
                condition=models.Q(source=GapSource.TOLD) | models.Q(words=""), name="gap_keeps_no_typed_words"
            ),
        ]


class Shortlisted(HeldModel):
    """A service somebody put aside while looking: for one person's support, or for themselves. `case_id` has no key:
    support is kept in a room above this one.
    """

    user_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user_id", "case_id", "service"], nulls_distinct=False, name="shortlisted_once"
            )
        ]
