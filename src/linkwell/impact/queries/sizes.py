"""How many people practices have on their lists."""

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.impact.models import PracticeSize
from linkwell.impact.months import Month
from linkwell.impact.permissions import SAY_LIST_SIZES
from linkwell.impact.rows import SizeRow
from linkwell.kernel.pages import Page

PAGE_SIZE = 50


def list_sizes(scope: Scope, month: Month) -> dict[str, int]:
    """For each practice (folded), the newest size counted before the end of the month. Called from inside a query."""
    rows = PracticeSize.objects.filter(organisation_id=scope.organisation_id, counted_on__lt=month.after.first)
    return dict(rows.order_by("practice", "counted_on").values_list("practice", "people"))


@query(SAY_LIST_SIZES)
def sizes(scope: Scope, page: int = 1) -> Page[SizeRow]:
    """Every size said, by practice, the newest first."""
    start = (page - 1) * PAGE_SIZE
    rows = PracticeSize.objects.filter(organisation_id=scope.organisation_id).order_by("practice", "-counted_on")
    found = [SizeRow(row.pk, row.shown, row.people, row.counted_on) for row in rows[start : start + PAGE_SIZE + 1]]
    return Page.of(found, number=page, size=PAGE_SIZE)
