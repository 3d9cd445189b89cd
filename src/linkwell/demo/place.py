"""Wexcombe-on-Marl: organisations, a team and its people, and the directory. All made up."""

from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from uuid import UUID

from linkwell.accounts import queries as account_queries
from linkwell.accounts.actions.organisations import add_organisation, add_team, change_team
from linkwell.accounts.actions.staff import invite
from linkwell.accounts.details import OrganisationDetails, RoleDetails, TeamDetails
from linkwell.accounts.queries.teams import TeamRow
from linkwell.accounts.scopes import staff_scope
from linkwell.core.installation import mark_fictional
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope, system_scope
from linkwell.demo.actions import mark_as_demo
from linkwell.directory.actions import import_feed
from linkwell.interop.openreferral import read
from linkwell.kernel.ids import new_id

WEEKDAYS = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """Who acts in the demo. `referrers` are from the practice, the hospital and the council, in that order."""

    team: TeamRow
    workers: tuple[Scope, ...]
    lead: Scope
    safeguarding: Scope
    administrator: Scope
    referrers: tuple[Scope, ...]
    system: Scope


def build() -> DemoPlace:
    """Make the place in an empty database and mark it as fictional."""
    mark_fictional()
    home = _organisation("WEX01", "Wexcombe Community Links", "voluntary")
    practice = _organisation("P90001", "Hallow Lane Surgery", "practice")
    trust = _organisation("RZW01", "Marl Valley Hospitals", "trust")
    council = _organisation("E90001", "Wexcombe Council", "council")
    system = system_scope(home, "building the demonstration")
    details = TeamDetails(name="Wexcombe link workers", phone="01632 960100", area="Wexcombe-on-Marl and villages")
    team_id = add_team(scope=system, details=details)
    lead = _staff(home, "Lena Hart", Role.TEAM_LEAD, "Team lead", team_id)
    safeguarding = _staff(home, "Grace Obi", Role.SAFEGUARDING_LEAD, "Safeguarding lead", team_id)
    workers = (
        _staff(home, "Sam Okafor", Role.LINK_WORKER, "Link worker", team_id, ("English", "Yoruba")),
        _staff(home, "Priya Nair", Role.LINK_WORKER, "Link worker", team_id, ("English", "Punjabi", "Urdu")),
        _staff(home, "Tom Bevan", Role.LINK_WORKER, "Link worker", team_id, ("English", "Welsh"), (0, 1, 2)),
    )
    administrator = _staff(home, "Ada Long", Role.ADMINISTRATOR, "Office manager")
    referrers = (
        _staff(practice, "Dr Ruth Bell", Role.REFERRER, "GP"),
        _staff(trust, "Owen Price", Role.REFERRER, "Occupational therapist"),
        _staff(council, "Kim Danso", Role.REFERRER, "Housing officer"),
    )
    _duty(system, team_id, details, lead, safeguarding)
    _directory(system)
    everybody = [*workers, lead, safeguarding, administrator, *referrers]
    mark_as_demo([scope.user_id for scope in everybody if scope.user_id])
    return DemoPlace(account_queries.team(team_id), workers, lead, safeguarding, administrator, referrers, system)


def _organisation(code: str, name: str, kind: str) -> UUID:
    basis = "Direct care: public task (made up for the demonstration)"
    scope = system_scope(new_id(), "building the demonstration")
    return add_organisation(
        scope=scope, details=OrganisationDetails(code=code, name=name, kind=kind, legal_basis=basis)
    )


def _staff(
    organisation_id: UUID,
    name: str,
    role: Role,
    job: str,
    team_id: UUID | None = None,
    languages: tuple[str, ...] = ("English",),
    days: tuple[int, ...] = WEEKDAYS,
) -> Scope:
    email = f"{name.lower().replace('dr ', '').replace(' ', '.')}@demo.example.org"
    details = RoleDetails(role=role, team_id=team_id, job_title=job, languages=languages, working_days=days)
    scope = system_scope(organisation_id, "building the demonstration")
    invited = invite(scope=scope, email=email, name=name, details=details)
    return staff_scope(user_id=invited.user_id, name=name, organisation_id=organisation_id, role=role)


def _duty(system: Scope, team_id: UUID, details: TeamDetails, lead: Scope, safeguarding: Scope) -> None:
    changed = replace(
        details,
        duty_user_id=lead.user_id,
        second_duty_user_id=safeguarding.user_id,
        safeguarding_user_id=safeguarding.user_id,
    )
    change_team(scope=system, team_id=team_id, details=changed)


def _directory(system: Scope) -> None:
    feed = files("linkwell.demo") / "feed" / "wexcombe.json"
    with as_file(feed) as path, path.open("rb") as stream:
        import_feed(scope=system, reading=read(stream), source_name="Wexcombe directory", location=path.name)
