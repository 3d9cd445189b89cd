"""If these fail, work is lost, or done twice."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from linkwell.core import audit, installation, outbox, periodic, worker
from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent, Installation, OutboxEvent
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from tests.place import Place

pytestmark = pytest.mark.django_db
EVENT = "test.happened"


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    @outbox.handles(EVENT)
    def note(scope: Scope, object_id: UUID) -> None:
        audit.record(scope, "noted", "test", object_id)

    @outbox.handles("test.fails")
    def fail(scope: Scope, object_id: UUID) -> None:
        audit.record(scope, "noted", "test", object_id)
        raise ValueError("no")

    @outbox.handles_all_at_once("test.many")
    def note_all(scope: Scope, object_ids: frozenset[UUID]) -> None:
        audit.record(scope, "noted", "test", None)
        if len(object_ids) > 1 and scope.organisation_id in object_ids:
            raise ValueError("no")

    yield
    for event in (EVENT, "test.fails", "test.many"):
        outbox._handlers.pop(event)


def emit(place: Place, event: str = EVENT, once: str = "") -> None:
    with scoped(place.worker.scope):
        outbox.emit(place.worker.scope, event, object_id=place.team_id, once=once)


def noted(place: Place) -> int:
    with scoped(place.system):
        return AuditEvent.objects.filter(verb="noted").count()


def test_an_event_is_handled_once(place: Place) -> None:
    emit(place)
    assert worker.work_off() == 1
    assert worker.work_off() == 0
    assert noted(place) == 1


def test_an_event_emitted_twice_with_one_key_is_handled_once(place: Place) -> None:
    emit(place, once="this")
    emit(place, once="this")
    assert worker.work_off() == 1


@pytest.mark.fault("F3")
def test_a_killed_workers_row_is_taken_again_and_the_slow_worker_changes_nothing(place: Place) -> None:
    emit(place)
    (stale,) = worker.claim()
    with time_machine.travel(clock.now() + worker.LEASE + timedelta(seconds=1)):
        (fresh,) = worker.claim()
        worker.run(stale)
        assert noted(place) == 0
        worker.run(fresh)
    assert noted(place) == 1


def test_a_failing_job_leaves_nothing_half_done_and_at_last_needs_attention(place: Place) -> None:
    emit(place, "test.fails")
    now = clock.now()
    for attempt in range(worker.MOST_ATTEMPTS):
        with time_machine.travel(now + timedelta(days=attempt)):
            assert worker.work_off() == 1
    row = OutboxEvent.objects.get()
    assert row.failed_at
    assert row.last_error == "ValueError"
    assert noted(place) == 0


def test_many_that_are_ready_are_handled_by_one_call(place: Place) -> None:
    with scoped(place.system):
        outbox.emit_many(place.system, "test.many", [new_id() for _ in range(30)])
    worker.work_off()
    assert noted(place) == 1
    assert not OutboxEvent.objects.filter(done_at=None).exists()


def test_one_that_cannot_be_handled_among_many_holds_up_no_other(place: Place) -> None:
    with scoped(place.system):
        outbox.emit_many(place.system, "test.many", [new_id(), place.organisation_id, new_id()])
    worker.work_off()
    assert (noted(place), OutboxEvent.objects.filter(done_at=None).count()) == (0, 3)
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        worker.work_off()
    assert (noted(place), OutboxEvent.objects.filter(done_at=None).count()) == (3, 0)


@pytest.mark.fault("F31")
def test_after_a_restore_nothing_pending_goes_until_somebody_releases_it(place: Place) -> None:
    emit(place)
    Installation.objects.update_or_create(only=True, defaults={"epoch": 2})
    installation.epoch.cache_clear()
    try:
        assert worker.work_off() == 0
        assert worker.release_held() == 1
        assert worker.work_off() == 1
    finally:
        installation.epoch.cache_clear()


def test_a_periodic_job_comes_round_once_for_each_time(place: Place) -> None:
    with time_machine.travel("2026-03-03 10:30 +00:00"):
        periodic.emit_due(clock.now())
        first = OutboxEvent.objects.count()
        periodic.emit_due(clock.now())
        assert OutboxEvent.objects.count() == first


def test_the_longest_name_of_a_round_fits_the_trail(place: Place) -> None:
    longest = max(periodic.registered(), key=len)
    claimed = worker.Claim(new_id(), place.organisation_id, longest, "", place.organisation_id, 1, 1)
    with scoped(claimed.scope):
        audit.record(claimed.scope, "noted", "test", None)
    assert noted(place) == 1
