"""Going home: what is ready for somebody, who does it, what they said when asked alone, and who follows up."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.core.fields import EncryptedTextField
from linkwell.core.held import HeldModel, StatefulModel, one_of, state_check
from linkwell.core.moves import Moves
from linkwell.hospital.discharge_states import FOLLOW_UP
from linkwell.hospital.models.patients import Patient
from linkwell.hospital.models.stays import Stay
from linkwell.people.models import Person
from linkwell.referrals.models import SentReferral


class HomeSafe(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    UNSURE = "unsure", "They are not sure"


class Carer(models.TextChoices):
    ABLE = "able", "Willing and able"
    NOT_ABLE = "not_able", "Not willing, or not able"
    UNSURE = "unsure", "Not sure yet"
    NONE = "none", "There is no carer"


class HomeList(HeldModel):
    """The ready-for-home list of one stay, made when somebody first writes on it.

    `owner` follows up after discharge. `support_ready`: support was in place before discharge; None is not said yet.
    What they said when asked alone is encrypted, and `asked_at` is when.
    """

    stay = models.OneToOneField(Stay, on_delete=models.PROTECT, related_name="home_list")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    support_ready = models.BooleanField(null=True)
    involve = EncryptedTextField(blank=True)
    must_not_tell = EncryptedTextField(blank=True)
    home_safe = models.CharField(max_length=10, choices=HomeSafe.choices, blank=True)
    carer = models.CharField(max_length=10, choices=Carer.choices, blank=True)
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            one_of("home_safe", ["", *HomeSafe], "hospital_home_safe"),
            one_of("carer", ["", *Carer], "hospital_home_carer"),
            models.CheckConstraint(
                condition=Q(asked_at=None, asked_by=None) | Q(asked_at__isnull=False, asked_by__isnull=False),
                name="hospital_asked_pair",
            ),
        ]


class HomeThing(models.TextChoices):
    HEATING = "heating", "Heating"
    FOOD = "food", "Food"
    KEY = "key", "Key"
    MEDICINES = "medicines", "Medicines"
    TRANSPORT = "transport", "Transport"
    PET = "pet", "Pet"
    CONVERSATION = "conversation", "First conversation booked"


class ThingState(models.TextChoices):
    NEEDED = "needed", "Needed"
    NOT_NEEDED = "not_needed", "Not needed"
    IN_PLACE = "in_place", "In place"


class HomeItem(HeldModel):
    """One thing on the list, who does it and by when."""

    home_list = models.ForeignKey(HomeList, on_delete=models.CASCADE, related_name="items")
    thing = models.CharField(max_length=12, choices=HomeThing.choices)
    answer = models.CharField(max_length=10, choices=ThingState.choices)
    who = models.CharField(max_length=120, blank=True)
    by_day = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            one_of("thing", HomeThing, "hospital_home_thing"),
            one_of("answer", ThingState, "hospital_home_answer"),
            models.UniqueConstraint(fields=["home_list", "thing"], name="hospital_home_item_once"),
        ]


class HomeEventKind(models.TextChoices):
    VISIT = "visit", "Visit at the bedside"
    HANDOVER = "handover", "Warm handover"


class HomeEvent(HeldModel):
    """Somebody came to the bedside, or was introduced to the person by somebody they know."""

    home_list = models.ForeignKey(HomeList, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=HomeEventKind.choices)
    happened_at = models.DateTimeField()
    who = models.CharField(max_length=120)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [one_of("kind", HomeEventKind, "hospital_home_event")]


class CommunityHelp(HeldModel):
    """A named person said, for this stay, that the community can help: with what, and who does it."""

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="community_help")
    action = models.CharField(max_length=200)
    who = models.CharField(max_length=120, blank=True)
    ticked_at = models.DateTimeField()
    ticked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="hospital_help_ended_pair",
            ),
            models.UniqueConstraint(fields=["stay"], condition=Q(ended_at=None), name="hospital_help_once"),
        ]


class FollowUp(StatefulModel):
    """Somebody looks how it goes, so many days after discharge, on a working day.

    `withdrawn_by`: whoever withdrew it by hand; nobody where it was withdrawn by itself. `discharge_cancelled`: it was
    done or withdrawn by hand after a discharge that was cancelled since.
    """

    moves: ClassVar[Moves] = FOLLOW_UP

    home_list = models.ForeignKey(HomeList, on_delete=models.PROTECT, related_name="follow_ups")
    days_after = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    discharge_cancelled = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            state_check(FOLLOW_UP, "hospital_follow_up_state"),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False, done_by__isnull=False)
                | (~Q(state="done") & Q(done_at=None, done_by=None)),
                name="hospital_follow_up_done",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                | Q(withdrawn_at=None, withdrawn_by=None),
                name="hospital_follow_up_withdrawn",
            ),
            models.UniqueConstraint(
                fields=["home_list", "days_after"],
                condition=Q(state="due"),
                name="hospital_follow_up_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "due_on"], condition=Q(state="due"), name="hospital_follow_up_due")
        ]


class StayReferral(HeldModel):
    """This stay led to this referral: the hospital hears back through it, and only through it is somebody known."""

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="referrals")
    sent = models.OneToOneField(SentReferral, on_delete=models.PROTECT, related_name="+")


class AgreedToTell(HeldModel):
    """Held by a hospital: somebody agreed that those who support them hear when they come. Who those are, and no more.

    `their_person_id` is the record of those who support them; name and agreement are looked up there each time.
    """

    nhs_number = models.CharField(max_length=10)
    born_on = models.DateField()
    supported_by = models.UUIDField()
    their_person_id = models.UUIDField()
    agreed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "their_person_id"], name="hospital_agreed_to_tell_once")
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "nhs_number"], name="hospital_agreed_to_tell_nhs")]


class ToldOfDeath(HeldModel):
    """Held by a hospital: whom it told that a patient died, so that it is told once and can be taken back.

    `their_person_id` and `death_id` are of those who support the person. `ended_at`: the hospital no longer says so.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    told_organisation = models.UUIDField()
    their_person_id = models.UUIDField()
    death_id = models.UUIDField()
    told_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "their_person_id"],
                condition=Q(ended_at=None),
                name="hospital_told_of_death_once",
            )
        ]


class Arrival(HeldModel):
    """Held by those who support the person: they are at a hospital. The site and the time, and nothing of why.

    `shown_from` is the next hour in which the team works: nobody is told at night. `stay_id` is the hospital's own.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stay_id = models.UUIDField()
    site = models.CharField(max_length=200)
    arrived_at = models.DateTimeField()
    shown_from = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "stay_id"], name="hospital_arrival_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "person"], condition=Q(left_at=None), name="hospital_arrival_now")
        ]
