"""What may happen next in a week: for each kind of thing and state, which act, how often, and how often at least.

`never` asks the tables of moves and of reasons themselves: a new state or reason is missed until an act leads to it.
"""

from collections.abc import Sequence

from django.apps import apps

from linkwell.casework.models import CancelledBy, ClosingReason, HandOverReason, InteractionOutcome, PauseReason
from linkwell.core.held import StatefulModel
from linkwell.referrals.reasons import BY_CODE
from tests.prove.acts import appointments as times
from tests.prove.acts import ending, gathering, going_onward, referring, sharing_work, supporting
from tests.prove.acts.parts import goes_quiet, rest, unreachable
from tests.prove.week import Next, asked

NEXT: tuple[Next, ...] = (
    Next("team", "open", 1, sharing_work.cover),
    Next("team", "open", 1, sharing_work.end_cover),
    Next("team", "open", 1, sharing_work.move_caseload),
    Next("team", "open", 2, sharing_work.say_same_person, times=2),
    Next("team", "open", 2, gathering.plan_session, times=2),
    Next("team", "open", 2, gathering.plan_clinic, times=3),
    Next("team", "open", 2, gathering.plan_meeting, times=2),
    Next("team", "open", 2, times.go_in, times=3),
    Next("team", "open", 30, rest),
    Next("referral", "received asked", 12, referring.accept, times=20),
    Next("referral", "received asked", 5, referring.decline, times=len(BY_CODE)),
    Next("referral", "received", 2, referring.ask),
    Next("referral", "asked", 4, referring.answer_for),
    Next("referral", "received asked", 1, referring.take_back),
    Next("referral", "received asked", 3, referring.join),
    Next("referral", "received asked", 2, referring.join_lately_closed),
    Next("referral", "declined", 1, referring.look_again),
    Next("referral", "declined", 60, rest),
    Next("case", "waiting", 5, supporting.allocate),
    Next("case", "allocated trying", 1, supporting.put_back),
    Next("case", "allocated trying", 20, supporting.talk_or_try),
    Next("case", "allocated trying active", 6, ending.give_up, times=6, only=unreachable),
    Next("case", "active", 50, supporting.talk_or_try, only=goes_quiet),
    Next("case", "active", 10, supporting.talk_or_try),
    Next("case", "active", 4, supporting.ask_who_may_hear),
    Next("case", "active", 2, supporting.ask_about_themselves),
    Next("case", "active", 5, supporting.plan, times=5),
    Next("case", "allocated active", 5, times.book, times=5),
    Next("case", "active", 1, times.ask_what_got_in_the_way),
    Next("case", "active", 3, supporting.see_two_together),
    Next("case", "active", 2, supporting.ask_lead, times=2),
    Next("case", "active", 7, going_onward.go_onward, times=5),
    Next("case", "active", 3, going_onward.signpost),
    Next("case", "waiting allocated active", 1, supporting.pause, times=3),
    Next("case", "paused", 1, supporting.start_again),
    Next("case", "active", 1, supporting.ask_for_longer),
    Next("case", "active", 2, ending.hand_over, times=8),
    Next("case", "active", 2, supporting.enter_for_gp),
    Next("case", "active", 2, supporting.send_summary, times=2),
    Next("case", "active", 1, supporting.mistake_record),
    Next("case", "active", 6, ending.close, times=len(ending.BY_HAND), only=lambda row: not goes_quiet(row)),
    Next("case", "active allocated waiting", 1, ending.die, times=2),
    Next("case", "active", 1, supporting.worry, times=4),
    Next("case", "closed", 1, ending.be_alive_after_all),
    Next("case", "closed", 1, ending.reopen),
    Next("case", "closed", 80, rest),
    Next("appointment", "booked", 1, times.call_off, times=len(times.WHO_CANCELS)),
    Next("appointment", "booked", 1, times.put_off),
    Next("appointment", "booked", 6, times.come),
    Next("appointment", "booked", 4, times.stay_away, times=4),
    Next("interpreter", "needed booked confirmed failed", 1, times.find_interpreter),
    Next("onward_referral", "sent asked waiting_list", 6, going_onward.group_answers),
    Next("onward_referral", "asked", 6, going_onward.reply),
    Next("onward_referral", "accepted did_not_come", 4, going_onward.attend, times=4),
    Next("onward_referral", "sent asked waiting_list accepted", 1, going_onward.withdraw),
    Next("onward_referral", "accepted attended did_not_come", 1, going_onward.finish),
    Next("concern", "raised lead_told watching referred feedback", 1, supporting.deal_with_concern),
    Next("hand_over", "offered", 1, ending.take_offer_back),
    Next("worker_session", "planned", 4, gathering.put_on_register),
    Next("worker_session", "planned", 2, gathering.hold_session),
    Next("worker_session", "planned", 1, gathering.cancel_session),
    Next("clinic", "planned", 2, gathering.hold_clinic),
    Next("clinic", "planned", 1, gathering.cancel_clinic),
    Next("clinic_slot", "free", 2, gathering.book_time, times=3),
    Next("clinic_slot", "free", 2, gathering.practice_books_time),
    Next("clinic_slot", "booked", 1, gathering.free_time),
    Next("clinic_slot", "booked", 20, rest),
    Next("meeting", "planned", 4, gathering.talk_about),
    Next("meeting", "planned", 2, gathering.hold_meeting),
    Next("meeting", "planned", 1, gathering.cancel_meeting),
    Next("visit", "visiting late", 3, times.come_out),
    Next("visit", "visiting", 2, rest),
    Next("visit", "late", 3, times.look_for),
    Next("visit", "looked_for", 1, times.find_safe),
    Next("talk", "asked", 1, supporting.answer_or_drop_talk),
)
# Kinds that no week of referrals leads to; each has tests of its own in its room.
ELSEWHERE = {
    "attachment": "attachments: what a virus scanner answers",
    "disposal": "people: records that may go, years later",
    "listing_change": "directory: what groups say about their listing",
    "listing_claim": "directory: who keeps a listing",
    "message": "messaging: what a mail server answers",
}
# Which column holds which reasons, beside those that a move carries (`core_statechange.reason`).
REASONS: dict[str, Sequence[str]] = {
    "casework_case.closing_reason": ClosingReason.values,
    "referrals_referral.decline_reason": tuple(BY_CODE),
    "casework_pause.reason": PauseReason.values,
    "casework_handover.reason": HandOverReason.values,
    "casework_appointment.cancelled_by": CancelledBy.values,
    "casework_interaction.outcome": InteractionOutcome.values,
}


def never() -> list[str]:
    """Every state and reason that nothing came to."""
    stateful = [model for model in apps.get_models() if issubclass(model, StatefulModel)]
    moves = [model.moves for model in stateful if model.moves.kind not in ELSEWHERE]
    been = set(asked("SELECT DISTINCT object_kind, after FROM core_statechange"))
    missing = [f"{each.kind}: {state}" for each in moves for state in each.words if (each.kind, state) not in been]
    said = {reason for (reason,) in asked("SELECT DISTINCT reason FROM core_statechange")}
    for column, reasons in REASONS.items():
        table, name = column.split(".")
        found = said | {each for (each,) in asked(f"SELECT DISTINCT {name} FROM {table}")}
        missing += [f"{column}: {each}" for each in reasons if each not in found]
    return sorted(missing)
