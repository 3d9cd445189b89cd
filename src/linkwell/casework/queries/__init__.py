"""Every read of casework."""

from linkwell.casework.queries.cases import (
    case,
    case_of_referral,
    caseload,
    cases_of,
    count_past_next_date,
    covers,
    load_by_worker,
    not_reached_since,
    open_case_of,
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
from linkwell.casework.queries.plan import plan, removed_items
from linkwell.casework.queries.summaries import (
    note_received,
    notes_received,
    recipients,
    summaries_of,
    summaries_received,
    summary_made,
    summary_received,
)

__all__ = [
    "LastChange",
    "ReferralClocks",
    "appointment",
    "appointments_between",
    "appointments_of",
    "case",
    "case_of_referral",
    "caseload",
    "cases_of",
    "clocks_between",
    "clocks_of",
    "clocks_of_case",
    "count_past_next_date",
    "covers",
    "interaction",
    "interactions",
    "last_change",
    "last_plan_change",
    "load_by_worker",
    "not_reached_since",
    "note_received",
    "notes_received",
    "open_case_of",
    "open_cases_of",
    "past_next_date",
    "plan",
    "plan_item",
    "recipients",
    "removed_items",
    "still_open",
    "summaries_of",
    "summaries_received",
    "summary_made",
    "summary_received",
    "todays_appointments",
    "waiting_list",
]
