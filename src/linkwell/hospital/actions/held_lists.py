"""What somebody decides about a list that was held."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.actions.lists import RECEIVED, take_held
from linkwell.hospital.models import Decision, Feed, ListRun
from linkwell.hospital.permissions import LOOK_AFTER_FEEDS
from linkwell.kernel import clock
from linkwell.kernel.errors import InvalidMove, NotFound

DECIDED = "This list needs nothing more: it was loaded or thrown away, or a newer one was loaded."


@action(LOOK_AFTER_FEEDS)
def load_all_the_same(*, scope: Scope, run_id: UUID) -> dict[str, int]:
    """The held list is right: take it as it stood then; how many changes, by kind. Raises NotFound, InvalidMove."""
    run, held = _locked(scope, run_id)
    events = take_held(scope, run, held)
    _decide(run, Decision.LOADED)
    audit.record(scope, "loaded", "hospital_list", run.pk)
    outbox.emit(scope, RECEIVED, object_id=run.pk)
    return events


@action(LOOK_AFTER_FEEDS)
def throw_away(*, scope: Scope, run_id: UUID) -> None:
    """The held list is wrong: nothing is taken from it, and its rows are kept no longer.

    Raises NotFound, InvalidMove.
    """
    run, _ = _locked(scope, run_id)
    _decide(run, Decision.THROWN_AWAY)
    audit.record(scope, "thrown away", "hospital_list", run.pk)


def _locked(scope: Scope, run_id: UUID) -> tuple[ListRun, dict[str, Any]]:
    runs = ListRun.objects.filter(organisation_id=scope.organisation_id, pk=run_id)
    feed_id = runs.values_list("feed_id", flat=True).first()
    if feed_id is None:
        raise NotFound
    # As where a list is loaded: the feed first, or two that decide at once wait for each other.
    Feed.objects.select_for_update().get(organisation_id=scope.organisation_id, pk=feed_id)
    run = runs.select_for_update().get()
    if run.held is None:
        raise InvalidMove(DECIDED)
    return run, run.held


def _decide(run: ListRun, decision: Decision) -> None:
    run.held, run.decision, run.decided_at = None, decision, clock.now()
    run.save(update_fields=["held", "decision", "decided_at", "changes"])
