"""What the person agreed or objected to."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from linkwell.core.held import HeldModel, one_of
from linkwell.people.deciding import By
from linkwell.people.models.person import Person


class AgreementSubject(models.TextChoices):
    SUPPORT = "support", "being supported by this team"
    TELL_GP = "tell_gp", "a summary going to their GP practice and their own clinicians"
    TELL_REFERRER_IN_TOUCH = "tell_in_touch", "the referrer hearing that we are in touch"
    TELL_REFERRER_CLOSED = "tell_closed", "the referrer hearing that support has ended"
    REFER_ONWARD = "refer_onward", "being referred to a group"
    RESEARCH = "research", "use of the record for evaluation"
    HAND_OVER = "hand_over", "being supported by another organisation, and what goes along"
    HOSPITAL_TELLS = "hospital_tells", "a hospital letting us know that they are there, and nothing more"


class AgreementAnswer(models.TextChoices):
    AGREED = "agreed", "agreed"
    OBJECTED = "objected", "said no"
    WITHDRAWN = "withdrawn", "changed their mind"


class AgreementHow(models.TextChoices):
    SPOKEN = "spoken", "said so in person or by phone"
    WRITTEN = "written", "in writing"
    ONLINE = "online", "on the online form"
    REPORTED = "reported", "told to us by somebody else"


class Agreement(HeldModel):
    """What the person agreed or objected to: to what, how said, by whom recorded, when. The newest counts."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agreements")
    subject = models.CharField(max_length=20, choices=AgreementSubject.choices)
    object_id = models.UUIDField(null=True)
    answer = models.CharField(max_length=10, choices=AgreementAnswer.choices)
    how = models.CharField(max_length=10, choices=AgreementHow.choices)
    asked_alone = models.BooleanField(default=False)
    # Who said yes, when it was not the person; `agreed_by_id` is the record of their authority.
    agreed_by = models.CharField(max_length=18, default=By.PERSON.value)
    agreed_by_id = models.UUIDField(null=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            one_of("subject", AgreementSubject, "agreement_subject"),
            one_of("answer", AgreementAnswer, "agreement_answer"),
            one_of("how", AgreementHow, "agreement_how"),
            one_of("agreed_by", By, "agreement_agreed_by"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "subject", "-created_at"], name="agreement_newest")]
