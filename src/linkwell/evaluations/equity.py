"""Who gets to each step, group by group, worked out by `linkwell.evaluation.funnel`. Pure."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from linkwell.evaluation.funnel import reporting
from linkwell.evaluation.refusal import Refused
from linkwell.evaluation.report import Report
from linkwell.evaluation.table import Table
from linkwell.evaluations.queries.funnel import FunnelRow


def by_group(rows: Sequence[FunnelRow], steps: Sequence[str], groups: Mapping[str, str]) -> Report | str:
    """One report for all kinds of groups, named by `groups`, in which anybody differs; or why there is none."""
    if not rows:
        return f"Nobody was {steps[0]} in the last year."
    columns = {words: [row[name] for row in rows] for name, words in groups.items()}
    differ = [words for words, each in columns.items() if len(set(each)) > 1]
    table = Table(pa.table(columns | {name: [row[name] for row in rows] for name in steps}))
    try:
        return reporting.funnel(table, groups=differ or list(columns), steps=steps, references=[], person=None).report
    except Refused as refused:
        return str(refused)
