"""The person: who they are, how it is safe to reach them, what they need, what they agreed, and what worries us."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from linkwell.core.fields import EncryptedTextField
from linkwell.core.held import HeldModel, StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.people.states import CONCERN


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
        ]


class PersonWord(HeldModel):
    """One folded word of somebody's name, so that a search begins at an index of its own organisation."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="name_words")
    word = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "word"], name="person_word_once")]
        indexes: ClassVar = [models.Index(fields=["organisation", "word", "person"], name="person_word")]


class ContactKind(models.TextChoices):
    MOBILE = "mobile", "Mobile phone"
    LANDLINE = "landline", "Home phone"
    EMAIL = "email", "E-mail"


class ContactPoint(HeldModel):
    """A telephone number or e-mail address, who told us, and whether the person has confirmed it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    value = models.CharField(max_length=254)
    told_by = models.CharField(max_length=10, choices=ToldBy.choices)
    told_by_name = models.CharField(max_length=120, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            one_of("kind", ContactKind, "contact_kind"),
            models.UniqueConstraint(
                fields=["person", "kind", "value"], condition=Q(ended_at=None), name="contact_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "value"], name="contact_value")]


class SafeContact(HeldModel):
    """One answer to "how is it safe to reach you?". The newest counts; older ones are the history.

    A channel is None while nobody has asked. `instruction` keeps people safe and shows to everyone who may
    contact or visit; `reason` is for the safeguarding lead and the worker only.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="safe_contacts")
    asked_alone = models.BooleanField()
    told_by = models.CharField(max_length=10, choices=ToldBy.choices)
    phone = models.BooleanField(null=True)
    voicemail = models.BooleanField(null=True)
    text = models.BooleanField(null=True)
    email = models.BooleanField(null=True)
    letter = models.BooleanField(null=True)
    best_times = models.CharField(max_length=200, blank=True)
    instruction = models.CharField(max_length=300, blank=True)
    reason = EncryptedTextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-created_at"], name="safe_contact_newest")]


class AboutMe(HeldModel):
    """What the person wants others to know, in their own words (PRSB "About me"). The newest counts."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="about_me")
    matters_most = models.TextField(blank=True)
    people_important = models.TextField(blank=True)
    how_i_communicate = models.TextField(blank=True)
    my_wellness = models.TextField(blank=True)
    please_do = models.TextField(blank=True)
    please_do_not = models.TextField(blank=True)
    how_and_when = models.TextField(blank=True)
    also_know = models.TextField(blank=True)
    supported_by = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "version"], name="about_me_version")]


class RequirementKind(models.TextChoices):
    INTERPRETER = "interpreter", "Interpreter"
    ACCESS = "access", "Getting in and moving around"
    INFORMATION = "information", "Information and communication"
    ADJUSTMENT = "adjustment", "Reasonable adjustment"
    VISIT = "visit", "Safety on visits"


class Requirement(HeldModel):
    """Something the person needs so that support works: an interpreter, step-free access, large print."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requirements")
    kind = models.CharField(max_length=12, choices=RequirementKind.choices)
    detail = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [one_of("kind", RequirementKind, "requirement_kind")]


class HomeAccess(HeldModel):
    """Key safe and getting in. Encrypted, opened with a reason, never exported."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="home_access")
    note = EncryptedTextField()
    ended_at = models.DateTimeField(null=True)


class Risk(HeldModel):
    """A risk somebody recorded, or the explicit statement that none is known (PRSB asks for one or the other)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="risks")
    none_known = models.BooleanField(default=False)
    detail = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(none_known=True) & Q(detail="")) | (Q(none_known=False) & ~Q(detail="")),
                name="risk_said_or_none",
            )
        ]


class AgreementSubject(models.TextChoices):
    SUPPORT = "support", "being supported by this team"
    TELL_GP = "tell_gp", "a summary going to their GP practice and their own clinicians"
    TELL_REFERRER_IN_TOUCH = "tell_in_touch", "the referrer hearing that we are in touch"
    TELL_REFERRER_CLOSED = "tell_closed", "the referrer hearing that support has ended"
    REFER_ONWARD = "refer_onward", "being referred to a group"
    RESEARCH = "research", "use of the record for evaluation"


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
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            one_of("subject", AgreementSubject, "agreement_subject"),
            one_of("answer", AgreementAnswer, "agreement_answer"),
            one_of("how", AgreementHow, "agreement_how"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "subject", "-created_at"], name="agreement_newest")]


class RelatedContact(HeldModel):
    """Somebody around the person: a carer, a relative, a neighbour. Never contacted unless `may_contact`."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="related_contacts")
    name = models.CharField(max_length=120)
    relationship = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)
    is_carer = models.BooleanField(default=False)
    may_contact = models.BooleanField(default=False)
    told_by = models.CharField(max_length=10, choices=ToldBy.choices)
    ended_at = models.DateTimeField(null=True)


class IdentityLink(HeldModel):
    """A person decided that two records are one person. Moves no rows; undoing sets `undone_at`."""

    record = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    same_as = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(record=F("same_as")), name="identity_not_itself"),
            models.UniqueConstraint(fields=["record", "same_as"], condition=Q(undone_at=None), name="identity_once"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="identity_undone_pair",
            ),
        ]


class Concern(StatefulModel):
    """A safeguarding concern as a process. Its words are encrypted and leave in no note, export or message."""

    moves: ClassVar[Moves] = CONCERN

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="concerns")
    about = models.CharField(max_length=120)
    their_words = EncryptedTextField(blank=True)
    what_happened = EncryptedTextField()
    danger_now = models.BooleanField()
    wants = EncryptedTextField(blank=True)
    capacity = EncryptedTextField(blank=True)
    agreed_to_share = models.BooleanField(null=True)
    reason_without_agreement = EncryptedTextField(blank=True)
    raised_by_kind = models.CharField(max_length=10)
    raised_by_id = models.UUIDField(null=True)
    raised_by_name = models.CharField(max_length=120)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    lead_told_at = models.DateTimeField(null=True)
    decision = EncryptedTextField(blank=True)
    referred_to = models.CharField(max_length=120, blank=True)
    referral_reference = models.CharField(max_length=60, blank=True)
    outcome = EncryptedTextField(blank=True)
    next_date = models.DateField()

    class Meta:
        constraints: ClassVar = [state_check(CONCERN, "concern_state")]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "next_date"], name="concern_queue", condition=~Q(state="closed"))
        ]


class ConcernEntry(HeldModel):
    """One thing done about a concern (a call, a chase, a decision), in order."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="entries")
    text = EncryptedTextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
