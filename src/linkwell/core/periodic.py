"""Work that comes round by the clock, once for each organisation, through the same outbox as everything else."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from croniter import croniter
from django.apps import apps
from django.db import transaction

from linkwell.core import outbox
from linkwell.core.scope import Scope, system_scope
from linkwell.kernel import clock

Job = Callable[[Scope], None]
RowJob = Callable[[Scope, UUID], None]

log = structlog.get_logger()

_jobs: dict[str, str] = {}
_once: set[str] = set()


def every(cron: str, *, once_for_all: bool = False) -> Callable[[Job], Job]:
    """Register a job, with its times in cron's form (Europe/London). It must be safe to run again.

    `once_for_all`: about the installation itself, so run for one organisation and not for each.
    """

    def decorate(job: Job) -> Job:
        event = f"periodic.{job.__module__}.{job.__qualname__}"
        _jobs[event] = cron
        if once_for_all:
            _once.add(event)

        @outbox.handles(event)
        def run(scope: Scope, object_id: UUID) -> None:
            job(scope)

        return job

    return decorate


class OneByOne:
    """A job done for one row after another, so that a row that fails stops no other.

    Each runs in a savepoint. One that fails is undone and becomes work of its own in the outbox: tried again, and
    then counted among what needs attention, where `linkwell status` and the metrics show it.
    """

    def __init__(self, job: RowJob) -> None:
        self.job = job
        self.event = f"periodic.row.{job.__module__}.{job.__qualname__}"
        outbox.handles(self.event)(job)

    def over(self, scope: Scope, ids: Iterable[UUID]) -> int:
        """Do it for all of them; how many failed. Called inside a round or an action."""
        failed = 0
        for each in ids:
            try:
                with transaction.atomic():
                    self.job(scope, each)
            # Whatever is wrong with one row, the others go on.
            except Exception as trouble:
                failed += 1
                log.error(  # noqa: TRY400 (what is said may name somebody)
                    "row_of_round_failed", job=self.event, object_id=str(each), error=type(trouble).__name__
                )
                outbox.emit(scope, self.event, object_id=each, once=f"{clock.today().isoformat()}:{each}:{self.event}")
        return failed


def one_by_one(job: RowJob) -> OneByOne:
    """Make a function of a scope and one row's id into a job for many rows. It must be safe to run again."""
    return OneByOne(job)


def registered() -> dict[str, str]:
    """Every round and its times."""
    return dict(_jobs)


def last_due(cron: str, now: datetime) -> datetime:
    """The latest moment at or before now that the cron expression names."""
    # The library looks strictly before; one whole second later makes "at" part of the answer.
    just_after = clock.london(now).replace(microsecond=0) + timedelta(seconds=1)
    due: datetime = croniter(cron, just_after).get_prev(datetime)
    return due


def emit_due(now: datetime) -> None:
    """Queue each job's latest round for each open organisation; a round already queued is left alone."""
    dues = {event: last_due(cron, now).isoformat() for event, cron in _jobs.items()}
    organisations = apps.get_model("accounts", "Organisation")._default_manager.filter(closed_at=None)
    for number, organisation_id in enumerate(organisations.order_by("pk").values_list("pk", flat=True)):
        scope = system_scope(organisation_id, "periodic")
        for event, due in dues.items():
            if number and event in _once:
                continue
            outbox.emit(scope, event, object_id=organisation_id, once=f"{due}:{organisation_id}:{event}")
