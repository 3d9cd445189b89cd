"""When a patient's stays changed: follow-ups, an arrival told to who supports them, the rules asked again."""

import datetime as dt
from uuid import UUID

from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.hospital.actions import process_all
from linkwell.hospital.actions.agreeing_to_tell import keep_agreement
from linkwell.hospital.actions.arrivals import tell_of_arrivals
from linkwell.hospital.actions.deaths import look_again_at_referred, tell_of_death
from linkwell.hospital.actions.follow_ups import keep_follow_ups
from linkwell.hospital.actions.lists import RECEIVED
from linkwell.hospital.actions.looking import ROUND, look, look_round
from linkwell.hospital.activity.queries import files
from linkwell.kernel import clock

# Seconds.
LOOK_EVERY = 2


@outbox.handles("hospital.stay_changed")
def follow_up_after_discharge(scope: Scope, object_id: UUID) -> None:
    keep_follow_ups(scope=scope, patient_id=object_id)


@outbox.handles("hospital.stay_changed")
def tell_those_who_support_them(scope: Scope, object_id: UUID) -> None:
    """Both in one: messages come by the thousand, and each thing to do for each of them is a row of its own."""
    tell_of_death(scope=scope, patient_id=object_id)
    tell_of_arrivals(scope=scope, patient_id=object_id)


@outbox.handles("referral.received")
@outbox.handles("referral.accepted")
@outbox.handles("referral.joined")
@outbox.handles("referral.declined")
def tell_what_is_known_of_whom_they_referred(scope: Scope, object_id: UUID) -> None:
    look_again_at_referred(scope=scope, referral_id=object_id)


@outbox.handles("agreement.agreed")
@outbox.handles("agreement.withdrawn")
@outbox.handles("agreement.objected")
def keep_who_agreed_to_be_told_of(scope: Scope, object_id: UUID) -> None:
    keep_agreement(scope=scope, agreement_id=object_id)


@outbox.handles("hospital.stay_changed")
def ask_the_rules_again(scope: Scope, object_id: UUID) -> None:
    """In two seconds, of all that changed by then: asking of many costs hardly more than of one."""
    slot = int(clock.now().timestamp()) // LOOK_EVERY + 1
    at = dt.datetime.fromtimestamp(slot * LOOK_EVERY, dt.UTC)
    outbox.emit(scope, "hospital.look", object_id=object_id, after=at, once=f"{object_id}:{slot}")


@outbox.handles_all_at_once("hospital.look")
def look_at_those_who_changed(scope: Scope, object_ids: frozenset[UUID]) -> None:
    look(scope, files(scope), object_ids)


@outbox.handles(ROUND)
def look_at_the_next(scope: Scope, object_id: UUID) -> None:
    look_round(scope, files(scope), after=object_id)


@outbox.handles(RECEIVED, external=True)
def work_out_what_came(scope: Scope, object_id: UUID) -> None:
    """A list that was loaded on a page, or a message tried again. Each batch commits by itself."""
    process_all(scope)
