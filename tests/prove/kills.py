"""Kill the program at a chosen statement of one act, then do the same again, and compare what there is."""

import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, connections

from linkwell.accounts.scopes import link_scope
from linkwell.casework import actions as casework
from linkwell.casework.details import ConversationDetails
from linkwell.core.database import scoped
from linkwell.core.scope import Scope
from linkwell.demo.queries import link_of, version_of
from linkwell.directory.models import Service
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, InvalidMove
from linkwell.kernel.ids import new_id
from linkwell.onward import actions as onward
from linkwell.onward.details import OnwardDetails
from linkwell.referrals.tests.killing import Counter as Statements
from tests.world import World

Act = Callable[[], None]
TABLES = (
    *("casework_case", "casework_interaction", "onward_onwardreferral", "tasks_task", "messaging_message"),
    *("core_statechange", "core_timelineentry", "core_submission", "people_agreement", "people_concern"),
)


@dataclass(frozen=True, slots=True)
class Killed:
    """One round: what there was before, after the kill, and after doing it again."""

    died: bool
    before: Counter[str]
    after_kill: Counter[str]
    after_again: Counter[str]

    @property
    def whole_or_nothing(self) -> bool:
        return self.after_kill in (self.before, self.after_again)

    @property
    def happened_once(self) -> bool:
        return self.before != self.after_again and self.whole_or_nothing


def what_there_is() -> Counter[str]:
    """How many rows of each kind, and how many of each state; work waiting to be done is counted by its event."""
    found: Counter[str] = Counter()
    with connections["admin"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
        cursor.execute("SELECT state, count(*) FROM onward_onwardreferral GROUP BY state")
        found.update(dict(cursor.fetchall()))
        cursor.execute("SELECT event, count(*) FROM core_outboxevent GROUP BY event")
        found.update(dict(cursor.fetchall()))
        # Sending again is itself noted in the trail, and is no second effect.
        cursor.execute(
            "SELECT verb, count(*) FROM core_auditevent WHERE verb IN ('wrote_up', 'accepted') GROUP BY verb"
        )
        found.update({f"audit {verb}": number for verb, number in cursor.fetchall()})
    return +found


def statements_of(act: Act) -> int:
    counter = Statements()
    with connection.execute_wrapper(counter):
        act()
    return counter.seen


def kill_and_again(act: Act, kill_at: int, *, after: bool) -> Killed:
    before = what_there_is()
    died = _in_a_child(act, kill_at, after=after)
    after_kill = what_there_is()
    act()
    return Killed(died, before, after_kill, what_there_is())


def _in_a_child(act: Act, kill_at: int, *, after: bool) -> bool:
    """True when it was killed; False when it finished before that statement came."""
    child = os.fork()
    if child == 0:
        # The parent's connections are left alone, neither used nor closed.
        for each in connections.all():
            each.connection = None
        try:
            with connection.execute_wrapper(Statements(kill_at, after=after)):
                act()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def writing_up(world: World) -> Act:
    """One conversation to write up; doing the act again sends the same form again."""
    scope, case_id, key, now = world.place.workers[0], UUID(world.ids["case_id"]), new_id(), clock.now()

    def act() -> None:
        conversation = ConversationDetails(kind="phone", outcome="talked", happened_at=now, note="Made up.", minutes=5)
        casework.write_up(scope=scope, case_id=case_id, submission_key=key, conversation=conversation)

    return act


def _without_limits(scope: Scope) -> UUID:
    """A group that is referred to and takes any number: hundreds go to it within one week."""
    with scoped(scope):
        taking = Service.objects.filter(status="active", limits=None).exclude(referral_email="")
        return taking.order_by("name").values_list("pk", flat=True)[0]


def answering(world: World) -> Act:
    """A new onward referral that its group says yes to; a second yes is answered kindly and changes nothing."""
    worker, case_id = world.place.workers[0], UUID(world.ids["case_id"])
    onward_id = onward.refer_onward(
        scope=worker,
        case_id=case_id,
        service_id=_without_limits(worker),
        submission_key=new_id(),
        details=OnwardDetails(need_words="Would like company", ask_first=True),
    )
    scope: Scope = link_scope(world.place.system.organisation_id, link_of(onward_id), onward_id)
    version = version_of(worker, onward_id)

    def act() -> None:
        # The second yes meets a page that has changed.
        with suppress(Conflict, InvalidMove):
            onward.answer_yes(scope=scope, expected_version=version, starts_on=None)

    return act


ACTS = {"writing up a conversation": writing_up, "a group's yes": answering}
