"""When somebody has died: groups hear only that nobody will be coming, and are asked nothing further."""

from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.onward.actions.following import STILL_GOING, finish
from linkwell.onward.actions.parts import lock_onward
from linkwell.onward.actions.referring import take_back
from linkwell.onward.models import OnwardReferral
from linkwell.onward.permissions import REFER_ONWARD
from linkwell.people import dying
from linkwell.people import queries as people
from linkwell.people.actions import note_stopped


@action(REFER_ONWARD)
def stop_for_death(*, scope: Scope, death_id: UUID) -> None:
    """Whatever is under way ends and its links close. Safe to run again; nothing once the death was undone."""
    audit.record(scope, "looked_at_death", "death", death_id)
    told = people.death_told(scope, death_id)
    if told is None:
        return
    _, _, records = told
    rows = OnwardReferral.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=records, state__in=[*STILL_GOING, "attended"]
    )
    for onward_id in list(rows.order_by("pk").values_list("pk", flat=True)):
        row = lock_onward(scope, onward_id)
        before = row.state
        if "withdrawn" in row.moves.allowed[before]:
            take_back(scope, row, "They have died")
        elif before == "attended":
            finish(scope, row)
        else:
            continue
        note_stopped(scope, death_id, row.person_id, "onward_referral", row.pk, before)


dying.stops(
    "onward_referral",
    dying.Kind(
        "An onward referral was taken back, and the group heard that nobody would be coming",
        "Speak with the group, and refer again if they still want to go.",
        "onward:one",
    ),
)
