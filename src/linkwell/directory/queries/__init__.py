"""Every read of the directory."""

from linkwell.directory.queries.details import offered
from linkwell.directory.queries.listing import (
    DeskRow,
    LimitsRow,
    ListingRow,
    limits,
    listing,
    listing_desk,
    name_of_listing,
)
from linkwell.directory.queries.looking import Looked, looked
from linkwell.directory.queries.missing import GapCount, Provision, gap_counts, provision
from linkwell.directory.queries.places import Point, locate, middle_of_directory
from linkwell.directory.queries.rows import FoundService, ServiceRow, SessionRow, VenueRow
from linkwell.directory.queries.same import decided_pairs, listed_twice, pair
from linkwell.directory.queries.saying import SaidRow, who_said
from linkwell.directory.queries.search import Search, best, find, is_nothing_good, ranked_ids, understand
from linkwell.directory.queries.services import DirectoryFacts, GapRow, directory_facts, gaps, service
from linkwell.directory.queries.shortlists import listed_services, shortlist, shortlisted_ids, spots
from linkwell.directory.queries.sources import (
    DifferenceRow,
    PersonalRow,
    Problem,
    RunRow,
    SourceRow,
    differences,
    feed_is_due,
    held_back,
    is_published,
    plan_of,
    problems,
    runs,
    source,
    sources,
)

__all__ = [
    "DeskRow",
    "DifferenceRow",
    "DirectoryFacts",
    "FoundService",
    "GapCount",
    "GapRow",
    "LimitsRow",
    "ListingRow",
    "Looked",
    "PersonalRow",
    "Point",
    "Problem",
    "Provision",
    "RunRow",
    "SaidRow",
    "Search",
    "ServiceRow",
    "SessionRow",
    "SourceRow",
    "VenueRow",
    "best",
    "decided_pairs",
    "differences",
    "directory_facts",
    "feed_is_due",
    "find",
    "gap_counts",
    "gaps",
    "held_back",
    "is_nothing_good",
    "is_published",
    "limits",
    "listed_services",
    "listed_twice",
    "listing",
    "listing_desk",
    "locate",
    "looked",
    "middle_of_directory",
    "name_of_listing",
    "offered",
    "pair",
    "plan_of",
    "problems",
    "provision",
    "ranked_ids",
    "runs",
    "service",
    "shortlist",
    "shortlisted_ids",
    "source",
    "sources",
    "spots",
    "understand",
    "who_said",
]
