"""Wexcombe-on-Marl: organisations, a team and its people, and the directory. All made up."""

import datetime as dt
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from uuid import UUID

from django.db import transaction

from linkwell.accounts import queries as account_queries
from linkwell.accounts.actions.organisations import add_organisation, add_team, change_team
from linkwell.accounts.actions.staff import invite
from linkwell.accounts.details import OrganisationDetails, RoleDetails, TeamDetails
from linkwell.accounts.queries.teams import TeamRow
from linkwell.core.installation import mark_fictional
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope, system_scope
from linkwell.demo.actions import mark_as_demo
from linkwell.demo.queries import demo_scopes
from linkwell.demo.story import LONGEST_AGO
from linkwell.directory.actions import import_feed
from linkwell.interop.openreferral import read_path
from linkwell.kernel import clock
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
    clinician: Scope
    coordinator: Scope


HOME = "WEX01"
# Name, role, job, languages, weekdays: the team's people, then who refers from where.
TEAM = (
    ("Lena Hart", Role.TEAM_LEAD, "Team lead", ("English",), WEEKDAYS),
    ("Grace Obi", Role.SAFEGUARDING_LEAD, "Safeguarding lead", ("English",), WEEKDAYS),
    ("Sam Okafor", Role.LINK_WORKER, "Link worker", ("English", "Yoruba"), WEEKDAYS),
    ("Priya Nair", Role.LINK_WORKER, "Link worker", ("English", "Punjabi", "Urdu"), WEEKDAYS),
    ("Tom Bevan", Role.LINK_WORKER, "Link worker", ("English", "Welsh"), (0, 1, 2)),
)
REFERRERS = (
    ("P90001", "Hallow Lane Surgery", "practice", "Dr Ruth Bell", "GP"),
    ("RZW01", "Marl Valley Hospitals", "trust", "Owen Price", "Occupational therapist"),
    ("E90001", "Wexcombe Council", "council", "Kim Danso", "Housing officer"),
)
# At the hospital: who treats, and who sees to it that people get home.
HOSPITAL = "RZW01"
AT_HOSPITAL = (
    ("Hana Weiss", Role.CLINICIAN, "Ward doctor"),
    ("Dev Coady", Role.REFERRER, "Discharge co-ordinator"),
    ("Nia Probert", Role.ADMINISTRATOR, "Systems manager"),
)


def build() -> DemoPlace:
    """Make the place in an empty database and mark it as fictional: all of it, or after a kill nothing."""
    with transaction.atomic():
        home = _organisation(HOME, "Wexcombe Community Links", "voluntary")
        system = _system(home)
        details = TeamDetails(name="Wexcombe link workers", phone="01632 960100", area="Wexcombe-on-Marl and villages")
        team_id = add_team(scope=system, details=details)
        for name, role, job, languages, days in TEAM:
            _staff(home, name, RoleDetails(role, team_id, job, languages, days))
        _staff(home, "Ada Long", RoleDetails(Role.ADMINISTRATOR, job_title="Office manager"))
        for code, organisation, kind, name, job in REFERRERS:
            _staff(_organisation(code, organisation, kind), name, RoleDetails(Role.REFERRER, job_title=job))
        hospital = account_queries.organisation_by_code(HOSPITAL).id
        for name, role, job in AT_HOSPITAL:
            _staff(hospital, name, RoleDetails(role, job_title=job))
        _duty(system, team_id, details)
        _directory(system)
        mark_fictional()
    return find()


def find() -> DemoPlace:
    """The place as it was built."""
    home = account_queries.organisation_by_code(HOME).id
    scopes = demo_scopes()
    return DemoPlace(
        team=account_queries.teams_taking_referrals()[0],
        workers=tuple(scopes[name] for name, role, *_ in TEAM if role is Role.LINK_WORKER),
        lead=scopes["Lena Hart"],
        safeguarding=scopes["Grace Obi"],
        administrator=scopes["Ada Long"],
        referrers=tuple(scopes[name] for *_, name, _ in REFERRERS),
        system=_system(home),
        clinician=scopes["Hana Weiss"],
        coordinator=scopes["Dev Coady"],
    )


def _system(organisation_id: UUID) -> Scope:
    return system_scope(organisation_id, "building the demonstration")


def _organisation(code: str, name: str, kind: str) -> UUID:
    basis = "Direct care: public task (made up for the demonstration)"
    details = OrganisationDetails(code=code, name=name, kind=kind, legal_basis=basis)
    return add_organisation(scope=_system(new_id()), details=details)


def _staff(organisation_id: UUID, name: str, details: RoleDetails) -> None:
    email = f"{name.lower().replace('dr ', '').replace(' ', '.')}@demo.example.org"
    invited = invite(scope=_system(organisation_id), email=email, name=name, details=details)
    since = clock.now() - dt.timedelta(days=LONGEST_AGO + 60)
    mark_as_demo(invited.user_id, since=since, days_a_week=len(details.working_days))


def _duty(system: Scope, team_id: UUID, details: TeamDetails) -> None:
    scopes = demo_scopes()
    changed = replace(
        details,
        duty_user_id=scopes["Lena Hart"].user_id,
        second_duty_user_id=scopes["Grace Obi"].user_id,
        safeguarding_user_id=scopes["Grace Obi"].user_id,
    )
    change_team(scope=system, team_id=team_id, details=changed)


def _directory(system: Scope) -> None:
    """Two feeds that know some of the same groups: whoever keeps the directory has something to decide."""
    for source_name, file in (("Wexcombe directory", "wexcombe.json"), ("Good Neighbours list", "neighbours.csv")):
        with as_file(files("linkwell.demo") / "feed" / file) as path:
            import_feed(scope=system, reading=read_path(path), source_name=source_name, location=path.name)
