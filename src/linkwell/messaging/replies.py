"""Answers to e-mails of ours, written by whoever got them. Pure, but for the register of who reads which.

An answer is matched by our own Message-ID, which mail programs quote, and counts only from the address we wrote to.
What is sent by a machine (an absence note, a receipt) answers nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parseaddr
from uuid import UUID

from linkwell.core.scope import Scope
from linkwell.messaging.returned import LARGEST, OURS

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to one message: who wrote it, and their words, with whatever their program quoted below."""

    message_id: UUID
    sender: str
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply together with what the message was about."""

    message_id: UUID
    about_id: UUID
    sender: str
    text: str


Reader = Callable[[Scope, Answered], None]

_readers: dict[str, Reader] = {}


def answers_about(about_kind: str) -> Callable[[Reader], Reader]:
    """Register who reads answers to messages about such things. It runs outside any transaction."""

    def decorate(reader: Reader) -> Reader:
        _readers[about_kind] = reader
        return reader

    return decorate


def reader_of(about_kind: str) -> Reader | None:
    return _readers.get(about_kind)


def read(mail: bytes, domain: str) -> Reply | None:
    """The answer a mail is; None when a machine sent it, when it answers nothing of ours, or has no words."""
    parsed = message_from_bytes(mail[:LARGEST], policy=policy.compat32)
    if _by_a_machine(parsed):
        return None
    ours = _answered(parsed, domain)
    text = _text(parsed)
    sender = parseaddr(str(parsed.get("From", "")))[1].lower()
    if ours is None or not text or not sender:
        return None
    return Reply(ours, sender, text[:LONGEST])


def _by_a_machine(mail: Message) -> bool:
    automatic = str(mail.get("Auto-Submitted", "no")).strip().lower() not in {"", "no"}
    bulk = str(mail.get("Precedence", "")).strip().lower() in {"bulk", "junk", "auto_reply", "list"}
    empty_sender = str(mail.get("Return-Path", "")).strip() == "<>"
    report = mail.get_content_type() == "multipart/report"
    return automatic or bulk or empty_sender or report or "X-Autoreply" in mail or "X-Autorespond" in mail


def _answered(mail: Message, domain: str) -> UUID | None:
    quoted = [str(mail.get("In-Reply-To", "")), *reversed(str(mail.get("References", "")).split())]
    for each in quoted:
        match = OURS.search(each)
        if match and match.group(2).lower() == domain.lower():
            return UUID(match.group(1))
    return None


def _text(mail: Message) -> str:
    for part in mail.walk():
        if part.get_content_type() != "text/plain" or part.get_filename():
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        try:
            words = content.decode(part.get_content_charset() or "utf-8", "replace")
        except LookupError:
            words = content.decode("utf-8", "replace")
        return words.replace("\x00", "").strip()
    return ""
