"""Evaluations are worked out by the worker, outside any transaction: they may take their time."""

from uuid import UUID

from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.evaluation.refusal import Refused
from linkwell.evaluations import queries
from linkwell.evaluations.actions import finish, note_stage, refuse_running
from linkwell.evaluations.queries.scores import score_of


@outbox.handles("evaluation.running", external=True)
def work_out(scope: Scope, object_id: UUID) -> None:
    """Read the rows, work them out, keep the result. Run again after it ended, it does nothing."""
    # Statistics are slow to load, and most processes never work anything out.
    from linkwell.evaluations.working import worked_out

    asked = queries.evaluation(scope, object_id)
    if asked.state != "running":
        return
    try:
        note_stage(scope=scope, evaluation_id=object_id, stage="Collecting the rows")
        rows = queries.rows(scope, object_id)
        note_stage(scope=scope, evaluation_id=object_id, stage=f"Working out {len(rows.rows):,} rows")
        done = worked_out(asked, rows, queries.register(scope), score_of(scope, asked.outcome))
    except Refused as refused:
        refuse_running(scope=scope, evaluation_id=object_id, reason=str(refused))
    else:
        finish(scope=scope, evaluation_id=object_id, report=done.report, numbers=done.numbers, left=rows.left)
