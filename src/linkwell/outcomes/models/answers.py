"""What somebody answered, as they answered it, and what it came to by the rules of that day."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linkwell.casework.models import Case
from linkwell.core.held import HeldModel, one_of
from linkwell.kernel.tongue import marked
from linkwell.people.models import Person


class How(models.TextChoices):
    """Who was there when it was answered: answers given to somebody's face are kinder than those given alone."""

    ASKED = "asked", "Asked by the link worker"
    READ = "read", "Read aloud to them"
    ALONE = "alone", "Alone, from a link"
    PAPER = "paper", "Alone on paper, typed in here"
    PROXY = "proxy", "By somebody else for them"


class Occasion(models.TextChoices):
    START = "start", marked("At the start")
    REVIEW = "review", marked("At a review")
    END = "end", marked("At the end")
    MONTHS_3 = "months_3", marked("After 3 months")
    MONTHS_6 = "months_6", marked("After 6 months")
    MONTHS_12 = "months_12", marked("After 12 months")


class Response(HeldModel):
    """One questionnaire as it was answered. Never changed: a correction is a row of its own that names the first."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="responses")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    pack = models.CharField(max_length=40)
    pack_version = models.PositiveSmallIntegerField()
    occasion = models.CharField(max_length=9, choices=Occasion.choices)
    how = models.CharField(max_length=5, choices=How.choices)
    answered_on = models.DateField()
    # A whole number for each question; null where they did not answer.
    answers = models.JSONField()
    # Who answered for them; and who wrote it down, nobody when they did it themselves.
    proxy = models.CharField(max_length=120, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # An answer spoke of harming oneself, so that somebody had to be told the same working day.
    needs_help = models.BooleanField(default=False)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            one_of("how", How, "response_how"),
            one_of("occasion", Occasion, "response_occasion"),
            models.CheckConstraint(
                condition=Q(corrects=None, reason="") | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="response_says_why_corrected",
            ),
            models.CheckConstraint(condition=Q(how="proxy") | Q(proxy=""), name="response_proxy_named"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "person", "answered_on"], name="response_person"),
            models.Index(fields=["organisation", "recorded_by", "answered_on"], name="response_recorder"),
        ]


class ScoreOfResponse(HeldModel):
    """What the answers came to. `value` is null where too little was answered."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="scores")
    code = models.CharField(max_length=40)
    value = models.FloatField(null=True)
    band = models.CharField(max_length=40, blank=True)
    missing = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["response", "code"], name="score_once")]
