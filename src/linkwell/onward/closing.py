"""What the end of support needs from here: what is still under way, and what was tried."""

from uuid import UUID

from django.urls import reverse

from linkwell.casework.closing import open_items
from linkwell.casework.rows import OpenItem
from linkwell.casework.summary import Intervention, interventions_from
from linkwell.core.scope import Scope
from linkwell.kernel import clock, words
from linkwell.onward.details import OnwardRow
from linkwell.onward.queries import of_case, signposts_of_case


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


@interventions_from
def tried(scope: Scope, case_id: UUID) -> tuple[Intervention, ...]:
    """Onward referrals and signposts for the summary at the end. What a group wrote in confidence is left out."""
    onward = tuple(
        Intervention(
            kind="onward_referral",
            on=clock.london(row.sent_at).date(),
            what=row.service_name,
            outcome=_outcome(row),
            reason=row.need_words,
        )
        for row in of_case(scope, case_id)
    )
    signposts = tuple(
        Intervention(
            kind="signpost",
            on=clock.london(row.given_at).date(),
            what=row.service_name,
            outcome=_WENT[row.did_they_go],
        )
        for row in signposts_of_case(scope, case_id)
    )
    return onward + signposts


_WENT = {True: "They went", False: "They did not go", None: "Nobody knows whether they went"}


def _outcome(row: OnwardRow) -> str:
    """Where it got to. A yes is not an attendance: how often they came is said apart."""
    came = row.days_came
    said = row.state_words.capitalize()
    if row.state == "attended":
        return f"{said} {words.counted(came, 'time')}"
    return f"{said}, came {words.counted(came, 'time')}" if came else said
