"""Every read of the pages that bring the other apps together. Each runs in one transaction."""

from linkwell.journey.queries.adding import added_before
from linkwell.journey.queries.looked import Looked, WhoLooked, who_looked
from linkwell.journey.queries.person import PersonPage, TimelinePage, person_page
from linkwell.journey.queries.record import RecordCopy, Support, record_copy
from linkwell.journey.queries.search import Found, FoundReferral, everything
from linkwell.journey.queries.today import (
    LastTry,
    LeadDay,
    ReferrerDay,
    SafeguardingDay,
    WorkerDay,
    admin_day,
    lead_day,
    overdue_cases,
    referrer_day,
    safeguarding_day,
    worker_day,
)
from linkwell.journey.queries.unfinished import UnfinishedRow, unfinished
from linkwell.journey.queries.visits import VisitCard

__all__ = [
    "Found",
    "FoundReferral",
    "LastTry",
    "LeadDay",
    "Looked",
    "PersonPage",
    "RecordCopy",
    "ReferrerDay",
    "SafeguardingDay",
    "Support",
    "TimelinePage",
    "UnfinishedRow",
    "VisitCard",
    "WhoLooked",
    "WorkerDay",
    "added_before",
    "admin_day",
    "everything",
    "lead_day",
    "overdue_cases",
    "person_page",
    "record_copy",
    "referrer_day",
    "safeguarding_day",
    "unfinished",
    "who_looked",
    "worker_day",
]
