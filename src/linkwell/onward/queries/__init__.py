"""Every read of onward."""

from linkwell.onward.queries.groups import opened_link, seen_by_group
from linkwell.onward.queries.team import (
    answers_since,
    case_of_signpost,
    count_overdue,
    followed_by,
    limits_of_group,
    of_case,
    onward_referral,
    overdue,
    signposts_of_case,
)

__all__ = [
    "answers_since",
    "case_of_signpost",
    "count_overdue",
    "followed_by",
    "limits_of_group",
    "of_case",
    "onward_referral",
    "opened_link",
    "overdue",
    "seen_by_group",
    "signposts_of_case",
]
