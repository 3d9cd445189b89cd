"""What follows when a patient's stays changed: follow-ups, and those who support the person hear of an arrival."""

from uuid import UUID

from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.hospital.actions.arrivals import tell_of_arrivals
from linkwell.hospital.actions.follow_ups import keep_follow_ups


@outbox.handles("hospital.stay_changed")
def follow_up_after_discharge(scope: Scope, object_id: UUID) -> None:
    keep_follow_ups(scope=scope, patient_id=object_id)


@outbox.handles("hospital.stay_changed")
def tell_those_who_support_them(scope: Scope, object_id: UUID) -> None:
    tell_of_arrivals(scope=scope, patient_id=object_id)
