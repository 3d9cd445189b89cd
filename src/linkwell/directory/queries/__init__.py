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
from linkwell.directory.queries.missing import GapCount, Provision, gap_counts, provision
from linkwell.directory.queries.places import Point, locate, middle_of_directory
from linkwell.directory.queries.rows import FoundService, ServiceRow, SessionRow, VenueRow
from linkwell.directory.queries.search import Search, best, find, is_nothing_good, ranked_ids, understand
from linkwell.directory.queries.shortlists import shortlist, shortlisted_ids, spots
from linkwell.directory.queries.services import DirectoryFacts, GapRow, directory_facts, gaps, service

__all__ = [
    "DeskRow",
    "DirectoryFacts",
    "FoundService",
    "GapCount",
    "GapRow",
    "LimitsRow",
    "ListingRow",
    "Point",
    "Provision",
    "Search",
    "ServiceRow",
    "SessionRow",
    "VenueRow",
    "best",
    "directory_facts",
    "find",
    "gap_counts",
    "gaps",
    "is_nothing_good",
    "limits",
    "listing",
    "listing_desk",
    "locate",
    "middle_of_directory",
    "name_of_listing",
    "provision",
    "ranked_ids",
    "service",
    "shortlist",
    "shortlisted_ids",
    "spots",
    "understand",
]
