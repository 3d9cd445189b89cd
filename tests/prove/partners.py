"""The five partners of the network: a hub, two trusts and two voluntary organisations, and who acts in each."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.db import connections

from linkwell.accounts import queries as accounts
from linkwell.accounts.actions.leave import set_hours
from linkwell.accounts.actions.organisations import add_network, add_team, add_to_network, change_team
from linkwell.accounts.actions.rules import set_rules, set_targets
from linkwell.accounts.details import NetworkDetails, RoleDetails, TeamDetails
from linkwell.accounts.queries import TeamRow
from linkwell.accounts.rules import Rules, Targets
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope
from linkwell.demo.place import WEEKDAYS, DemoPlace, _organisation, _staff, _system
from linkwell.demo.queries import demo_scopes
from linkwell.impact.actions import say_list_size
from linkwell.kernel import clock

TRUST = ("RZW02", "Marl Coast Hospitals", "trust")
VOLUNTARY = (
    ("VOL01", "Harbour Friends", ("Ida Voss", "Ben Ash", "Cleo Marsh", "Abe Quill")),
    ("VOL02", "Upland Neighbours", ("Nell Byrne", "Hugo Lark", "Zoe Pike", "Ivo Stone")),
)
ROLES = (Role.TEAM_LEAD, Role.SAFEGUARDING_LEAD, Role.LINK_WORKER, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Partner:
    """An organisation of the network with a team: who acts there."""

    organisation_id: UUID
    team: TeamRow
    lead: Scope
    safeguarding: Scope
    workers: tuple[Scope, ...]
    administrator: Scope


def hub(place: DemoPlace) -> Partner:
    """The organisation of a made-up place as a partner."""
    held_by = place.lead.organisation_id
    return Partner(held_by, place.team, place.lead, place.safeguarding, place.workers, place.administrator)


def network(place: DemoPlace) -> tuple[Partner, ...]:
    """The hub and two voluntary organisations with teams of their own, in one network with two trusts."""
    _organisation(*TRUST)
    partners = (hub(place), *(_voluntary(*each) for each in VOLUNTARY))
    today = clock.today()
    details = NetworkDetails("Marl together", "Made-up agreement", today, today + dt.timedelta(days=365))
    network_id = add_network(scope=place.administrator, details=details)
    for code in ("RZW01", TRUST[0], *(code for code, *_ in VOLUNTARY)):
        add_to_network(scope=place.administrator, network_id=network_id, code=code)
    _rules_of_their_own(place, partners)
    say_list_sizes(partners)
    return partners


def senders(place: DemoPlace) -> Iterator[Scope]:
    """The practice, the trust and the council of the demonstration, and the second trust."""
    yield from place.referrers
    trust_id = accounts.organisation_by_code(TRUST[0]).id
    _staff(trust_id, "Una Frost", RoleDetails(Role.REFERRER, job_title="Ward therapist"))
    yield demo_scopes()["Una Frost"]


def _voluntary(code: str, name: str, people: tuple[str, ...]) -> Partner:
    organisation_id = _organisation(code, name, "voluntary")
    system, details = _system(organisation_id), TeamDetails(name=f"{name} link workers", phone="01632 960200")
    team_id = add_team(scope=system, details=details)
    for who, role in zip(people, ROLES, strict=True):
        in_team = None if role is Role.ADMINISTRATOR else team_id
        _staff(organisation_id, who, RoleDetails(role, in_team, str(role), ("English",), WEEKDAYS))
    scopes = demo_scopes()
    lead, safeguarding, link_worker, administrator = (scopes[who] for who in people)
    changed = replace(
        details,
        duty_user_id=lead.user_id,
        second_duty_user_id=safeguarding.user_id,
        safeguarding_user_id=safeguarding.user_id,
    )
    change_team(scope=system, team_id=team_id, details=changed)
    return Partner(organisation_id, accounts.team(team_id), lead, safeguarding, (link_worker, lead), administrator)


def _rules_of_their_own(place: DemoPlace, partners: tuple[Partner, ...]) -> None:
    """Targets, full weeks and hours that are not the usual ones, so that a report that forgets them is wrong."""
    first, *others = partners
    set_rules(scope=first.administrator, team_id=first.team.id, rules=Rules(first_try_working_days=3, youngest=0))
    set_targets(
        scope=first.administrator,
        team_id=first.team.id,
        commissioner_id=place.referrers[1].organisation_id,
        targets=Targets(triage=1, first_try=2, first_talk=4),
    )
    for each in others:
        rules = Rules(full_time_hours=Decimal(35), youngest=0)
        set_rules(scope=each.administrator, team_id=each.team.id, rules=rules)
    for each, hours in zip(partners, (Decimal("22.5"), Decimal(40), None), strict=True):
        set_hours(
            scope=each.lead,
            membership_id=_membership(each.workers[0]),
            hours_a_week=hours,
            induction_until=None,
            working_days=WEEKDAYS,
        )


def say_list_sizes(partners: Iterable[Partner]) -> None:
    """How many people two practices have; of one it was counted twice."""
    for each in partners:
        for practice, people, days_ago in (
            ("Hallow Lane Surgery", 8000, 40),
            ("Marl Street Practice", 4100, 40),
            ("Hallow Lane  surgery", 8150, 35),
        ):
            day = clock.today() - dt.timedelta(days=days_ago)
            say_list_size(scope=each.lead, practice=practice, people=people, counted_on=day)


def _membership(scope: Scope) -> UUID:
    with connections["admin"].cursor() as cursor:
        cursor.execute("SELECT id FROM accounts_membership WHERE user_id = %s", [scope.user_id])
        found: UUID = cursor.fetchone()[0]
    return found
