"""Who a service is for, as rules that can be asked; and its photographs."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from linkwell.core.held import HeldModel, one_of
from linkwell.core.row_security import RowSecurity
from linkwell.directory.models.facts import PUBLIC_FACTS
from linkwell.directory.models.services import Service


class RuleKind(models.TextChoices):
    """What a rule looks at. Ages are columns of the service itself, for nearly every service has them."""

    GENDER = "gender", "gender"
    AREA = "area", "where they live"
    CONDITION = "condition", "a health condition"
    CARER = "carer", "looks after somebody"
    PARENT = "parent", "has children"
    LIVES_ALONE = "lives_alone", "lives alone"
    BEREAVED = "bereaved", "somebody close has died"
    VETERAN = "veteran", "served in the forces"
    REFUGEE = "refugee", "came to find safety"
    LGBT = "lgbt", "is lesbian, gay, bisexual or trans"
    FAITH = "faith", "faith"
    LANGUAGE = "language", "a language they speak"
    NO_WORK = "no_work", "is out of work"
    LOW_INCOME = "low_income", "has little money"
    PRACTICE = "practice", "a GP practice they belong to"
    REFERRAL_ONLY = "referral_only", "comes by referral only"
    OTHER = "other", "something else"


class EligibilityRule(HeldModel):
    """One condition of coming. All rules of a service hold together; any one of `values` meets its rule.

    Values by kind: gender "women" or "men"; area postcode areas, districts or sectors ("ZW1", "ZW1 3"); condition and
    faith plain words; language a code of `kernel.codes.LANGUAGES`; practice an ODS code. `outline` is the area as a
    GeoJSON Polygon or MultiPolygon. Without `must` it says whom the service has most in mind: nobody is turned away.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="rules")
    kind = models.CharField(max_length=15, choices=RuleKind.choices)
    values = ArrayField(models.CharField(max_length=80), default=list)
    outline = models.JSONField(null=True)
    must = models.BooleanField(default=True)
    words = models.CharField(max_length=300, blank=True)
    # Read out of a feed, and made anew with it; what a group or a keeper said stays.
    from_feed = models.BooleanField(default=False)

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS

    class Meta:
        constraints: ClassVar = [one_of("kind", RuleKind, "eligibility_kind")]


class Photograph(HeldModel):
    """A picture of the place or the door, drawn anew when it came in: nothing the camera noted is left in it.

    `alt` says in words what it shows, for whoever does not see it; a picture without it is never kept.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="photographs")
    jpeg = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=300)
    place = models.PositiveSmallIntegerField(default=0)

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(alt=""), name="photograph_in_words"),
        ]
