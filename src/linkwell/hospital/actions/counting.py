"""The four problems of a hospital counted each night, so that its page only reads."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from linkwell.cohorts import profiling, running
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.models import ProblemMonth
from linkwell.hospital.permissions import FIND_CANDIDATES
from linkwell.kernel import clock

Counts = Mapping[str, Iterable[tuple[dt.date, int, int]]]


def count_months(scope: Scope, files: Mapping[str, Sequence[Path]]) -> None:
    """Count every month told of in the activity files. Nothing changes where there are none."""
    if not any(files.values()):
        return
    asked = running.Asked(files=files, as_of=clock.today(), out=Path())
    counts = {
        problem.name: [(dt.date.fromisoformat(f"{each.month}-01"), each.count, each.out_of) for each in problem.months]
        for problem in profiling.profile(asked)
    }
    keep_months(scope=scope, counts=counts)


@action(FIND_CANDIDATES)
def keep_months(*, scope: Scope, counts: Counts) -> None:
    """Keep the counts in place of those before: `problem` to month, count and out of how many."""
    audit.record(scope, "counted", "problem_month", None)
    ProblemMonth.objects.filter(organisation_id=scope.organisation_id).delete()
    ProblemMonth.objects.bulk_create(
        ProblemMonth(organisation_id=scope.organisation_id, problem=problem, month=month, count=count, out_of=out_of)
        for problem, months in counts.items()
        for month, count, out_of in months
    )
