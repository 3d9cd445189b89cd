"""Nothing is parked unseen: whatever came in is done, in somebody's queue, or where it is said to need attention.

`unaccounted` asks the very lists that people look at. `Weeks` lives through made-up weeks by chance, from a seed.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

import time_machine

from linkwell.casework import queries as cases
from linkwell.core.scope import Scope
from linkwell.demo.place import DemoPlace
from linkwell.kernel import clock
from linkwell.kernel.pages import Page
from linkwell.messaging import queries as messaging
from linkwell.people import queries as people
from linkwell.referrals import queries as referrals
from linkwell.referrals.queries import Filters
from tests.prove.next_acts import NEXT
from tests.prove.partners import hub
from tests.prove.week import Living, asked

# What nobody has to do anything about any more.
DONE = {
    "referral": ("accepted", "joined", "declined", "withdrawn"),
    "case": ("closed",),
    "concern": ("closed",),
    "onward_referral": ("declined", "withdrawn", "ended", "attended"),
    "hand_over": ("accepted", "declined", "withdrawn"),
    "message": ("sent", "cancelled"),
}
ATTENTION = ("held", "unknown", "bounced")
# Every list in which a referral waits for somebody.
TRIAGE = ("waiting", "asked", "danger", "overdue")


@dataclass(frozen=True)
class Held:
    """One organisation: whoever reads all its lists, and who works there."""

    organisation_id: UUID
    lead: Scope
    safeguarding: Scope
    members: frozenset[UUID]


def every_page(ask: Callable[[int], Page], number: int = 1) -> set[UUID]:  # type: ignore[type-arg]
    """The ids on all pages of a list."""
    page = ask(number)
    return {row.id for row in page} | (every_page(ask, number + 1) if page.has_next else set())


def unaccounted(place: DemoPlace) -> list[str]:
    """Everything that is in no list, or in two that exclude each other; empty when all is well."""
    found = [line for held in _organisations(place) for check in CHECKS for line in check(held)]
    return [*found, *_jobs()]


def _organisations(place: DemoPlace) -> Iterator[Held]:
    """Each organisation, with a lead and a safeguarding lead there: what waits, waits where it was sent or offered."""
    members = asked("SELECT organisation_id, user_id FROM accounts_membership WHERE ended_at IS NULL")
    for (held_by,) in asked("SELECT id FROM accounts_organisation ORDER BY id"):
        here = frozenset(user_id for organisation_id, user_id in members if organisation_id == held_by)
        lead, safeguarding = (replace(each, organisation_id=held_by) for each in (place.lead, place.safeguarding))
        yield Held(held_by, lead, safeguarding, here)


def _referrals(held: Held) -> Iterator[str]:
    found = asked(
        "SELECT r.id, r.state, r.next_date, r.owner_id, t.duty_user_id, c.id IS NOT NULL OR j.id IS NOT NULL"
        " FROM referrals_referral r JOIN accounts_team t ON t.id = r.team_id"
        " LEFT JOIN casework_case c ON c.referral_id = r.id LEFT JOIN casework_joinedreferral j ON j.referral_id = r.id"
        " WHERE r.organisation_id = %s",
        held.organisation_id,
    )
    waiting: set[UUID] = set()
    for show in TRIAGE if found else ():
        waiting |= every_page(partial(referrals.triage, held.lead, Filters(show=show)))
    for referral_id, state, next_date, owner_id, duty_id, has_support in found:
        done = state in DONE["referral"]
        lost = done and has_support != (state in ("accepted", "joined"))
        # A team without a duty person has it in its list; every other team has somebody whose it is.
        nobodys = not done and bool(owner_id or duty_id) and owner_id not in held.members
        if done == (referral_id in waiting) or next_date is None or lost or nobodys:
            yield f"referral {referral_id}: {state}"


def _cases(held: Held) -> Iterator[str]:
    found = asked(
        "SELECT id, state, worker_id, next_date, team_id FROM casework_case WHERE organisation_id = %s",
        held.organisation_id,
    )
    seen: set[UUID] = set()
    for team_id in {team_id for *_, team_id in found}:
        seen |= every_page(partial(cases.waiting_list, held.lead, team_id))
    for worker_id in {worker_id for _, _, worker_id, *_ in found if worker_id}:
        seen |= every_page(partial(cases.caseload, held.lead, worker_id))
    for case_id, state, worker_id, next_date, _ in found:
        done = state in DONE["case"]
        nobodys = worker_id not in held.members if worker_id else state not in ("waiting", "paused")
        if done == (case_id in seen) or (nobodys and not done) or (not done and next_date is None):
            yield f"case {case_id}: {state}"


def _concerns(held: Held) -> Iterator[str]:
    found = asked("SELECT id, state FROM people_concern WHERE organisation_id = %s", held.organisation_id)
    queue = every_page(partial(people.concerns, held.safeguarding)) if found else set()
    for concern_id, state in found:
        if (state in DONE["concern"]) == (concern_id in queue):
            yield f"concern {concern_id}: {state}"


def _onward(held: Held) -> Iterator[str]:
    statement = "SELECT id, state, worker_id, next_date FROM onward_onwardreferral WHERE organisation_id = %s"
    for onward_id, state, worker_id, next_date in asked(statement, held.organisation_id):
        if state not in DONE["onward_referral"] and (next_date is None or worker_id not in held.members):
            yield f"onward referral {onward_id}: {state}"


def _hand_overs(held: Held) -> Iterator[str]:
    """An offer has a date, and waits with the other team as a referral until that is decided."""
    found = asked(
        "SELECT h.id, h.state, h.next_date, r.state FROM casework_handover h"
        " LEFT JOIN referrals_referral r ON r.id = h.referral_id WHERE h.organisation_id = %s",
        held.organisation_id,
    )
    for hand_over_id, state, next_date, theirs in found:
        done = state in DONE["hand_over"]
        if done != (theirs in DONE["referral"]) or done != (next_date is None):
            yield f"hand-over {hand_over_id}: {state}, and there {theirs}"


def _messages(held: Held) -> Iterator[str]:
    statement = "SELECT id, state, try_again_at FROM messaging_message WHERE organisation_id = %s"
    found = asked(statement, held.organisation_id)
    shown: set[UUID] = set()
    if any(state in ATTENTION for _, state, _ in found):
        shown = every_page(lambda number: messaging.sent_messages(held.lead, number, needs_attention=True))
    pending = {object_id for (object_id,) in asked("SELECT object_id FROM core_outboxevent WHERE done_at IS NULL")}
    for message_id, state, again in found:
        done = state in DONE["message"]
        moving = state in ("queued", "sending") and (message_id in pending or again is not None)
        if done + moving + (state in ATTENTION and message_id in shown) != 1:
            yield f"message {message_id}: {state}"


def _tasks(held: Held) -> Iterator[str]:
    statement = "SELECT id, owner_id, team_id, due_on FROM tasks_task WHERE state = 'open' AND organisation_id = %s"
    for task_id, owner, team, due in asked(statement, held.organisation_id):
        if due is None or (owner is None and team is None):
            yield f"task {task_id}: nobody's, or for no day"


CHECKS = (_referrals, _cases, _concerns, _onward, _hand_overs, _messages, _tasks)


def _jobs() -> Iterator[str]:
    for (job_id,) in asked("SELECT id FROM core_outboxevent WHERE done_at IS NOT NULL AND failed_at IS NOT NULL"):
        yield f"job {job_id}: done and failed"


def failed_jobs() -> list[str]:
    """Work of the worker that did not come to be at once: none, where nobody kills it."""
    return [f"{event}: {error}" for event, error in asked("SELECT event, last_error FROM core_outboxevent") if error]


class Weeks(Living):
    """Weeks of a place that stands already: a few things happen on each working day."""

    def __init__(self, place: DemoPlace, seed: int) -> None:
        super().__init__(seed, NEXT, place, [hub(place)], place.referrers)
        self.first_day = clock.now().replace(hour=11)
        self.days_lived = 0

    def live(self, weeks: int, acts_a_day: int = 6) -> None:
        """Five days a week, on from the last that was lived; at night the worker does what waits, and the rounds."""
        for _ in range(weeks * 7):
            with time_machine.travel(self.first_day + dt.timedelta(days=self.days_lived), tick=True):
                if clock.today().weekday() < 5:
                    self.refer()
                    self.some(acts_a_day)
                self.night()
            self.days_lived += 1
