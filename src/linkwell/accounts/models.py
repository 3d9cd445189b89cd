"""Organisations, the agreements between them, the people who work in them, and shares."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linkwell.core.held import HeldModel, one_of
from linkwell.core.permissions import Role
from linkwell.core.row_security import RowSecurity
from linkwell.kernel.ids import new_id


class OrganisationKind(models.TextChoices):
    PRACTICE = "practice", "GP practice"
    PCN = "pcn", "Primary care network"
    TRUST = "trust", "NHS trust"
    VOLUNTARY = "voluntary", "Voluntary organisation"
    COUNCIL = "council", "Council"
    ICB = "icb", "Integrated care board"


class Organisation(models.Model):
    """An organisation that works with Linkwell. Public facts only, so it has no row security."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=OrganisationKind.choices)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    nation = models.CharField(max_length=3, default="ENG")
    legal_basis = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [one_of("kind", OrganisationKind, "organisation_kind")]


class Network(models.Model):
    """Organisations under one sharing agreement."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    agreement = models.CharField(max_length=300)
    agreed_on = models.DateField()
    review_on = models.DateField()


class NetworkMembership(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="networks")
    joined_on = models.DateField()
    left_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "organisation"], condition=Q(left_on=None), name="network_once")
        ]


class Team(models.Model):
    """A team that takes referrals. Its name, hours and numbers are public: the referral form shows them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    phone = models.CharField(max_length=20, blank=True)
    area = models.CharField(max_length=200, blank=True)
    opens_at = models.TimeField(default="09:00")
    closes_at = models.TimeField(default="17:00")
    triage_working_days = models.PositiveSmallIntegerField(default=2)
    answer_working_days = models.PositiveSmallIntegerField(default=5)
    danger_working_hours = models.PositiveSmallIntegerField(default=2)
    full_caseload = models.PositiveSmallIntegerField(default=56)
    duty_user = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    second_duty_user = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    safeguarding_user = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    takes_self_referrals = models.BooleanField(default=True)


class TeamRules(models.Model):
    """The numbers a team works by. A team without a row works by the defaults. Public facts, like the team itself."""

    team = models.OneToOneField(Team, primary_key=True, on_delete=models.CASCADE, related_name="rules")
    # Whom the team supports, in whole years; no oldest means no upper age.
    youngest = models.PositiveSmallIntegerField(default=18)
    oldest = models.PositiveSmallIntegerField(null=True)
    for_children = models.BooleanField(default=False)
    # Targets in working days from the day a referral came.
    first_try_working_days = models.PositiveSmallIntegerField(default=5)
    first_talk_working_days = models.PositiveSmallIntegerField(default=15)
    # "Could not be reached" needs this many tries, by this many safe ways.
    tries_before_closing = models.PositiveSmallIntegerField(default=3)
    ways_before_closing = models.PositiveSmallIntegerField(default=2)
    missed_before_asking = models.PositiveSmallIntegerField(default=2)
    reopen_within_days = models.PositiveSmallIntegerField(default=28)
    still_waiting_weeks = models.PositiveSmallIntegerField(default=4)
    # The usual length of an offer of support.
    offer_weeks = models.PositiveSmallIntegerField(default=13)
    offer_conversations = models.PositiveSmallIntegerField(default=12)
    # Safety of workers: minutes after the expected end of a visit until a colleague is told.
    visit_grace_minutes = models.PositiveSmallIntegerField(default=15)
    supervision_weeks = models.PositiveSmallIntegerField(default=6)
    full_time_hours = models.DecimalField(max_digits=4, decimal_places=1, default="37.5")
    # The wait people are told: from the referrals of so many weeks, and only where so many were spoken with.
    wait_weeks = models.PositiveSmallIntegerField(default=12)
    wait_least_people = models.PositiveSmallIntegerField(default=10)
    # How long another organisation has to answer when a person is handed over to it.
    hand_over_working_days = models.PositiveSmallIntegerField(default=5)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(oldest=None) | Q(oldest__gte=F("youngest")), name="team_rules_ages"),
        ]


