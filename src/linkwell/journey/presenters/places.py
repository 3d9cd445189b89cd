"""Where the page of a thing is."""

from uuid import UUID

from linkwell.core.addresses import address
from linkwell.people.places import person_page

# Lines about other things lead nowhere: what they say is all there is to see.
PAGES = {
    "interaction": "casework:conversation",
    "case": "casework:case",
    "referral": "referrals:referral",
    "onward_referral": "onward:one",
    "message_back": "casework:summary",
    "concern": "safeguarding:concern",
    "worker_session": "groupwork:session",
    "clinic": "groupwork:clinic",
    "meeting_item": "groupwork:meeting_item",
    "response": "outcomes:response",
    "milestone": "outcomes:take_back",
    "story": "outcomes:story",
}


def page_of(object_kind: str, object_id: UUID) -> str:
    return address(PAGES[object_kind], object_id) if object_kind in PAGES else ""


def person_url(person_id: UUID) -> str:
    return person_page(person_id)


def write_up_url(case_id: UUID, outcome: str = "", appointment_id: UUID | None = None) -> str:
    """The write-up, with the outcome already tapped."""
    given = {"outcome": outcome, "appointment": str(appointment_id or "")}
    asked = "&".join(f"{name}={value}" for name, value in given.items() if value)
    return address("casework:write_up", case_id) + (f"?{asked}" if asked else "")
