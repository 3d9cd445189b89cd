"""Open Referral UK: directory feeds of community services, read from a file or a web address."""

from linkwell.interop.openreferral.fetch import read_url
from linkwell.interop.openreferral.reader import WHOLE_FEED, Reading, read
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
    "WHOLE_FEED",
    "CapacityRecord",
    "ContactRecord",
    "CostRecord",
    "LocationRecord",
    "OrganisationRecord",
    "Reading",
    "Rejected",
    "ScheduleRecord",
    "ServiceRecord",
    "TermRecord",
    "read",
    "read_url",
]
