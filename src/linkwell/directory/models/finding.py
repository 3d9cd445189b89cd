"""What finding leaves behind: the words of the directory, and what was looked for and not found."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from linkwell.core.held import HeldModel
from linkwell.core.row_security import RowSecurity
from linkwell.directory.models.facts import PUBLIC_FACTS


class SearchWord(HeldModel):
    """A word that occurs in the directory: what a misspelt word of a search is compared with."""

    word = models.CharField(max_length=40)
    times = models.PositiveIntegerField()

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "word"], name="search_word_once")]
        indexes: ClassVar = [GinIndex(fields=["word"], name="search_word_like", opclasses=["gin_trgm_ops"])]


class ServiceGap(HeldModel):
    """Something somebody looked for and did not find near here: what is missing."""

    words = models.CharField(max_length=300)
    place = models.CharField(max_length=40, blank=True)
    need = models.CharField(max_length=40, blank=True)
    told_by_user_id = models.UUIDField(null=True)
