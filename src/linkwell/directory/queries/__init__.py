"""Every read of the directory."""

from linkwell.directory.queries.places import Point, locate, middle_of_directory
from linkwell.directory.queries.rows import FoundService, ServiceRow, SessionRow, VenueRow
from linkwell.directory.queries.search import Search, find, understand
from linkwell.directory.queries.services import DirectoryFacts, GapRow, directory_facts, gaps, service

__all__ = [
    "DirectoryFacts",
    "FoundService",
    "GapRow",
    "Point",
    "Search",
    "ServiceRow",
    "SessionRow",
    "VenueRow",
    "directory_facts",
    "find",
    "gaps",
    "locate",
    "middle_of_directory",
    "service",
    "understand",
]
