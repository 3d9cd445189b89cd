"""Reading mail that came back (RFC 3464 delivery reports, and those of servers that write their own). Pure.

A report is matched by our own Message-ID, which it quotes. Its words come from strangers: nothing of them is kept.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from uuid import UUID

LARGEST = 200_000
OURS = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([^>\s]+)>", re.IGNORECASE)
_MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^>\r\n]+>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Returned:
    """One message of ours that could not be delivered. `for_good`: trying again would not help."""

    message_id: UUID
    for_good: bool


def read(mail: bytes, domain: str) -> Returned | None:
    """What a mail in the mailbox for returned mail says; None when it is no report of failure about a mail of ours.

    A report that something is only late is none: the server goes on trying.
    """
    # The newer policies take headers apart, and fail on some that a stranger wrote wrong.
    parsed = message_from_bytes(mail[:LARGEST], policy=policy.compat32)
    ours = _quoted_id(parsed, mail[:LARGEST], domain)
    if ours is None:
        return None
    said = _statuses(parsed)
    failed = [status for action, status in said if action == "failed"]
    if failed:
        return Returned(ours, for_good=any(status.startswith("5") for status in failed))
    if said or not _looks_returned(parsed):
        return None
    return Returned(ours, for_good=False)


def _statuses(mail: Message) -> list[tuple[str, str]]:
    """Action and status of each recipient in a delivery report."""
    found: list[Message] = []
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        found += [block for block in blocks if isinstance(block, Message)] if isinstance(blocks, list) else []
    return [(_field(each, "Action").lower(), _field(each, "Status")) for each in found if each.get("Action")]


def _field(block: Message, name: str) -> str:
    return str(block.get(name, "")).split("(")[0].strip()


def _looks_returned(mail: Message) -> bool:
    """A server that writes no report of the standard form still sends as nobody, or names the address."""
    sender = str(mail.get("Return-Path", "")).strip()
    return sender == "<>" or "X-Failed-Recipients" in mail


def _quoted_id(mail: Message, raw: bytes, domain: str) -> UUID | None:
    """Our own Message-ID as the report quotes it: in the message returned, in its headers, or in the text."""
    own = str(mail.get("Message-ID", ""))
    quoted = [found.decode("ascii", "replace") for found in _MESSAGE_ID.findall(raw)]
    quoted += [str(mail.get("In-Reply-To", "")), *str(mail.get("References", "")).split()]
    quoted += [str(part.get("Message-ID", "")) for part in mail.walk() if part is not mail]
    for each in quoted:
        match = OURS.search(each)
        if match and each.strip() != own.strip() and match.group(2).lower() == domain.lower():
            return UUID(match.group(1))
    return None
