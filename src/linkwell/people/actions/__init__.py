"""Every write about people."""

from linkwell.people.actions.access import record_access, record_interpreted, refuse_relative_interpreting
from linkwell.people.actions.agreeing import check_may_agree
from linkwell.people.actions.capacity import (
    add_acts_for,
    end_acts_for,
    end_best_interests,
    record_best_interests,
    record_capacity,
    say_document_seen,
)
from linkwell.people.actions.children import (
    add_responsible_adult,
    change_responsible_adult,
    end_responsible_adult,
    record_own_decision,
    record_young_person,
)
from linkwell.people.actions.concerns import (
    close_concern,
    note_on_concern,
    raise_concern,
    raise_concern_once,
    record_feedback,
    refer_concern,
    take_concern,
    watch_concern,
)
from linkwell.people.actions.contact import (
    HOME_REASONS,
    add_contact_point,
    add_related_contact,
    confirm_contact_point,
    end_contact_point,
    end_related_contact,
    open_home_access,
    record_home_access,
    record_safe_contact,
)
from linkwell.people.actions.deaths import note_stopped, record_death, take_back_report, undo_death
from linkwell.people.actions.household import answer_household, end_household, link_household, point_to_own_record
from linkwell.people.actions.identity import link_identity, undo_identity_link
from linkwell.people.actions.numbers import doubt_contact
from linkwell.people.actions.person import (
    add_person,
    add_requirement,
    change_person,
    end_requirement,
    restrict_person,
)
from linkwell.people.actions.record import end_risk, record_about_me, record_agreement, record_risk
from linkwell.people.actions.retention import agree_disposal, end_hold, keep_after_all, place_hold, propose_disposal

__all__ = [
    "HOME_REASONS",
    "add_acts_for",
    "add_contact_point",
    "add_person",
    "add_related_contact",
    "add_requirement",
    "add_responsible_adult",
    "agree_disposal",
    "answer_household",
    "change_person",
    "change_responsible_adult",
    "check_may_agree",
    "close_concern",
    "confirm_contact_point",
    "doubt_contact",
    "end_acts_for",
    "end_best_interests",
    "end_contact_point",
    "end_hold",
    "end_household",
    "end_related_contact",
    "end_requirement",
    "end_responsible_adult",
    "end_risk",
    "keep_after_all",
    "link_household",
    "link_identity",
    "note_on_concern",
    "note_stopped",
    "open_home_access",
    "place_hold",
    "point_to_own_record",
    "propose_disposal",
    "raise_concern",
    "raise_concern_once",
    "record_about_me",
    "record_access",
    "record_agreement",
    "record_best_interests",
    "record_capacity",
    "record_death",
    "record_feedback",
    "record_home_access",
    "record_interpreted",
    "record_own_decision",
    "record_risk",
    "record_safe_contact",
    "record_young_person",
    "refer_concern",
    "refuse_relative_interpreting",
    "restrict_person",
    "say_document_seen",
    "take_back_report",
    "take_concern",
    "undo_death",
    "undo_identity_link",
    "watch_concern",
]
