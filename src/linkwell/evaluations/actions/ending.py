"""What comes of an evaluation: a result, no answer, or that it was given up."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from linkwell.core import audit, states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.evaluation.answer import plain
from linkwell.evaluations.details import Left
from linkwell.evaluations.models import Evaluation, EvaluationResult
from linkwell.evaluations.permissions import EVALUATE, WORK_OUT
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid

LONGEST_REASON = 600


@action(EVALUATE)
def end(*, scope: Scope, evaluation_id: UUID, expected_version: int, to: str, reason: str) -> None:
    """Refuse it, give it up, or throw a draft away, and say why. Raises Invalid, Conflict, InvalidMove."""
    if to not in ("refused", "abandoned", "dropped"):
        raise Invalid({"to": "Choose one of the answers on the page"})
    if not reason.strip():
        raise Invalid({"reason": "Say why, in a few words."})
    row = states.lock(Evaluation, evaluation_id, expected_version=expected_version)
    # Whoever sees it run does not stop it for what it may say.
    row.moves.check(row.state if row.state != "running" else "finished", to)
    _end(scope, row, to, reason.strip())


@action(WORK_OUT)
def note_stage(*, scope: Scope, evaluation_id: UUID, stage: str) -> None:
    """How far the work has come."""
    row = states.lock(Evaluation, evaluation_id)
    row.stage = stage
    row.save(update_fields=["stage"])
    audit.record(scope, "worked on", "evaluation", row.pk, fields=("stage",))


@action(WORK_OUT)
def refuse_running(*, scope: Scope, evaluation_id: UUID, reason: str) -> None:
    """The data will not carry an answer."""
    row = states.lock(Evaluation, evaluation_id)
    _end(scope, row, "refused", reason)


@action(WORK_OUT)
def finish(
    *, scope: Scope, evaluation_id: UUID, report: Mapping[str, Any], numbers: Mapping[str, Any], left: Left
) -> None:
    """Keep what came of it."""
    row = states.lock(Evaluation, evaluation_id)
    row.ended_at, row.stage = clock.now(), ""
    states.move(scope=scope, row=row, to="finished", fields=("ended_at", "stage"))
    EvaluationResult.objects.create(
        organisation_id=scope.organisation_id,
        evaluation=row,
        report=plain(report),
        numbers=numbers,
        counts=plain(asdict(left)),
    )


def _end(scope: Scope, row: Evaluation, to: str, reason: str) -> None:
    row.reason, row.ended_at, row.stage = reason[:LONGEST_REASON], clock.now(), ""
    states.move(scope=scope, row=row, to=to, reason=row.reason, fields=("reason", "ended_at", "stage"))
