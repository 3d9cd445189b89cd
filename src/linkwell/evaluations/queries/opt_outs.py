"""Lists of who opted out."""

from linkwell.accounts.queries import user_names
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.evaluations.details import OptOutRow
from linkwell.evaluations.models import OptOutList
from linkwell.evaluations.permissions import LOAD_OPT_OUTS

MOST_SHOWN = 12


@query(LOAD_OPT_OUTS)
def opt_out_lists(scope: Scope) -> tuple[OptOutRow, ...]:
    """The newest lists, without the marks in them."""
    rows = OptOutList.objects.filter(organisation_id=scope.organisation_id).defer("marks")
    found = list(rows.order_by("-as_at", "-created_at")[:MOST_SHOWN])
    names = user_names({each.loaded_by_id for each in found if each.loaded_by_id})
    return tuple(
        OptOutRow(
            each.as_at, each.people, names.get(each.loaded_by_id, "") if each.loaded_by_id else "", each.created_at
        )
        for each in found
    )


def newest(scope: Scope) -> OptOutList | None:
    rows = OptOutList.objects.filter(organisation_id=scope.organisation_id)
    return rows.order_by("-as_at", "-created_at").first()
