"""Kill the program at a chosen statement of one referral, then send the same form again and count what there is."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent, OutboxEvent, StateChange, Submission
from linkwell.referrals import queries
from linkwell.referrals.models import Referral, ReferralAnswer, SentReferral
from linkwell.referrals.tests.helpers import refer
from tests.place import Place

# Words of danger, so that the alarm is among what could be lost.
WHY = "She says she wants to end her life."
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


class Counter:
    """Counts statements; with `kill_at`, ends this process without warning before or after that one."""

    def __init__(self, kill_at: int | None = None, *, after: bool = False) -> None:
        self.seen = 0
        self.kill_at = kill_at
        self.after = after

    def __call__(self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        self.seen += 1
        if self.seen == self.kill_at and not self.after:
            _die()
        result = execute(sql, params, many, context)
        if self.seen == self.kill_at:
            _die()
        return result


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def statements_of_one_referral(place: Place) -> int:
    """How many statements one sending takes, once what is looked up only the first time is known."""
    refer(place, why=WHY)
    counter = Counter()
    with connection.execute_wrapper(counter):
        refer(place, why=WHY)
    return counter.seen


def send_and_be_killed(place: Place, key: UUID, kill_at: int, *, after: bool) -> bool:
    """In a child process. True when it was killed; False when it finished before that statement came."""
    kept = connection.connection
    child = os.fork()
    if child == 0:
        # The parent's connection is left alone, neither used nor closed.
        connection.connection = None
        try:
            with connection.execute_wrapper(Counter(kill_at, after=after)):
                refer(place, key, why=WHY)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert kept is connection.connection
    return os.WIFSIGNALED(status)


@dataclass(frozen=True, slots=True)
class Found:
    """How many rows there are of one referral, over both organisations."""

    referrals: int
    sent: int
    answers: int
    submissions: int
    changes: int
    events: int
    arrivals_in_audit: int
    sendings_in_audit: int


WHOLE = Found(1, 1, 1, 1, 1, 3, 1, 1)
NOTHING = Found(0, 0, 0, 0, 0, 0, 0, 0)


def found(place: Place, key: UUID) -> Found:
    """What is in the database of the form with this key."""
    with scoped(place.system):
        ids = list(Submission.objects.filter(key=key).values_list("object_id", flat=True))
        answers = list(ReferralAnswer.objects.filter(referral_id__in=ids).values_list("pk", flat=True))
        referrals = Referral.objects.filter(pk__in=ids).count()
        changes = StateChange.objects.filter(object_id__in=ids).count()
        events = OutboxEvent.objects.filter(object_id__in=[*ids, *answers], event__startswith="referral.").count()
        arrivals = AuditEvent.objects.filter(object_id__in=ids, verb="received").count()
    with scoped(place.referrer.scope):
        own = list(SentReferral.objects.filter(referral_id__in=ids).values_list("pk", flat=True))
        sendings = AuditEvent.objects.filter(object_id__in=own, verb="sent").count()
    return Found(referrals, len(own), len(answers), len(ids), changes, events, arrivals, sendings)


def kill_and_send_again(place: Place, kill_at: int, *, after: bool) -> tuple[bool, Found, Found]:
    """Whether it was killed, what was there afterwards, and what was there once the form was sent again."""
    key = uuid4()
    killed = send_and_be_killed(place, key, kill_at, after=after)
    first = found(place, key)
    refer(place, key, why=WHY)
    return killed, first, found(place, key)


def total(place: Place) -> int:
    return sum(queries.by_state(place.lead.scope).values())
