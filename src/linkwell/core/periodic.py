"""Work that comes round by the clock, once for each organisation, through the same outbox as everything else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from croniter import croniter
from django.apps import apps

from linkwell.core import outbox
from linkwell.core.scope import Scope, system_scope
from linkwell.kernel import clock

Job = Callable[[Scope], None]

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
    organisations = apps.get_model("accounts", "Organisation")._default_manager.filter(closed_at=None)
    for number, organisation_id in enumerate(organisations.order_by("pk").values_list("pk", flat=True)):
        scope = system_scope(organisation_id, "periodic")
        for event, cron in _jobs.items():
            if number and event in _once:
                continue
            due = last_due(cron, now)
            outbox.emit(scope, event, object_id=organisation_id, once=f"{due.isoformat()}:{organisation_id}:{event}")
