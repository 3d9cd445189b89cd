"""Every read of the monthly report."""

from linkwell.impact.queries.behind import SIDES, Side, every_row_behind, rows_behind
from linkwell.impact.queries.report import compared, report, signed_months, signed_off
from linkwell.impact.queries.sizes import sizes

__all__ = [
    "SIDES",
    "Side",
    "compared",
    "every_row_behind",
    "report",
    "rows_behind",
    "signed_months",
    "signed_off",
    "sizes",
]
