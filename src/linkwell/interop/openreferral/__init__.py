"""Open Referral UK: directory feeds of community services, read from a file or a web address."""

from linkwell.interop.openreferral.columns import Columns, columns_from, guess
from linkwell.interop.openreferral.columns import words as column_words
from linkwell.interop.openreferral.fetch import look, read_url
from linkwell.interop.openreferral.formats import FORMATS, Plan
from linkwell.interop.openreferral.personal import HELD_BACK, Personal
from linkwell.interop.openreferral.personal import found_in as personal_in
from linkwell.interop.openreferral.personal import without as without_personal
from linkwell.interop.openreferral.reader import WHOLE_FEED, Reading, read, read_path
from linkwell.interop.openreferral.records import (
    CapacityRecord,
    ContactRecord,
    CostRecord,
    LocationRecord,
    OrganisationRecord,
    Rejected,
    ScheduleRecord,
    ServiceRecord,
    TermRecord,
)

__all__ = [
    "FORMATS",
    "HELD_BACK",
    "WHOLE_FEED",
    "CapacityRecord",
    "Columns",
    "ContactRecord",
    "CostRecord",
    "LocationRecord",
    "OrganisationRecord",
    "Personal",
    "Plan",
    "Reading",
    "Rejected",
    "ScheduleRecord",
    "ServiceRecord",
    "TermRecord",
    "column_words",
    "columns_from",
    "guess",
    "look",
    "personal_in",
    "read",
    "read_path",
    "read_url",
    "without_personal",
]
