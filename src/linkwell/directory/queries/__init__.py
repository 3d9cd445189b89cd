"""Every read of the directory."""

from linkwell.directory.queries.listing import (
    DeskRow,
    LimitsRow,
    ListingRow,
    limits,
    listing,
    listing_desk,
    name_of_listing,
)
from linkwell.directory.queries.places import Point, locate, middle_of_directory
from linkwell.directory.queries.rows import FoundService, ServiceRow, SessionRow, VenueRow
from linkwell.directory.queries.search import Search, best, find, ranked_ids, understand
from linkwell.directory.queries.services import DirectoryFacts, GapRow, directory_facts, gaps, service

__all__ = [
    "DeskRow",
    "DirectoryFacts",
    "FoundService",
    "GapRow",
    "LimitsRow",
    "ListingRow",
    "Point",
    "Search",
    "ServiceRow",
    "SessionRow",
    "VenueRow",
    "best",
    "directory_facts",
    "find",
    "gaps",
    "limits",
    "listing",
    "listing_desk",
    "locate",
    "middle_of_directory",
    "name_of_listing",
    "ranked_ids",
    "service",
    "understand",
]
