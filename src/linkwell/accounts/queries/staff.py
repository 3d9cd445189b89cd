"""People who work here, the teams and the networks, as administrators and leads see them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from linkwell.accounts import attention
from linkwell.accounts.attention import Attention
from linkwell.accounts.details import OrganisationDetails, RoleDetails
from linkwell.accounts.leavers import Left, left_behind, queue_check
from linkwell.accounts.models import Membership, Network, NetworkMembership, Organisation, Team, WorkerDetails
from linkwell.accounts.permissions import MANAGE_STAFF, MOVE_WORK, RUN_ORGANISATION, SEE_ADMIN, SEE_COLLEAGUES
from linkwell.accounts.queries.teams import TeamRow, team_row
from linkwell.core.permissions import CARE_TEAM, REFERRERS, ROLE_WORDS, Role
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page

PAGE = 50


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One role somebody holds here. `invited` while they have not set up their sign-in."""

    membership_id: UUID
    user_id: UUID
    name: str
    email: str
    role: str
    team_id: UUID | None
    team_name: str
    job_title: str
    since: datetime
    invited: bool
    languages: tuple[str, ...]
    working_days: tuple[int, ...]
    full_caseload: int | None

    @property
    def role_words(self) -> str:
        return ROLE_WORDS[Role(self.role)]

    @property
    def details(self) -> RoleDetails:
        return RoleDetails(
            self.role, self.team_id, self.job_title, self.languages, self.working_days, self.full_caseload
        )


@dataclass(frozen=True, slots=True)
class NetworkRow:
    id: UUID
    name: str
    agreement: str
    agreed_on: date
    review_on: date
    members: tuple[str, ...]


@query(MANAGE_STAFF)
def people_who_work_here(scope: Scope, page: int = 1) -> Page[StaffRow]:
    """Everybody with a role here now, by name."""
    found = (
        Membership.objects.select_related("user", "team")
        .filter(organisation_id=scope.organisation_id, ended_at=None)
        .order_by("user__name", "role", "pk")
    )
    start = (page - 1) * PAGE
    rows = [_staff_row(each) for each in found[start : start + PAGE + 1]]
    return Page.of(rows, number=page, size=PAGE, total=found.count())


@query(MANAGE_STAFF)
def person_who_works_here(scope: Scope, membership_id: UUID) -> StaffRow:
    """One role held here. Raises NotFound when it has ended or is elsewhere."""
    found = (
        Membership.objects.select_related("user", "team")
        .filter(pk=membership_id, organisation_id=scope.organisation_id, ended_at=None)
        .first()
    )
    if found is None:
        raise NotFound("We could not find that person.")
    return _staff_row(found)


@query(MANAGE_STAFF)
def home_postcode(scope: Scope, user_id: UUID) -> str:
    found = WorkerDetails.objects.filter(organisation_id=scope.organisation_id, user_id=user_id).first()
    return found.home_postcode if found is not None else ""


@query(MANAGE_STAFF)
def still_waiting(scope: Scope, user_id: UUID) -> tuple[Left, ...]:
    """What a leaver has not yet handed over."""
    return left_behind(scope, user_id)


@query(SEE_COLLEAGUES)
def colleagues(scope: Scope) -> tuple[tuple[UUID, str], ...]:
    """Everybody who works here, once each, by name: id and name."""
    return _by_name(Membership.objects.filter(organisation_id=scope.organisation_id))


@query(SEE_COLLEAGUES)
def clinicians(scope: Scope) -> tuple[tuple[UUID, str], ...]:
    """Every clinician who works here, by name: id and name."""
    return _by_name(Membership.objects.filter(organisation_id=scope.organisation_id, role=Role.CLINICIAN))


def _by_name(rows: QuerySet[Membership]) -> tuple[tuple[UUID, str], ...]:
    held = rows.filter(ended_at=None, user__is_active=True).values_list("user_id", "user__name")
    return tuple(sorted(set(held), key=lambda pair: (pair[1].casefold(), pair[0])))


@query(SEE_COLLEAGUES)
def own_teams(scope: Scope) -> tuple[TeamRow, ...]:
    """The teams of this organisation, by name."""
    found = Team.objects.select_related("organisation").filter(organisation_id=scope.organisation_id)
    return tuple(sorted((team_row(each) for each in found), key=lambda row: row.name.casefold()))


@query(RUN_ORGANISATION)
def own_team(scope: Scope, team_id: UUID) -> TeamRow:
    """Raises NotFound for a team elsewhere."""
    found = Team.objects.select_related("organisation").filter(pk=team_id, organisation_id=scope.organisation_id)
    row = found.first()
    if row is None:
        raise NotFound("We could not find that team.")
    return team_row(row)


@query(RUN_ORGANISATION)
def own_organisation(scope: Scope) -> OrganisationDetails:
    row = Organisation.objects.get(pk=scope.organisation_id)
    return OrganisationDetails(row.code, row.name, row.kind, row.nation, row.email, row.phone, row.legal_basis)


@query(RUN_ORGANISATION)
def own_networks(scope: Scope) -> tuple[NetworkRow, ...]:
    """The networks this organisation belongs to now, with the names of their members."""
    mine = Network.objects.filter(members__organisation_id=scope.organisation_id, members__left_on=None)
    members = (
        NetworkMembership.objects.select_related("organisation")
        .filter(network__in=mine, left_on=None)
        .order_by("organisation__name")
    )
    names: dict[UUID, list[str]] = {}
    for each in members:
        names.setdefault(each.network_id, []).append(each.organisation.name)
    rows = (
        NetworkRow(row.pk, row.name, row.agreement, row.agreed_on, row.review_on, tuple(names[row.pk])) for row in mine
    )
    return tuple(sorted(rows, key=lambda row: row.name.casefold()))


@query(SEE_ADMIN)
def what_needs_attention(scope: Scope) -> tuple[Attention, ...]:
    """The lines of every app that are not empty."""
    return attention.counted(scope)


@query(MOVE_WORK)
def who_can_take_over(scope: Scope, user_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """Colleagues to whom somebody's work can go: id and name, by name.

    Those who support people, in the same teams; of somebody who refers, others of the organisation who refer.
    """
    here = Membership.objects.filter(organisation_id=scope.organisation_id, ended_at=None)
    own = here.filter(user_id=user_id)
    same_team = Q(team_id__in=own.values("team_id"), role__in=CARE_TEAM)
    refer_too = Q(role__in=REFERRERS if own.filter(role__in=REFERRERS).exists() else ())
    held = here.filter(same_team | refer_too, user__is_active=True).exclude(user_id=user_id)
    return tuple(sorted(set(held.values_list("user_id", "user__name")), key=lambda pair: (pair[1].casefold(), pair[0])))


@queue_check("duties for a team")
def duties(scope: Scope, user_id: UUID) -> int:
    """Teams that alert this person, who would then alert nobody."""
    alerted = Q(duty_user_id=user_id) | Q(second_duty_user_id=user_id) | Q(safeguarding_user_id=user_id)
    return Team.objects.filter(alerted, organisation_id=scope.organisation_id).count()


def _staff_row(member: Membership) -> StaffRow:
    return StaffRow(
        membership_id=member.pk,
        user_id=member.user_id,
        name=member.user.name,
        email=member.user.email,
        role=member.role,
        team_id=member.team_id,
        team_name=member.team.name if member.team is not None else "",
        job_title=member.job_title,
        since=member.started_at,
        invited=member.user.password.startswith(UNUSABLE_PASSWORD_PREFIX) and not member.user.demo,
        languages=tuple(member.languages),
        working_days=tuple(member.working_days),
        full_caseload=member.full_caseload,
    )
