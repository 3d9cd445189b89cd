"""Organisations and teams as everybody may know them, and who works in a team."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from linkwell.accounts.models import Membership, NetworkMembership, Organisation, Team, User
from linkwell.accounts.permissions import SEE_COLLEAGUES
from linkwell.accounts.rules import Rules
from linkwell.core.database import already_known, who_reads
from linkwell.core.permissions import Role
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    id: UUID
    code: str
    name: str
    kind: str
    nation: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team as its referral form shows it. Times are by the clock on a UK wall."""

    id: UUID
    organisation_id: UUID
    organisation_name: str
    name: str
    slug: str
    phone: str
    area: str
    opens_at: time
    closes_at: time
    nation: str
    triage_working_days: int
    answer_working_days: int
    danger_working_hours: int
    full_caseload: int
    duty_user_id: UUID | None
    second_duty_user_id: UUID | None
    safeguarding_user_id: UUID | None
    takes_self_referrals: bool


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """What a lead weighs when choosing a worker. `working_days` are 0 (Monday) to 6; empty means not said.

    `own_full`: the full caseload is this person's own number, so their hours are in it already.
    """

    user_id: UUID
    name: str
    email: str
    languages: tuple[str, ...]
    working_days: tuple[int, ...]
    full_caseload: int
    own_full: bool = False
    hours_a_week: Decimal | None = None
    induction_until: date | None = None
    membership_id: UUID | None = None


def teams_taking_referrals(self_only: bool = False) -> tuple[TeamRow, ...]:
    """Every team of an open organisation, by name; with `self_only` those the public may write to."""
    teams = Team.objects.select_related("organisation").filter(organisation__closed_at=None)
    if self_only:
        teams = teams.filter(takes_self_referrals=True)
    return tuple(sorted((team_row(each) for each in teams), key=lambda row: row.name.casefold()))


def teams_for_age(age: int, *, self_only: bool = False) -> tuple[TeamRow, ...]:
    """The teams that take referrals of people of this age, by name."""
    old = Q(rules__oldest=None) | Q(rules__oldest__gte=age)
    usual = Q(rules=None) if Rules().takes(age) else Q(pk__in=[])
    fitting = set(Team.objects.filter(usual | (Q(rules__youngest__lte=age) & old)).values_list("pk", flat=True))
    return tuple(row for row in teams_taking_referrals(self_only) if row.id in fitting)


def teams_in_networks_with(organisation_id: UUID) -> tuple[TeamRow, ...]:
    """Teams of other organisations that share a network with this one now, by name."""
    others = _in_networks_with(organisation_id)
    teams = Team.objects.select_related("organisation").filter(organisation__closed_at=None, organisation__in=others)
    return tuple(sorted((team_row(each) for each in teams), key=lambda row: row.name.casefold()))


def trusts_in_networks_with(organisation_id: UUID) -> tuple[UUID, ...]:
    """Hospital trusts that share a network with this organisation now."""
    trusts = _in_networks_with(organisation_id).filter(kind="trust", closed_at=None)
    return tuple(trusts.order_by("pk").values_list("pk", flat=True))


def _in_networks_with(organisation_id: UUID) -> QuerySet[Organisation]:
    ours = NetworkMembership.objects.filter(organisation_id=organisation_id, left_on=None).values("network_id")
    theirs = NetworkMembership.objects.filter(network_id__in=ours, left_on=None).values("organisation_id")
    return Organisation.objects.filter(pk__in=theirs).exclude(pk=organisation_id)


def team_by_slug(slug: str) -> TeamRow:
    """The team of a referral form's address. Raises NotFound."""
    return _one_team(slug=slug)


def team(team_id: UUID) -> TeamRow:
    """Raises NotFound."""
    return _one_team(pk=team_id)


def my_team(scope: Scope) -> TeamRow | None:
    """The team the person signed in works in, in this role; None for roles of the whole organisation."""
    if scope.user_id is None:
        return None
    known = already_known("my team")
    if scope not in known:
        known[scope] = _my_team(scope, scope.user_id)
    team: TeamRow | None = known[scope]
    return team


def _my_team(scope: Scope, user_id: UUID) -> TeamRow | None:
    found = next(iter(_first_team(user_id, scope.organisation_id, scope.role.value)), None)
    return team_row(found.team) if found is not None and found.team is not None else None


@written_once
def _first_team(user_id: UUID, organisation_id: UUID, role: str) -> QuerySet[Membership]:
    rows = Membership.objects.select_related("team__organisation").filter(
        user_id=user_id, organisation_id=organisation_id, role=role, ended_at=None
    )
    return rows.exclude(team=None).order_by("started_at")[:1]


