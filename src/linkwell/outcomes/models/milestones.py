"""What changed in somebody's life, on a day, with who said so. Beside scores, never turned into one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.casework.models import Case
from linkwell.core.held import HeldModel, one_of
from linkwell.people.models import Person


class MilestoneKind(models.TextChoices):
    FIRST_ATTENDANCE = "attended", "Came to a group or service"
    STILL_GOING = "still_going", "Still going after 12 weeks"
    VOLUNTEERING = "volunteering", "Began to volunteer"
    HELPING = "helping", "Began to help others"
    TRAINING = "training", "Began a course or training"
    PAID_WORK = "paid_work", "Began paid work"
    PAID_WORK_13 = "paid_work_13", "Still in paid work after 13 weeks"
    PAID_WORK_26 = "paid_work_26", "Still in paid work after 26 weeks"
    MONEY = "money", "Has more money"
    HOUSING = "housing", "Housing is settled"


class SaidBy(models.TextChoices):
    PERSON = "person", "They said so"
    GROUP = "group", "The group or service said so"
    SEEN = "seen", "Their link worker saw it"
    PAPER = "paper", "A letter or other paper shows it"


class Each(models.TextChoices):
    ONCE = "once", "once"
    WEEK = "week", "a week"
    MONTH = "month", "a month"
    YEAR = "year", "a year"


class Milestone(HeldModel):
    """One change. Taken back with a reason when it was not so; never removed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="milestones")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=MilestoneKind.choices)
    on = models.DateField()
    said_by = models.CharField(max_length=6, choices=SaidBy.choices)
    # Of paid work and volunteering: hours a week.
    hours = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    # Pounds, of money gained.
    amount = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    each = models.CharField(max_length=5, choices=Each.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    # Nobody when it was read from attendance.
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            one_of("kind", MilestoneKind, "milestone_kind"),
            one_of("said_by", SaidBy, "milestone_said_by"),
            models.CheckConstraint(condition=Q(each__in=["", *Each.values]), name="milestone_each"),
            models.CheckConstraint(
                condition=Q(amount=None, each="") | (Q(kind="money", amount__gt=0) & ~Q(each="")),
                name="milestone_money",
            ),
            models.CheckConstraint(condition=Q(hours=None) | Q(hours__gt=0, hours__lte=168), name="milestone_hours"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_why="")
                | (Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_why="")),
                name="milestone_taken_back",
            ),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(kind__in=["attended", "still_going"], taken_back_at=None),
                name="milestone_attendance_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "person", "on"], name="milestone_person")]
