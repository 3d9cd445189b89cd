"""The community directory: who runs what, where, when, for whom, and whether there is room."""

from linkwell.directory.models.feeds import ImportRun, Source
from linkwell.directory.models.finding import GapSource, SearchWord, ServiceGap, Shortlisted
from linkwell.directory.models.fitting import EligibilityRule, Photograph, RuleKind
from linkwell.directory.models.limits import Limits
from linkwell.directory.models.provenance import (
    Correction,
    FeedWords,
    LinkCheck,
    PersonalDecision,
    PersonalDetail,
    Publishing,
)
from linkwell.directory.models.same import Sameness, TwiceListed
from linkwell.directory.models.services import (
    CommunityOrganisation,
    RoomSource,
    Service,
    ServiceRoom,
    ServiceStatus,
    Way,
)
from linkwell.directory.models.stewards import (
    LinkPurpose,
    ListingChange,
    ListingClaim,
    ListingLink,
    RoomStatement,
    Steward,
    Upkeep,
)
from linkwell.directory.models.times import ChangedDates, SchoolBreak, Session, Venue
from linkwell.directory.models.vectors import Meaning

__all__ = [
    "ChangedDates",
    "CommunityOrganisation",
    "Correction",
    "EligibilityRule",
    "FeedWords",
    "GapSource",
    "ImportRun",
    "Limits",
    "LinkCheck",
    "LinkPurpose",
    "ListingChange",
    "ListingClaim",
    "ListingLink",
    "Meaning",
    "PersonalDecision",
    "PersonalDetail",
    "Photograph",
    "Publishing",
    "RoomSource",
    "RoomStatement",
    "RuleKind",
    "Sameness",
    "SchoolBreak",
    "SearchWord",
    "Service",
    "ServiceGap",
    "ServiceRoom",
    "ServiceStatus",
    "Session",
    "Shortlisted",
    "Source",
    "Steward",
    "TwiceListed",
    "Upkeep",
    "Venue",
    "Way",
]
