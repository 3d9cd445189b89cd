"""The community directory: who runs what, where, when, for whom, and whether there is room."""

from linkwell.directory.models.feeds import ImportRun, Source
from linkwell.directory.models.finding import SearchWord, ServiceGap
from linkwell.directory.models.services import (
    CommunityOrganisation,
    Service,
    ServiceRoom,
    ServiceStatus,
    Session,
    Venue,
)

__all__ = [
    "CommunityOrganisation",
    "ImportRun",
    "SearchWord",
    "Service",
    "ServiceGap",
    "ServiceRoom",
    "ServiceStatus",
    "Session",
    "Source",
    "Venue",
]
