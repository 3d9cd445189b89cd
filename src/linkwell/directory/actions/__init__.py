"""Every write to the directory."""

from linkwell.directory.actions.dates import (
    DatesSaid,
    add_dates,
    add_school_break,
    take_away_dates,
    take_away_school_break,
)
from linkwell.directory.actions.gaps import note_nothing_found, report_gap
from linkwell.directory.actions.imports import ImportResult, import_feed
from linkwell.directory.actions.keeping import Asked, change_listing, decide_change
from linkwell.directory.actions.limits import LimitsSaid, set_limits
from linkwell.directory.actions.meeting import say_place, say_rule, say_time, take_part_away
from linkwell.directory.actions.merging import make_one, say_two, take_apart
from linkwell.directory.actions.room import confirm_details, say_room
from linkwell.directory.actions.shortlists import put_aside, take_off
from linkwell.directory.actions.sources import (
    add_source,
    decide_personal,
    fetch_now,
    publish,
    set_columns,
    set_schedule,
    settle_difference,
)
from linkwell.directory.actions.stewards import ClaimDecided, ask_to_keep, decide_claim, end_keeping, take_over
from linkwell.directory.actions.twice import pair_by_hand

__all__ = [
    "Asked",
    "ClaimDecided",
    "DatesSaid",
    "ImportResult",
    "LimitsSaid",
    "add_dates",
    "add_school_break",
    "add_source",
    "ask_to_keep",
    "change_listing",
    "confirm_details",
    "decide_change",
    "decide_claim",
    "decide_personal",
    "end_keeping",
    "fetch_now",
    "import_feed",
    "make_one",
    "note_nothing_found",
    "pair_by_hand",
    "publish",
    "put_aside",
    "report_gap",
    "say_place",
    "say_room",
    "say_rule",
    "say_time",
    "say_two",
    "set_columns",
    "set_limits",
    "set_schedule",
    "settle_difference",
    "take_apart",
    "take_away_dates",
    "take_away_school_break",
    "take_off",
    "take_over",
    "take_part_away",
]