@query(SEE_COLLEAGUES)
def team_workers(scope: Scope, team_id: UUID) -> tuple[WorkerRow, ...]:
    """The link workers of a team of this organisation, by name. Empty for a team elsewhere."""
    members = Membership.objects.select_related("user", "team").filter(
        organisation_id=scope.organisation_id,
        team_id=team_id,
        role__in=[Role.LINK_WORKER, Role.TEAM_LEAD],
        ended_at=None,
        user__is_active=True,
    )
    rows = {each.user_id: _worker_row(each) for each in members.order_by("-role")}
    return tuple(sorted(rows.values(), key=lambda row: row.name.casefold()))


@query(SEE_COLLEAGUES)
def addresses_of_role(scope: Scope, role: Role) -> dict[UUID, str]:
    """Where those who hold a role in this organisation now read their e-mail."""
    members = Membership.objects.filter(
        organisation_id=scope.organisation_id, role=role, ended_at=None, user__is_active=True
    )
    return dict(members.values_list("user_id", "user__email"))


def user_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of users, for showing who did something."""
    known, wanted = already_known("names of users"), set(ids)
    if reader := who_reads():
        known.setdefault(*reader)
    if unknown := wanted - known.keys():
        known |= dict.fromkeys(unknown) | dict(_names(unknown))
    return {each: known[each] for each in wanted if known[each] is not None}


@written_once
def _names(ids: Collection[UUID]) -> QuerySet[User, tuple[UUID, str]]:
    return User.objects.filter(pk__in=ids).values_list("pk", "name")


def user_email(user_id: UUID) -> str:
    """The address a member of staff signs in with. Raises NotFound for someone whose sign-in is closed."""
    found = User.objects.filter(pk=user_id, is_active=True).values_list("email", flat=True).first()
    if found is None:
        raise NotFound("We could not find that person.")
    return found


def organisation(org_id: UUID) -> OrganisationRow:
    """Raises NotFound."""
    found = Organisation.objects.filter(pk=org_id).first()
    if found is None:
        raise NotFound("We could not find that organisation.")
    return organisation_row(found)


def organisation_by_code(code: str) -> OrganisationRow:
    """The organisation with this code, capitals or not. Raises NotFound."""
    found = Organisation.objects.filter(code__iexact=code.strip()).first()
    if found is None:
        raise NotFound("There is no organisation with that code. See `linkwell organisation list`.")
    return organisation_row(found)


def organisations() -> tuple[OrganisationRow, ...]:
    """Every organisation, by name: names and codes are public facts."""
    found = Organisation.objects.filter(closed_at=None)
    return tuple(sorted((organisation_row(each) for each in found), key=lambda row: row.name.casefold()))


def organisation_row(found: Organisation) -> OrganisationRow:
    return OrganisationRow(found.pk, found.code, found.name, found.kind, found.nation, found.email, found.phone)


def _one_team(**which: object) -> TeamRow:
    found = Team.objects.select_related("organisation").filter(organisation__closed_at=None, **which).first()
    if found is None:
        raise NotFound("We could not find that team.")
    return team_row(found)


def team_row(found: Team) -> TeamRow:
    return TeamRow(
        id=found.pk,
        organisation_id=found.organisation_id,
        organisation_name=found.organisation.name,
        name=found.name,
        slug=found.slug,
        phone=found.phone,
        area=found.area,
        opens_at=found.opens_at,
        closes_at=found.closes_at,
        nation=found.organisation.nation,
        triage_working_days=found.triage_working_days,
        answer_working_days=found.answer_working_days,
        danger_working_hours=found.danger_working_hours,
        full_caseload=found.full_caseload,
        duty_user_id=found.duty_user_id,
        second_duty_user_id=found.second_duty_user_id,
        safeguarding_user_id=found.safeguarding_user_id,
        takes_self_referrals=found.takes_self_referrals,
    )


def _worker_row(member: Membership) -> WorkerRow:
    team_full = member.team.full_caseload if member.team is not None else 0
    return WorkerRow(
        user_id=member.user_id,
        name=member.user.name,
        email=member.user.email,
        languages=tuple(member.languages),
        working_days=tuple(member.working_days),
        full_caseload=member.full_caseload or team_full,
        own_full=bool(member.full_caseload),
        hours_a_week=member.hours_a_week,
        induction_until=member.induction_until,
        membership_id=member.pk,
    )
