"""Every read of the workforce."""

from linkwell.workforce.queries.moving import caseload_to_give, colleagues_of, moves
from linkwell.workforce.queries.supervision import my_sessions, session, supervision_due
from linkwell.workforce.queries.talking import case_decisions, my_talks, talk, talks_waiting
from linkwell.workforce.queries.team import gaps, team_members
from linkwell.workforce.queries.visits import late_visits, my_visit, visit, visits_now

__all__ = [
    "case_decisions",
    "caseload_to_give",
    "colleagues_of",
    "gaps",
    "late_visits",
    "moves",
    "my_sessions",
    "my_talks",
    "my_visit",
    "session",
    "supervision_due",
    "talk",
    "talks_waiting",
    "team_members",
    "visit",
    "visits_now",
]
