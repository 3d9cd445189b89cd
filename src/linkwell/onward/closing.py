"""Onward referrals still under way, as the last page before support ends lists them."""

from uuid import UUID

from django.urls import reverse

from linkwell.casework.closing import open_items
from linkwell.casework.rows import OpenItem
from linkwell.core.scope import Scope
from linkwell.onward.queries import of_case


@open_items
def still_under_way(scope: Scope, case_id: UUID) -> tuple[OpenItem, ...]:
    return tuple(
        OpenItem(
            kind="onward_referral",
            words=f"{row.service_name}: {row.state_words}",
            what_to_do="Take it back or mark it as finished, or leave it and say so.",
            url=reverse("onward:one", kwargs={"onward_id": row.id}),
        )
        for row in of_case(scope, case_id)
        if row.open
    )
