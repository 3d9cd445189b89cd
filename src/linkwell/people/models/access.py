"""What somebody needs so that they can understand and be understood, and who interpreted for them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from linkwell.core.held import HeldModel, one_of
from linkwell.core.row_security import APPEND_ONLY, RowSecurity
from linkwell.people.models.person import Person


class InterpreterKind(models.TextChoices):
    NONE = "none", "No interpreter"
    SPOKEN = "spoken", "Somebody who speaks their language"
    SIGN = "sign", "A sign language interpreter"
    OTHER = "other", "Other help to communicate, such as a lip speaker or note taker"


class InterpreterGender(models.TextChoices):
    ANY = "any", "It does not matter"
    WOMAN = "woman", "A woman"
    MAN = "man", "A man"


class SignLanguage(models.TextChoices):
    BSL = "bsl", "British Sign Language (BSL)"
    ISL = "isl", "Irish Sign Language (ISL)"
    SSE = "sse", "Sign Supported English"
    MAKATON = "makaton", "Makaton"
    HANDS_ON = "hands_on", "Signing into the hands (deafblind)"
    OTHER = "other", "Another sign language"


class ReadingFormat(models.TextChoices):
    STANDARD = "standard", "Ordinary print"
    LARGE = "large", "Large print"
    EASY_READ = "easy_read", "Easy read"
    BRAILLE = "braille", "Braille"
    AUDIO = "audio", "Recorded, to listen to"
    READ_ALOUD = "read_aloud", "Read out to them: they do not read"
    TRANSLATED = "translated", "In their own language"


class AccessNeeds(HeldModel):
    """How somebody understands and is understood. The newest version counts; older ones are the history.

    The words for everyone's eyes are kept as `Requirement` rows by the one action that writes this.
    """

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="access_needs")
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=60, blank=True)
    dialect = models.CharField(max_length=60, blank=True)
    interpreter = models.CharField(max_length=10, choices=InterpreterKind.choices)
    interpreter_gender = models.CharField(max_length=10, choices=InterpreterGender.choices)
    sign_language = models.CharField(max_length=10, choices=SignLanguage.choices, blank=True)
    reading = models.CharField(max_length=10, choices=ReadingFormat.choices)
    information = models.CharField(max_length=200, blank=True)
    adjustments = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            one_of("interpreter", InterpreterKind, "access_interpreter"),
            one_of("interpreter_gender", InterpreterGender, "access_gender"),
            one_of("reading", ReadingFormat, "access_reading"),
            models.UniqueConstraint(fields=["person", "version"], name="access_version"),
        ]


class InterpretedBy(models.TextChoices):
    PROFESSIONAL = "professional", "A professional interpreter"
    STAFF = "staff", "Somebody in the team who speaks their language"
    RELATIVE = "relative", "A relative, a friend or a neighbour"
    NOBODY = "nobody", "Nobody: we managed without"


class Interpreted(HeldModel):
    """Who interpreted in one conversation. A relative is never enough for an agreement or a concern."""

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    interaction_id = models.UUIDField(unique=True)
    happened_at = models.DateTimeField()
    by = models.CharField(max_length=12, choices=InterpretedBy.choices)
    name = models.CharField(max_length=120, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [one_of("by", InterpretedBy, "interpreted_by_whom")]
        indexes: ClassVar = [models.Index(fields=["person", "-happened_at"], name="interpreted_newest")]
