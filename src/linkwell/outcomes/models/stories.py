"""A story in somebody's own words: consent for each use, a second person's check, and where copies went."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linkwell.casework.models import Case
from linkwell.core.held import HeldModel, StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.outcomes.states import STORY
from linkwell.people.models import AgreementHow, Person


class StoryUse(models.TextChoices):
    TEAM = "team", "Read in our own team"
    TRAINING = "training", "Used in training"
    PUBLIC = "public", "On our public page"
    PRINT = "print", "Printed"
    SOCIAL = "social", "On social media"


class Story(StatefulModel):
    """`called` is what they are called in it, never their name. `tags` say what it shows."""

    moves: ClassVar[Moves] = STORY

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stories")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    called = models.CharField(max_length=60)
    words = models.TextField()
    tags = ArrayField(models.CharField(max_length=40), default=list)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    # What the second person asked to be changed.
    check_note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            state_check(STORY, "story_state"),
            models.CheckConstraint(condition=~Q(checked_by=F("author")), name="story_checked_by_another"),
            models.CheckConstraint(
                condition=~Q(state="checked") | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="story_checked_by_somebody",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "state"], name="story_state_of")]


class StoryConsent(HeldModel):
    """What they said to one use. The newest counts."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="consents")
    use = models.CharField(max_length=8, choices=StoryUse.choices)
    agreed = models.BooleanField()
    how = models.CharField(max_length=10, choices=AgreementHow.choices)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            one_of("use", StoryUse, "story_consent_use"),
            one_of("how", AgreementHow, "story_consent_how"),
        ]
        indexes: ClassVar = [models.Index(fields=["story", "use", "-created_at"], name="story_consent_newest")]


class StoryCopy(HeldModel):
    """One use: a copy that went out on a day to a place. It cannot be recalled, so it is at least known."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="copies")
    use = models.CharField(max_length=8, choices=StoryUse.choices)
    on = models.DateField()
    place = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [one_of("use", StoryUse, "story_copy_use")]
