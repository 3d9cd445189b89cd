"""Every read of casework."""

from linkwell.casework.queries.arriving import (
    JoinedRow,
    Known,
    earlier_support,
    joined_to,
    referred_together,
    support_to_join,
)
from linkwell.casework.queries.attendance import AskedRow, Missing, missing
from linkwell.casework.queries.cases import (
    case,
    case_of_referral,
    caseload,
    cases_named,
    cases_of,
    count_past_next_date,
    not_reached_since,
    open_case_of,
    open_case_of_referral,
    open_cases_named,
    open_cases_of,
    past_next_date,
    waiting_list,
)
from linkwell.casework.queries.changes import LastChange, last_change, last_plan_change, plan_item
from linkwell.casework.queries.clocks import ReferralClocks, clocks_between, clocks_of, clocks_of_case
from linkwell.casework.queries.closing import still_open
from linkwell.casework.queries.conversations import (
    appointment,
    appointments_between,
    appointments_of,
    interaction,
    interactions,
    todays_appointments,
)
from linkwell.casework.queries.cover import cover_between, covers
from linkwell.casework.queries.handovers import HandOverRow, hand_over, hand_overs_of, silent_hand_overs
from linkwell.casework.queries.interpreters import (
    InterpreterRow,
    appointments_without_interpreter,
    interpreters_of,
    interpreters_soon,
)
from linkwell.casework.queries.load import complexity_history, factors_known, load_by_worker, people_a_year
from linkwell.casework.queries.offers import ExtensionRow, extension, extensions_of, offers_of, waits_for_lead
from linkwell.casework.queries.pauses import PauseRow, pauses_of, pauses_over
from linkwell.casework.queries.plan import plan, removed_items
from linkwell.casework.queries.reaching import (
    ClosingRequestRow,
    Reaching,
    closing_request,
    closing_requests_of,
    lead_decides,
    reaching,
    ways_to_write,
)
from linkwell.casework.queries.steps import DueStep, steps_due
from linkwell.casework.queries.summaries import (
    note_received,
    notes_received,
    recipients,
    summaries_of,
    summaries_received,
    summary_made,
    summary_received,
)
from linkwell.casework.queries.telling import to_remind
from linkwell.casework.queries.together import TogetherRow, is_joint_visit, joint_visits, may_be_seen_with
from linkwell.casework.queries.waits import STILL_WAITING_TASK, to_call_still_waiting, waits_of_team

__all__ = [
    "STILL_WAITING_TASK",
    "AskedRow",
    "ClosingRequestRow",
    "DueStep",
    "ExtensionRow",
    "HandOverRow",
    "InterpreterRow",
    "JoinedRow",
    "Known",
    "LastChange",
    "Missing",
    "PauseRow",
    "Reaching",
    "ReferralClocks",
    "TogetherRow",
    "appointment",
    "appointments_between",
    "appointments_of",
    "appointments_without_interpreter",
    "case",
    "case_of_referral",
    "caseload",
    "cases_named",
    "cases_of",
    "clocks_between",
    "clocks_of",
    "clocks_of_case",
    "closing_request",
    "closing_requests_of",
    "complexity_history",
    "count_past_next_date",
    "cover_between",
    "covers",
    "earlier_support",
    "extension",
    "extensions_of",
    "factors_known",
    "hand_over",
    "hand_overs_of",
    "interaction",
    "interactions",
    "interpreters_of",
    "interpreters_soon",
    "is_joint_visit",
    "joined_to",
    "joint_visits",
    "last_change",
    "last_plan_change",
    "lead_decides",
    "load_by_worker",
    "may_be_seen_with",
    "missing",
    "not_reached_since",
    "note_received",
    "notes_received",
    "offers_of",
    "open_case_of",
    "open_case_of_referral",
    "open_cases_named",
    "open_cases_of",
    "past_next_date",
    "pauses_of",
    "pauses_over",
    "people_a_year",
    "plan",
    "plan_item",
    "reaching",
    "recipients",
    "referred_together",
    "removed_items",
    "silent_hand_overs",
    "steps_due",
    "still_open",
    "summaries_of",
    "summaries_received",
    "summary_made",
    "summary_received",
    "support_to_join",
    "to_call_still_waiting",
    "to_remind",
    "todays_appointments",
    "waiting_list",
    "waits_for_lead",
    "waits_of_team",
    "ways_to_write",
]
