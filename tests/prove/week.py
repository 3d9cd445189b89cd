"""Partners live through a week of referrals and what follows, through the real actions.

`next_acts.NEXT` is what may happen next: for each kind of thing and state, what somebody may do and how often. A new
feature is one line there. Time runs from a Monday some weeks ago; each day has a morning, an afternoon and an evening.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Any
from uuid import UUID

import time_machine
from django.apps import apps
from django.db import connections

from linkwell.accounts.scopes import public_scope
from linkwell.core import periodic, worker
from linkwell.core.held import StatefulModel
from linkwell.core.models import OutboxEvent
from linkwell.core.scope import Scope
from linkwell.demo.place import DemoPlace, build
from linkwell.demo.player import Player
from linkwell.demo.queries import services_by_name
from linkwell.demo.story import lives
from linkwell.kernel import clock
from linkwell.kernel.errors import LinkwellError
from linkwell.kernel.ids import new_id
from linkwell.referrals import actions as referrals
from linkwell.referrals.details import ReferralDetails
from tests.prove.partners import Partner, network, senders

HOURS = (9, 14, 18)
PRACTICES = ("Hallow Lane Surgery", "Marl Street Practice", "hallow lane  surgery", "")
# How often in a part of a day something happens to one of these; nothing is said of what has no acts.
BUSY = {
    "team": 0.5,
    "referral": 0.3,
    "case": 0.3,
    "appointment": 0.6,
    "interpreter": 0.5,
    "onward_referral": 0.4,
    "concern": 0.5,
    "hand_over": 0.05,
    "worker_session": 0.5,
    "clinic": 0.5,
    "clinic_slot": 0.2,
    "meeting": 0.5,
    "visit": 0.7,
    "talk": 0.5,
}
# Copying the whole server, reading what groups write about themselves, and asking the rules of a hospital's files:
# nothing to do with anybody's work here.
NOBODYS_WORK = r"keep_backups_in_hand|\.directory\.|^directory|look_for_people|count_the_problems|hospital\.look"
# What has not come to pass as often as it must comes before the rest.
FIRST = 8


@dataclass(frozen=True)
class Row:
    """One thing that something may happen to next. `number`: the how manieth of its kind, the same for each seed."""

    id: UUID
    state: str
    version: int
    organisation_id: UUID
    number: int = 0


Act = Callable[["Living", Row], None]


@dataclass(frozen=True)
class Next:
    """In one of these states this may happen to `only` these, this often beside the others; so many times it must."""

    kind: str
    states: str
    weight: int
    act: Act
    times: int = 1
    only: Callable[[Row], bool] = lambda row: True


class Living:
    """Partners, what may happen to what they hold, and what was done."""

    def __init__(
        self, seed: int, next_: tuple[Next, ...], place: DemoPlace, partners: Sequence[Partner], refer: Sequence[Scope]
    ) -> None:
        self.chance = random.Random(seed)
        self.place = place
        self.partners = {each.organisation_id: each for each in partners}
        self.referrers = {each.organisation_id: each for each in refer}
        self.services = services_by_name(place.system)
        self.lives = lives(5000, clock.today(), seed=seed)
        self.may = {kind: [each for each in next_ if each.kind == kind] for kind in BUSY}
        self.turns: dict[str, Iterator[str]] = {}
        self.numbers: dict[UUID, int] = {}
        self.sent: list[tuple[Partner, ReferralDetails]] = []
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def turn(self, name: str, values: Sequence[str]) -> str:
        """The next of some values, all of them in turn."""
        return next(self.turns.setdefault(name, cycle(values)))

    def work(self, busy: float) -> None:
        """Everything open may have something happen to it, more or less often than usual."""
        for kind, often in BUSY.items():
            for row in self.rows(kind):
                if self.chance.random() < often * busy:
                    self.happens(kind, row)

    def some(self, acts: int) -> None:
        """So many things happen, to any of all that may have something happen to it."""
        kinds = [kind for kind in BUSY if kind != "team"]
        found = [(kind, row) for kind in kinds for row in self.rows(kind) if self._may(kind, row)]
        for kind, row in self.chance.sample(found, min(acts, len(found))):
            self.happens(kind, row)

    def _may(self, kind: str, row: Row) -> list[Next]:
        return [each for each in self.may[kind] if row.state in each.states.split() and each.only(row)]

    def happens(self, kind: str, row: Row) -> None:
        """One of the things that may happen to this, if any may. What the rules refuse is refused, and counted."""
        may = self._may(kind, row)
        if not may:
            return
        act = self.chance.choices(may, [self._weight(each) for each in may])[0].act
        try:
            act(self, row)
        except LinkwellError:
            self.refused[act.__name__] += 1
        else:
            self.done[act.__name__] += 1

    def _weight(self, each: Next) -> float:
        name = each.act.__name__
        wanting = self.done[name] < each.times
        return each.weight * (1 + wanting * FIRST / (1 + self.refused[name] / 4))

    def evening(self) -> None:
        """What waits for the worker is done."""
        OutboxEvent.objects.filter(event__regex=NOBODYS_WORK, done_at=None).delete()
        while worker.work_off():
            pass

    def night(self) -> None:
        """The rounds come round, and the worker does what waits."""
        periodic.emit_due(clock.now())
        # Whoever only refers has nothing that could come round.
        elsewhere = OutboxEvent.objects.filter(event__startswith="periodic.", done_at=None)
        elsewhere.exclude(organisation_id__in=self.partners).delete()
        self.evening()

    def rows(self, kind: str) -> list[Row]:
        """What partners hold of a kind, in the order it came."""
        if kind == "team":
            return [Row(each.team.id, "open", 0, each.organisation_id) for each in self.partners.values()]
        statement = (
            f"SELECT id, state, version, organisation_id FROM {TABLES[kind]} WHERE organisation_id = ANY(%s)"
            " ORDER BY id"
        )
        return [
            Row(row_id, state, version, held_by, self.numbers.setdefault(row_id, len(self.numbers)))
            for row_id, state, version, held_by in asked(statement, list(self.partners))
        ]

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
        """Mostly to the first of the partners; one in eight by the person; some again, and some two at once."""
        partners = list(self.partners.values())
        partner = self.chance.choices(partners, [6, *(1 for _ in partners[1:])])[0]
        details, second = self.details(), None
        if self.sent and self.chance.random() < 0.12:
            partner, details = self.chance.choice(self.sent)
        elif self.chance.random() < 0.12:
            second = replace(self.details(), address=details.address, postcode=details.postcode)
        self.sent += [(partner, each) for each in (details, second) if each]
        self._send(partner, details, second)

    def details(self) -> ReferralDetails:
        """Somebody not met before. One in seven is 16."""
        made = Player(self.place, next(self.lives), self.services)._referral("professional", referrer_name="Dr Bell")
        young = clock.today() - dt.timedelta(days=16 * 366)
        return replace(
            made,
            gp_practice_name=self.chance.choice(PRACTICES),
            safe_text=True,
            interpreter=self.chance.random() < 0.2,
            date_of_birth=young if self.chance.random() < 0.15 else made.date_of_birth,
        )

    def _send(self, partner: Partner, details: ReferralDetails, second: ReferralDetails | None) -> None:
        given: dict[str, Any] = {"team": partner.team, "submission_key": new_id()}
        if self.chance.random() < 0.12:
            self.done["ask for themselves"] += 1
            details, second = _by_themselves(details), second and _by_themselves(second)
            referrals.receive_from_public(scope=public_scope(partner.team), details=details, second=second, **given)
        else:
            self.done["refer"] += 1
            sender = self.chance.choice(list(self.referrers.values()))
            referrals.send_referral(scope=sender, details=details, second=second, **given)


def _by_themselves(details: ReferralDetails) -> ReferralDetails:
    return replace(details, source="self", referrer_name="")


class Week(Living):
    """A network of five partners from the day it is made."""

    def __init__(self, seed: int, next_: tuple[Next, ...]) -> None:
        self.start = _monday(clock.now() - dt.timedelta(weeks=9))
        with time_machine.travel(self.start - dt.timedelta(days=30), tick=True):
            place = build()
            super().__init__(seed, next_, place, network(place), tuple(senders(place)))

    def live(self, count: int, days: int, *, nights: int = 1, busy: float = 1) -> None:
        """So many referrals in the first five days, and what follows for `days` days. Rounds each `nights` nights."""
        parts = [(day, hour) for day in range(days) for hour in HOURS]
        for number, (day, hour) in enumerate(parts):
            with time_machine.travel(self.start + dt.timedelta(days=day, hours=hour), tick=True):
                for _ in range(_share(count, number, 5 * len(HOURS)) if day < 5 else 0):
                    self.refer()
                if clock.today().weekday() < 5:
                    self.work(busy)
                self.evening()
            if hour == HOURS[-1] and day % nights == nights - 1:
                with time_machine.travel(self.start + dt.timedelta(days=day, hours=22), tick=True):
                    self.night()


def _tables() -> dict[str, str]:
    """For each kind of thing that has a state, its table."""
    stateful = [model for model in apps.get_models() if issubclass(model, StatefulModel)]
    return {model.moves.kind: model._meta.db_table for model in stateful}


TABLES = _tables()


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
