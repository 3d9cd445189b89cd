"""Who the person is."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linkwell.core.held import HeldModel, one_of


class ToldBy(models.TextChoices):
    """Who gave a detail. Anything not from the person is shown as told to us by somebody else."""

    PERSON = "person", "the person"
    REFERRER = "referrer", "the referrer"
    RELATIVE = "relative", "a relative or friend"
    FEED = "feed", "another system"


class Person(HeldModel):
    """Somebody whose record this organisation holds."""

    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    preferred_name = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=30, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    date_of_birth = models.DateField(null=True)
    gender = models.CharField(max_length=60, blank=True)
    ethnicity = models.CharField(max_length=80, blank=True)
    # In their own words; "None" is an answer, empty means nobody asked.
    disability = models.CharField(max_length=120, blank=True, default="")
    language = models.CharField(max_length=60, blank=True)
    # Checked for form only; never a key and never trusted alone (two people can carry one number).
    nhs_number = models.CharField(max_length=10, blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    gp_practice_code = models.CharField(max_length=20, blank=True)
    gp_practice_name = models.CharField(max_length=200, blank=True)
    restricted = models.BooleanField(default=False)
    told_by = models.CharField(max_length=10, choices=ToldBy.choices, default=ToldBy.REFERRER)
    # Folded in code (`people.names.sort_name`), because the database sorts by code point.
    sort_name = models.CharField(max_length=210, default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [one_of("told_by", ToldBy, "person_told_by")]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "sort_name", "id"], name="person_sorted"),
            models.Index(fields=["organisation", "postcode"], name="person_place", condition=~Q(postcode="")),
            models.Index(fields=["organisation", "family_name", "given_name"], name="person_name"),
            models.Index(fields=["organisation", "date_of_birth"], name="person_born"),
            models.Index(fields=["organisation", "nhs_number"], name="person_nhs", condition=~Q(nhs_number="")),
            # Every list asks who is kept apart: few, among all.
            models.Index(fields=["organisation"], name="person_apart", condition=Q(restricted=True)),
        ]


class PersonWord(HeldModel):
    """One folded word of somebody's name, so that a search begins at an index of its own organisation."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="name_words")
    word = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "word"], name="person_word_once")]
        indexes: ClassVar = [models.Index(fields=["organisation", "word", "person"], name="person_word")]
