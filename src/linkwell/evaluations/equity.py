"""Who gets to each step, group by group, worked out by `linkwell.evaluation.funnel`. Pure."""

from collections.abc import Sequence

import pyarrow as pa

from linkwell.evaluation.funnel import reporting
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.report import Report
from linkwell.evaluation.table import Table
from linkwell.evaluations.queries.funnel import FunnelRow


def by_group(rows: Sequence[FunnelRow], steps: Sequence[str], groups: Sequence[str]) -> dict[str, Report | str]:
    """For each kind of group a report, or why there is none."""
    table = Table(pa.table({name: [row[name] for row in rows] for name in (*steps, *groups)})) if rows else None
    return {group: _one(table, steps, group) for group in groups}


def _one(table: Table | None, steps: Sequence[str], group: str) -> Report | str:
    if table is None:
        return f"Nobody was {steps[0]} in the last year."
    try:
        return reporting.funnel(table, groups=[group], steps=steps, references=[], person=None).report
    except Refused as refused:
        return str(refused)
