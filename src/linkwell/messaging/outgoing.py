"""A message on its way out, and what its provider said."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.conf import settings


class Outcome(StrEnum):
    TAKEN = "taken"
    REFUSED = "refused"
    LATER = "later"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Result:
    """What happened: the provider's own reference when it has one, and a plain reason when it did not take it."""

    outcome: Outcome
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes with an e-mail. Its name is read by whoever sees the mailbox."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message on its way out. `attempt` counts from 1. `file` goes along where it is an e-mail."""

    id: UUID
    version: int
    channel: str
    address: str
    subject: str
    body: str
    attempt: int
    file: File | None = None


def missing(channel: str) -> str:
    """What has to be set up before this channel can be used, in words; "" when it can."""
    if settings.DEMO:
        return ""
    if channel == "email":
        return "" if settings.EMAIL_HOST else "E-mail is not set up."
    template = settings.NOTIFY_TEXT_TEMPLATE if channel == "text" else settings.NOTIFY_LETTER_TEMPLATE
    called = "Sending texts" if channel == "text" else "Sending letters"
    return "" if settings.NOTIFY_KEY and template else f"{called} is not set up."
