"""A network of five partners lives through a week of referrals and what follows, through the real actions.

`NEXT` is what may happen next: for each kind of thing and state, what somebody may do and how often. A new feature is
one line there. Time runs from a Monday some weeks ago; each day has a morning, an afternoon and an evening.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Any
from uuid import UUID

import time_machine
from django.db import connections

from linkwell.accounts import queries as accounts
from linkwell.accounts.actions.organisations import add_network, add_team, add_to_network, change_team
from linkwell.accounts.details import NetworkDetails, RoleDetails, TeamDetails
from linkwell.accounts.queries import TeamRow
from linkwell.accounts.scopes import public_scope
from linkwell.core import periodic, worker
from linkwell.core.models import OutboxEvent
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope
from linkwell.demo.place import WEEKDAYS, DemoPlace, _organisation, _staff, _system, build
from linkwell.demo.player import Player
from linkwell.demo.queries import demo_scopes, services_by_name
from linkwell.demo.story import Life, lives
from linkwell.kernel import clock
from linkwell.kernel.errors import LinkwellError
from linkwell.kernel.ids import new_id
from linkwell.referrals import actions as referrals
from linkwell.referrals.details import ReferralDetails

HOURS = (9, 14, 18)
PRACTICES = ("Hallow Lane Surgery", "Marl Street Practice", "hallow lane  surgery", "")
BUSY = {"referral": 0.3, "case": 0.3, "appointment": 0.6, "onward_referral": 0.4, "concern": 0.5, "hand_over": 0.05}
TABLES = {
    "referral": "referrals_referral",
    "case": "casework_case",
    "appointment": "casework_appointment",
    "onward_referral": "onward_onwardreferral",
    "concern": "people_concern",
    "hand_over": "casework_handover",
}


@dataclass(frozen=True)
class Partner:
    """An organisation of the network with a team: who acts there."""

    organisation_id: UUID
    team: TeamRow
    lead: Scope
    safeguarding: Scope
    workers: tuple[Scope, ...]
    administrator: Scope


@dataclass(frozen=True)
class Row:
    """One thing that something may happen to next."""

    id: UUID
    state: str
    version: int
    organisation_id: UUID


Act = Callable[["Week", Row], None]


@dataclass(frozen=True)
class Next:
    """In one of these states this may happen, this often beside the others."""

    kind: str
    states: str
    weight: int
    act: Act


class Week:
    """The network, its clock, and what was done in it."""

    def __init__(self, seed: int, next_: tuple[Next, ...]) -> None:
        self.chance = random.Random(seed)
        self.start = _monday(clock.now() - dt.timedelta(weeks=9))
        with time_machine.travel(self.start - dt.timedelta(days=30), tick=True):
            self.place = build()
            self.partners = {each.organisation_id: each for each in _partners(self.place)}
        self.referrers = {each.organisation_id: each for each in _senders(self.place)}
        self.services = services_by_name(self.place.system)
        self.lives: Iterator[Life] = lives(5000, clock.today(), seed=seed)
        self.next = next_
        self.reasons: dict[str, Iterator[object]] = {}
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def cycled(self, name: str, values: tuple[str, ...]) -> str:
        """The next of some values, all of them in turn."""
        return str(next(self.reasons.setdefault(name, cycle(values))))

    def live(self, count: int, days: int, *, nights: int = 1) -> None:
        """So many referrals in the first five days, and what follows for `days` days. Rounds each `nights` nights."""
        for day in range(days):
            for hour in HOURS:
                moment = self.start + dt.timedelta(days=day, hours=hour)
                with time_machine.travel(moment, tick=True):
                    if day < 5:
                        for _ in range(_share(count, day * len(HOURS) + HOURS.index(hour), 5 * len(HOURS))):
                            self.refer()
                    if clock.today().weekday() < 5:
                        self.work()
                    while worker.work_off():
                        pass
            if day % nights == nights - 1:
                with time_machine.travel(self.start + dt.timedelta(days=day, hours=22), tick=True):
                    self.night()

    def work(self) -> None:
        """Everything open may have something happen to it."""
        for kind, busy in BUSY.items():
            for row in self.rows(kind):
                if self.chance.random() < busy:
                    self.happens(kind, row)

    def happens(self, kind: str, row: Row) -> None:
        may = [each for each in self.next if each.kind == kind and row.state in each.states.split()]
        if not may:
            return
        chosen = self.chance.choices(may, [each.weight for each in may])[0]
        try:
            chosen.act(self, row)
        except LinkwellError:
            self.refused[chosen.act.__name__] += 1
        else:
            self.done[chosen.act.__name__] += 1

    def night(self) -> None:
        """The rounds come round, and the worker does what waits."""
        periodic.emit_due(clock.now())
        # The round that copies the whole server has nothing to do with anybody's work.
        OutboxEvent.objects.filter(event__endswith="keep_backups_in_hand").delete()
        while worker.work_off():
            pass

    def rows(self, kind: str) -> list[Row]:
        statement = f"SELECT id, state, version, organisation_id FROM {TABLES[kind]} ORDER BY id"
        return [Row(*found) for found in asked(statement)]

    def partner(self, row: Row) -> Partner:
        return self.partners[row.organisation_id]

    def worker_of(self, row: Row) -> Scope:
        """Whoever supports this person, or somebody of the team."""
        found = asked("SELECT worker_id FROM casework_case WHERE id = %s", row.id)
        partner = self.partner(row)
        own = [each for each in partner.workers if found and each.user_id == found[0][0]]
        return own[0] if own else self.chance.choice(partner.workers)

    def person_of(self, row: Row) -> UUID:
        found: UUID = asked("SELECT person_id FROM casework_case WHERE id = %s", row.id)[0][0]
        return found

    def refer(self) -> None:
        """Mostly to the hub; one in eight by the person; now and then the same person a second time."""
        partner = self.chance.choices(list(self.partners.values()), [6, 1, 1])[0]
        details = self._details()
        for _ in range(2 if self.chance.random() < 0.06 else 1):
            self._send(partner, details)

    def _details(self) -> ReferralDetails:
        life = next(self.lives)
        made = Player(self.place, life, self.services)._referral("professional", referrer_name="Dr Ruth Bell")
        wanted = {"gp_practice_name": self.chance.choice(PRACTICES), "safe_text": True, "interpreter": False}
        return replace(made, **wanted)  # type: ignore[arg-type]

    def _send(self, partner: Partner, details: ReferralDetails) -> None:
        key = new_id()
        if self.chance.random() < 0.12:
            own = replace(details, source="self", referrer_name="")
            scope = public_scope(partner.team)
            referrals.receive_from_public(scope=scope, team=partner.team, submission_key=key, details=own)
        else:
            sender = self.chance.choice(list(self.referrers.values()))
            referrals.send_referral(scope=sender, team=partner.team, submission_key=key, details=details)
        self.done["refer"] += 1


def asked(statement: str, *values: Any) -> list[tuple]:  # type: ignore[type-arg]
    """Rows as the owner of the tables sees them."""
    with connections["admin"].cursor() as cursor:
        cursor.execute(statement, list(values))
        return list(cursor.fetchall())


def _monday(moment: dt.datetime) -> dt.datetime:
    day = clock.london(moment).date()
    return clock.at(day - dt.timedelta(days=day.weekday()), dt.time())


def _share(count: int, number: int, parts: int) -> int:
    """How many of `count` fall into part `number`: all of them, over all parts."""
    return count * (number + 1) // parts - count * number // parts


def _senders(place: DemoPlace) -> Iterator[Scope]:
    """The practice, the trust and the council of the demonstration, and a second trust."""
    trust = _organisation("RZW02", "Marl Coast Hospitals", "trust")
    _staff(trust, "Una Frost", RoleDetails(Role.REFERRER, job_title="Ward therapist"))
    yield from place.referrers
    yield demo_scopes()["Una Frost"]


def _partners(place: DemoPlace) -> Iterator[Partner]:
    """The hub, and two voluntary organisations with teams of their own, in one network with two trusts."""
    hub = place.lead.organisation_id
    yield Partner(hub, place.team, place.lead, place.safeguarding, place.workers, place.administrator)
    for code, name, people in (
        ("VOL01", "Harbour Friends", ("Ida Voss", "Ben Ash", "Cleo Marsh", "Abe Quill")),
        ("VOL02", "Upland Neighbours", ("Nell Byrne", "Hugo Lark", "Zoe Pike", "Ivo Stone")),
    ):
        yield _voluntary(code, name, people)
    today = clock.today()
    details = NetworkDetails("Marl together", "Made-up agreement", today, today + dt.timedelta(days=365))
    network_id = add_network(scope=place.administrator, details=details)
    for code in ("RZW01", "VOL01", "VOL02"):
        add_to_network(scope=place.administrator, network_id=network_id, code=code)


def _voluntary(code: str, name: str, people: tuple[str, ...]) -> Partner:
    organisation_id = _organisation(code, name, "voluntary")
    system, details = _system(organisation_id), TeamDetails(name=f"{name} link workers", phone="01632 960200")
    team_id = add_team(scope=system, details=details)
    roles = (Role.TEAM_LEAD, Role.SAFEGUARDING_LEAD, Role.LINK_WORKER, Role.ADMINISTRATOR)
    for who, role in zip(people, roles, strict=True):
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
