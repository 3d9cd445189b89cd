"""When a patient's stays changed: follow-ups, an arrival told to who supports them, the rules asked again."""

from uuid import UUID

from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.hospital.actions.arrivals import tell_of_arrivals
from linkwell.hospital.actions.follow_ups import keep_follow_ups
from linkwell.hospital.actions.looking import look
from linkwell.hospital.activity_files import files_of


@outbox.handles("hospital.stay_changed")
def follow_up_after_discharge(scope: Scope, object_id: UUID) -> None:
    keep_follow_ups(scope=scope, patient_id=object_id)


@outbox.handles("hospital.stay_changed")
def tell_those_who_support_them(scope: Scope, object_id: UUID) -> None:
    tell_of_arrivals(scope=scope, patient_id=object_id)


@outbox.handles("hospital.stay_changed")
def ask_the_rules_again(scope: Scope, object_id: UUID) -> None:
    look(scope, files_of(scope.organisation_id), object_id)
