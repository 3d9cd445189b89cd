"""What was going to be asked, of whom and how, fixed before the data are opened; and what came of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from linkwell.core.held import HeldModel, StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.core.row_security import APPEND_ONLY, RowSecurity
from linkwell.evaluations.states import EVALUATION


class Basis(models.TextChoices):
    SERVICE = "service", "Service evaluation by those responsible for the support (UK GDPR 6(1)(e) and 9(2)(h))"
    AGREED = "agreed", "Only people who agreed to it (UK GDPR 6(1)(e) and 9(2)(j), confidence kept by agreement)"
    APPROVED = "approved", "Approved without agreement (section 251 or research approval)"


class Who(models.TextChoices):
    ALL = "all", "Everybody here"
    TEAM = "team", "People of one team"
    SERVICE = "service", "People referred to one group or service"
    PROGRAMME = "programme", "People taken on by a programme"
    RULE = "rule", "People found by a rule and offered support"


class DesignKind(models.TextChoices):
    PAIRED = "paired", "Nobody: the same person, before and after"
    ITS = "its", "The same place before, month by month"
    MATCH = "match", "Other people like them who were not offered support"


class Counted(models.TextChoices):
    SCORE = "score", "A score of a questionnaire"
    ATTENDANCES = "attendances", "A&E visits"
    ADMISSIONS = "admissions", "Emergency admissions"
    BED_DAYS = "bed_days", "Days in a hospital bed"
    GP_CONTACTS = "gp_contacts", "Contacts with the GP practice"


class Evaluation(StatefulModel):
    """A protocol. `number` and `fixed_at` are given when it is fixed; from then on only the state moves.

    `which` is the id of the team, service or programme, or the name of the rule. `score` is the pack and the code of
    its score. `began_on` is when that which is asked about began, for a series over time.
    """

    moves: ClassVar[Moves] = EVALUATION

    number = models.PositiveIntegerField(null=True)
    fixed_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField()
    minimum_n = models.PositiveIntegerField()
    basis = models.CharField(max_length=8, choices=Basis.choices)
    approved_by = models.CharField(max_length=120)
    approved_on = models.DateField()
    who = models.CharField(max_length=9, choices=Who.choices, blank=True)
    which = models.CharField(max_length=60, blank=True)
    population = models.CharField(max_length=300, blank=True)
    design = models.CharField(max_length=6, choices=DesignKind.choices, blank=True)
    comparison = models.CharField(max_length=300, blank=True)
    began_on = models.DateField(null=True)
    counted = models.CharField(max_length=11, choices=Counted.choices, blank=True)
    score = models.CharField(max_length=90, blank=True)
    # How far the work has come, while it is worked out; and why it was refused or given up.
    stage = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=600, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            state_check(EVALUATION, "evaluation_state"),
            one_of("basis", Basis, "evaluation_basis"),
            models.CheckConstraint(condition=Q(who__in=["", *Who.values]), name="evaluation_who"),
            models.CheckConstraint(condition=Q(design__in=["", *DesignKind.values]), name="evaluation_design"),
            models.CheckConstraint(condition=Q(counted__in=["", *Counted.values]), name="evaluation_counted"),
            models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="evaluation_window"),
            models.CheckConstraint(condition=Q(minimum_n__gt=0), name="evaluation_somebody"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"], fixed_at=None, number=None)
                | (
                    ~Q(state__in=["draft", "dropped"])
                    & Q(fixed_at__isnull=False, number__isnull=False)
                    & ~Q(who="")
                    & ~Q(design="")
                    & ~Q(counted="")
                ),
                name="evaluation_fixed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "abandoned"]) | ~Q(reason=""), name="evaluation_says_why"
            ),
            models.UniqueConstraint(fields=["organisation", "number"], name="evaluation_number"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-created_at"], name="evaluation_newest")]


class EvaluationResult(HeldModel):
    """What came of it, as it was shown on that day. Never changed.

    `report` is the report of `linkwell.evaluation`, `numbers` its numbers. `counts` says how many people were asked
    about and how many were left out, by why.
    """

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    evaluation = models.OneToOneField(Evaluation, on_delete=models.PROTECT, related_name="result")
    report = models.JSONField()
    numbers = models.JSONField()
    counts = models.JSONField()
