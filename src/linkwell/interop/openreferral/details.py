"""A feed whose list gives only a summary of each service: the whole record is at `/services/{id}`.

HSDS 3 and Open Referral UK allow either. A list is taken for summaries when no record of it has any of the parts that
say when, where and for whom a service is; one record that has them makes it a list of whole records.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from linkwell.interop.openreferral.stream import Page, records
from linkwell.kernel.limits import Readable

# Named as Open Referral UK 1 to 3 and HSDS name them.
PARTS = frozenset(
    {
        "service_at_locations", "service_at_location", "locations", "location", "schedules", "schedule",
        "regular_schedules", "regular_schedule", "holiday_schedules", "holiday_schedule", "contacts", "phones",
        "cost_options", "eligibilitys", "eligibility", "service_areas", "service_taxonomys", "attributes", "languages",
        "fundings", "reviews", "required_documents",
    }
)  # fmt: skip


def only_summaries(page: Readable) -> bool:
    """Whether the records of a page are summaries. A page without records that have an identifier is not."""
    found = False
    for record in records(page, Page()):
        if not isinstance(record, dict) or not _identifier(record):
            continue
        if PARTS & record.keys():
            return False
        found = True
    return found


def identifiers(page: Readable) -> Iterator[tuple[str, Any]]:
    """Each record of a page of summaries, with its identifier ("" where it has none)."""
    for record in records(page, Page()):
        yield _identifier(record) if isinstance(record, dict) else "", record


def address_of(list_url: str, identifier: str) -> str:
    """Where the whole record of a service is, by the address of the list it was in."""
    parts = urlsplit(list_url)
    path = f"{parts.path.rstrip('/')}/{quote(identifier, safe='')}"
    return urlunsplit(parts._replace(path=path, query="", fragment=""))


def has_details(list_url: str) -> bool:
    """Only a list at an address like the standard's has records at addresses like the standard's."""
    return urlsplit(list_url).path.rstrip("/").endswith("/services")


def _identifier(record: dict[str, Any]) -> str:
    found = record.get("id")
    return str(found).strip() if isinstance(found, str | int) and not isinstance(found, bool) else ""