class CommissionerTargets(models.Model):
    """What one commissioner asks of a team instead of the team's own targets, in working days. Public facts.

    It holds for referrals from the commissioner itself, and from organisations in a network with it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="commissioner_targets")
    commissioner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    triage_working_days = models.PositiveSmallIntegerField()
    first_try_working_days = models.PositiveSmallIntegerField()
    first_talk_working_days = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "commissioner"], name="commissioner_targets_once"),
            models.CheckConstraint(
                condition=Q(first_talk_working_days__gte=F("first_try_working_days")), name="commissioner_targets_order"
            ),
        ]


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class TextSize(models.TextChoices):
    USUAL = "usual", "Usual"
    LARGE = "large", "Large"
    LARGEST = "largest", "Largest"


class TodayFirst(models.TextChoices):
    APPOINTMENTS = "appointments", "Appointments"
    CALLS = "calls", "Who to call"
    ANSWERS = "answers", "Answers that came in"


class Digest(models.TextChoices):
    NONE = "none", "No e-mail"
    MORNING = "morning", "Each working day at seven in the morning"


class ListLength(models.IntegerChoices):
    SHORT = 10, "10 lines"
    USUAL = 25, "As is usual: about 25 lines"
    LONG = 50, "50 lines"


class User(AbstractBaseUser):
    """Somebody who signs in. Read before a scope exists; holds nothing beyond the sign-in and how pages look."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    text_size = models.CharField(max_length=10, choices=TextSize.choices, default=TextSize.USUAL)
    # Keys of one letter get in the way of whoever speaks to their computer (WCAG 2.1.4).
    shortcut_keys = models.BooleanField(default=True)
    today_first = models.CharField(max_length=12, choices=TodayFirst.choices, default=TodayFirst.APPOINTMENTS)
    digest = models.CharField(max_length=8, choices=Digest.choices, default=Digest.NONE)
    list_length = models.PositiveSmallIntegerField(choices=ListLength.choices, default=ListLength.USUAL)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [
            one_of("text_size", TextSize, "user_text_size"),
            one_of("today_first", TodayFirst, "user_today_first"),
            one_of("digest", Digest, "user_digest"),
            models.CheckConstraint(condition=models.Q(list_length__in=ListLength.values), name="user_list_length"),
        ]

    def __str__(self) -> str:
        return self.name


NOT_STAFF = (Role.GROUP, Role.PUBLIC, Role.SYSTEM)


class Membership(models.Model):
    """A user's role in one organisation (and one team of it, for team roles), from when until when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20)
    job_title = models.CharField(max_length=80, blank=True)
    # For allocation: what a lead weighs when choosing a worker.
    languages = ArrayField(models.CharField(max_length=40), default=list)
    working_days = ArrayField(models.PositiveSmallIntegerField(), default=list)
    full_caseload = models.PositiveSmallIntegerField(null=True)
    # Load is scaled by these: no hours said means full time; no induction date means settled in.
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    induction_until = models.DateField(null=True)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            one_of("role", [role for role in Role if role not in NOT_STAFF], "member_role"),
            models.UniqueConstraint(
                fields=["user", "organisation", "team", "role"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="membership_once",
            ),
        ]


class WorkerDetails(HeldModel):
    """What unusual-browsing checks need to know about a member of staff; seen by no one else."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    home_postcode = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "user"], name="worker_details_once"),
        ]


class Leave(HeldModel):
    """Days a member of staff is away. Load and cover read it; the reason is nobody's business here."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="leave_period"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "user", "ends_on"], name="leave_of", condition=Q(cancelled_at=None))
        ]


class BrowsingFlag(HeldModel):
    """Unusual opening of records: a neighbour, a colleague, or very many at once. A lead looks at it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12)
    person_id = models.UUIDField(null=True)
    day = models.DateField()
    opened = models.PositiveIntegerField(default=1)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            one_of("reason", ["neighbour", "colleague", "many"], "browsing_reason"),
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_by=None) | Q(looked_at__isnull=False, looked_by__isnull=False),
                name="browsing_looked_pair",
            ),
            models.UniqueConstraint(
                fields=["user", "reason", "person_id", "day"], nulls_distinct=False, name="browsing_once_a_day"
            ),
        ]


class Invitation(models.Model):
    """An invitation to set up a sign-in. The link itself is stored only as a hash."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="invitations")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    # A link that reached its owner by e-mail proves whose address it is; one shown on a screen does not.
    emailed = models.BooleanField(default=False)


class Share(HeldModel):
    """What another organisation may see of one of ours: which part, why, from, until.

    Readable by both sides. `kind` and `object_id` name the thing; policies of shared tables look here.
    """

    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    part = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    row_security: ClassVar[RowSecurity] = RowSecurity(
        read="organisation_id = (SELECT linkwell_organisation()) OR recipient_id = (SELECT linkwell_organisation())",
        write="organisation_id = (SELECT linkwell_organisation())",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="share_period"),
            models.UniqueConstraint(
                fields=["recipient", "kind", "object_id", "part"], condition=Q(ends_at=None), name="share_once"
            ),
        ]
        indexes: ClassVar = [
            # Every policy of a shared table asks this.
            models.Index(fields=["recipient", "kind", "object_id"], name="share_recipient"),
        ]
