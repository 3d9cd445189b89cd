"""Nothing is parked unseen: whatever came in is done, in somebody's queue, or where it is said to need attention.

`unaccounted` asks the very lists that people look at. `Weeks` lives through made-up weeks by chance, from a seed.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

import time_machine
from django.db import connections

from linkwell.accounts.scopes import link_scope, public_scope
from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.details import AppointmentDetails, ClosingDetails, ConversationDetails
from linkwell.core import periodic, worker
from linkwell.core.models import OutboxEvent
from linkwell.core.scope import Scope
from linkwell.demo.place import DemoPlace
from linkwell.demo.player import Player
from linkwell.demo.queries import link_of, services_by_name, version_of
from linkwell.demo.story import Life, lives
from linkwell.kernel import clock
from linkwell.kernel.errors import LinkwellError
from linkwell.kernel.ids import new_id
from linkwell.kernel.pages import Page
from linkwell.messaging import queries as messaging
from linkwell.onward import actions as onward
from linkwell.onward.details import OnwardDetails
from linkwell.people import actions as people
from linkwell.people import queries as people_queries
from linkwell.people.details import ConcernDetails
from linkwell.referrals import actions as referrals
from linkwell.referrals import queries as referral_queries
from linkwell.referrals.queries import Filters

Row = tuple[UUID, str, int]
# What nobody has to do anything about any more.
DONE = {
    "casework_case": ("closed",),
    "people_concern": ("closed",),
    "onward_onwardreferral": ("declined", "withdrawn", "ended", "attended"),
    "messaging_message": ("sent", "cancelled"),
    "tasks_task": ("done", "dropped"),
}
ATTENTION = ("held", "unknown", "bounced")


def rows(statement: str, *values: Any) -> list[tuple]:  # type: ignore[type-arg]
    with connections["admin"].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def every_page(ask: Callable[[int], Page], number: int = 1) -> set[UUID]:  # type: ignore[type-arg]
    """The ids on all pages of a list."""
    page = ask(number)
    return {row.id for row in page} | (every_page(ask, number + 1) if page.has_next else set())


def unaccounted(place: DemoPlace) -> list[str]:
    """Everything that is in no list, or in two that exclude each other; empty when all is well."""
    return [*_referrals(place), *_cases(place), *_concerns(place), *_onward(), *_messages(place), *_tasks(), *_jobs()]


def _leads(place: DemoPlace) -> list[Scope]:
    """A lead of each organisation: somebody handed over, and what is written about that, waits where it was offered."""
    return [replace(place.lead, organisation_id=pk) for (pk,) in rows("SELECT id FROM accounts_organisation")]


def _referrals(place: DemoPlace) -> Iterator[str]:
    waiting: set[UUID] = set()
    for lead in _leads(place):
        for show in ("waiting", "asked", "danger", "overdue"):
            waiting |= every_page(partial(referral_queries.triage, lead, Filters(show=show)))
    with_case = {
        *rows("SELECT 'accepted', referral_id FROM casework_case"),
        *rows("SELECT 'joined', referral_id FROM casework_joinedreferral"),
    }
    for referral_id, state, next_date in rows("SELECT id, state, next_date FROM referrals_referral"):
        done = state in ("declined", "withdrawn") or (state, referral_id) in with_case
        if done == (referral_id in waiting) or next_date is None:
            yield f"referral {referral_id}: {state}"


def _cases(place: DemoPlace) -> Iterator[str]:
    seen = every_page(lambda number: cases.waiting_list(place.lead, place.team.id, number))
    workers = [
        user_id for (user_id,) in rows("SELECT DISTINCT worker_id FROM casework_case WHERE worker_id IS NOT NULL")
    ]
    for user_id in workers:
        seen |= every_page(lambda number, user_id=user_id: cases.caseload(place.lead, user_id, number))  # type: ignore[misc]
    members = {user_id for (user_id,) in rows("SELECT user_id FROM accounts_membership WHERE ended_at IS NULL")}
    for case_id, state, worker_id, next_date in rows("SELECT id, state, worker_id, next_date FROM casework_case"):
        done = state in DONE["casework_case"]
        kept = worker_id in members if state not in ("waiting", "closed") else True
        if done == (case_id in seen) or not kept or (not done and next_date is None):
            yield f"case {case_id}: {state}"


def _concerns(place: DemoPlace) -> Iterator[str]:
    queue = every_page(lambda number: people_queries.concerns(place.safeguarding, number))
    for concern_id, state in rows("SELECT id, state FROM people_concern"):
        if (state in DONE["people_concern"]) == (concern_id in queue):
            yield f"concern {concern_id}: {state}"


def _onward() -> Iterator[str]:
    members = {user_id for (user_id,) in rows("SELECT user_id FROM accounts_membership WHERE ended_at IS NULL")}
    for onward_id, state, worker_id, next_date in rows(
        "SELECT id, state, worker_id, next_date FROM onward_onwardreferral"
    ):
        if state not in DONE["onward_onwardreferral"] and (next_date is None or worker_id not in members):
            yield f"onward referral {onward_id}: {state}"


def _messages(place: DemoPlace) -> Iterator[str]:
    shown: set[UUID] = set()
    for lead in _leads(place):
        shown |= every_page(lambda number, lead=lead: messaging.sent_messages(lead, number, needs_attention=True))  # type: ignore[misc]
    pending = {object_id for (object_id,) in rows("SELECT object_id FROM core_outboxevent WHERE done_at IS NULL")}
    for message_id, state, again in rows("SELECT id, state, try_again_at FROM messaging_message"):
        done = state in DONE["messaging_message"]
        moving = state in ("queued", "sending") and (message_id in pending or again is not None)
        if done + moving + (state in ATTENTION and message_id in shown) != 1:
            yield f"message {message_id}: {state}"


def _tasks() -> Iterator[str]:
    for task_id, owner, team, due in rows("SELECT id, owner_id, team_id, due_on FROM tasks_task WHERE state = 'open'"):
        if due is None or (owner is None and team is None):
            yield f"task {task_id}: nobody's, or for no day"


def _jobs() -> Iterator[str]:
    for job_id, done, failed in rows("SELECT id, done_at, failed_at FROM core_outboxevent"):
        if done is not None and failed is not None:
            yield f"job {job_id}: done and failed"


class Weeks:
    """Made-up weeks by chance. What the rules refuse is refused, and counted."""

    def __init__(self, place: DemoPlace, seed: int) -> None:
        self.place, self.chance = place, random.Random(seed)
        self.services = services_by_name(place.system)
        self.lives = lives(2000, clock.today(), seed=seed)
        self.done: Counter[str] = Counter()
        self.refused = 0

    def live(self, weeks: int, acts_a_day: int = 8) -> None:
        """Five days a week; each night the worker does what waits and the rounds come round."""
        start = clock.now().replace(hour=11)
        for day in range(weeks * 7):
            with time_machine.travel(start + dt.timedelta(days=day), tick=True):
                if clock.today().weekday() < 5:
                    for _ in range(acts_a_day):
                        self._act()
                periodic.emit_due(clock.now())
                # The round that copies the whole server has nothing to do with anybody's work.
                OutboxEvent.objects.filter(event__endswith="keep_backups_in_hand").delete()
                while worker.work_off():
                    pass

    def _act(self) -> None:
        acts = (
            *(self.refer, self.ask, self.accept, self.accept, self.decline, self.question, self.allocate),
            *(self.write_up, self.write_up, self.write_up, self.book, self.go_onward, self.answer, self.answer),
            *(self.attend, self.take_back, self.close, self.reopen, self.raise_concern, self.concern, self.put_back),
        )
        act = self.chance.choice(acts)
        try:
            if act():
                self.done[act.__name__] += 1
        except LinkwellError:
            self.refused += 1

    def _one(self, table: str, *states: str) -> Row | None:
        found = rows(f"SELECT id, state, version FROM {table} WHERE state = ANY(%s) ORDER BY id", list(states))
        return self.chance.choice(found) if found else None

    def _worker(self) -> Scope:
        return self.chance.choice(self.place.workers)

    def _life(self) -> Player:
        life: Life = next(self.lives)
        return Player(self.place, life, self.services)

    def refer(self) -> bool:
        player = self._life()
        sender = self.chance.choice(self.place.referrers)
        details = player._referral("professional", referrer_name=sender.actor_name, referrer_role="GP")
        referrals.send_referral(scope=sender, team=self.place.team, submission_key=new_id(), details=details)
        return True

    def ask(self) -> bool:
        details = self._life()._referral("self")
        scope = public_scope(self.place.team)
        referrals.receive_from_public(scope=scope, team=self.place.team, submission_key=new_id(), details=details)
        return True

    def accept(self) -> bool:
        if not (row := self._one("referrals_referral", "received", "asked")):
            return False
        worker_id = self.chance.choice([None, self._worker().user_id])
        casework.accept_referral(
            scope=self.place.lead, referral_id=row[0], expected_version=row[2], worker_id=worker_id
        )
        return True

    def decline(self) -> bool:
        if not (row := self._one("referrals_referral", "received", "asked")):
            return False
        reason = self.chance.choice(list(referral_reasons()))
        referrals.decline(
            scope=self.place.lead, referral_id=row[0], expected_version=row[2], reason=reason, advice="Made-up advice"
        )
        return True

    def question(self) -> bool:
        if not (row := self._one("referrals_referral", "received")):
            return False
        referrals.ask_referrer(
            scope=self.place.lead, referral_id=row[0], expected_version=row[2], question="Which door?"
        )
        return True

    def allocate(self) -> bool:
        if not (row := self._one("casework_case", "waiting")):
            return False
        worker_id = self._worker().user_id
        assert worker_id is not None
        casework.allocate(scope=self.place.lead, case_id=row[0], expected_version=row[2], worker_id=worker_id)
        return True

    def put_back(self) -> bool:
        if not (row := self._one("casework_case", "allocated")):
            return False
        casework.put_back(scope=self.place.lead, case_id=row[0], expected_version=row[2], reason="Away for a while")
        return True

    def write_up(self) -> bool:
        if not (row := self._one("casework_case", "allocated", "trying", "active")):
            return False
        outcome = self.chance.choice(("talked", "talked", "tried"))
        conversation = ConversationDetails(
            kind="phone",
            outcome=outcome,
            happened_at=clock.now(),
            note="Made up.",
            minutes=20 if outcome == "talked" else None,
        )
        casework.write_up(scope=self._worker(), case_id=row[0], submission_key=new_id(), conversation=conversation)
        return True

    def book(self) -> bool:
        if not (row := self._one("casework_case", "allocated", "trying", "active")):
            return False
        details = AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=self.chance.randint(1, 9)))
        casework.book_appointment(scope=self._worker(), case_id=row[0], details=details)
        return True

    def go_onward(self) -> bool:
        if not (row := self._one("casework_case", "active")):
            return False
        service_id = self.chance.choice([service_id for service_id, takes in self.services.values() if takes])
        onward.refer_onward(
            scope=self._worker(),
            case_id=row[0],
            service_id=service_id,
            submission_key=new_id(),
            details=OnwardDetails(need_words="Would like company"),
        )
        return True

    def answer(self) -> bool:
        if not (row := self._one("onward_onwardreferral", "sent", "asked", "waiting_list")):
            return False
        scope, version = self._group(row)
        how = self.chance.randrange(4)
        if how == 0:
            onward.answer_no(scope=scope, expected_version=version, reason="We are full")
        elif how == 1:
            onward.answer_waiting(scope=scope, expected_version=version, weeks=3)
        elif how == 2:
            onward.answer_ask(scope=scope, expected_version=version, text="Which day?")
        else:
            onward.answer_yes(scope=scope, expected_version=version, starts_on=None)
        return True

    def _group(self, row: Row) -> tuple[Scope, int]:
        scope = link_scope(self.place.system.organisation_id, link_of(row[0]), row[0])
        return scope, version_of(self.place.lead, row[0])

    def attend(self) -> bool:
        if not (row := self._one("onward_onwardreferral", "accepted", "did_not_come")):
            return False
        scope, version = self._group(row)
        onward.say_attendance(scope=scope, expected_version=version, on=clock.today(), came=self.chance.random() < 0.7)
        return True

    def take_back(self) -> bool:
        if not (row := self._one("onward_onwardreferral", "sent", "asked", "waiting_list", "accepted")):
            return False
        if self.chance.random() < 0.6:
            return False
        onward.withdraw(scope=self._worker(), onward_id=row[0], expected_version=row[2], reason="Changed their mind")
        return True

    def close(self) -> bool:
        if not (row := self._one("casework_case", "active")):
            return False
        plan = cases.plan(self.place.workers[0], row[0])
        closing = ClosingDetails(
            reason=self.chance.choice(("goals_met", "no_longer", "moved_away")),
            answer="They said so.",
            note="Made up.",
            goals=tuple((goal.id, "set_aside") for goal in plan.goals),
            still_open_note="They know." if self.chance.random() < 0.5 else "",
        )
        casework.close(scope=self._worker(), case_id=row[0], expected_version=row[2], closing=closing)
        return True

    def reopen(self) -> bool:
        if not (row := self._one("casework_case", "closed")):
            return False
        casework.reopen(scope=self.place.lead, case_id=row[0], expected_version=row[2], reason="Came back")
        return True

    def raise_concern(self) -> bool:
        found = rows("SELECT id FROM people_person ORDER BY id")
        concern = ConcernDetails(about="the person", what_happened="Made up", raised_by_name="Sam Okafor")
        people.raise_concern(scope=self._worker(), person_id=self.chance.choice(found)[0], concern=concern)
        return True

    def concern(self) -> bool:
        if not (row := self._one("people_concern", "raised", "lead_told", "watching")):
            return False
        scope, soon = self.place.safeguarding, clock.today() + dt.timedelta(days=7)
        given = {"scope": scope, "concern_id": row[0], "expected_version": row[2]}
        if row[1] == "raised":
            people.take_concern(**given, next_date=soon)  # type: ignore[arg-type]
        elif row[1] == "watching" or self.chance.random() < 0.5:
            people.close_concern(**given, outcome="All is well")  # type: ignore[arg-type]
        else:
            people.watch_concern(**given, decision="Watching", next_date=soon)  # type: ignore[arg-type]
        return True


def referral_reasons() -> Iterator[str]:
    from linkwell.referrals.reasons import BY_CODE

    yield from BY_CODE
