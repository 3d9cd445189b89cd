"""From message rows to what a page draws. Nothing here asks the database."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from linkwell.kernel import words
from linkwell.messaging.queries import MessageRow

TONES = {
    "queued": "waiting",
    "sending": "going",
    "sent": "done",
    "unknown": "attention",
    "held": "attention",
    "bounced": "attention",
    "cancelled": "closed",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a message: words, or a link of ours that can be opened."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class MessageView:
    id: str
    title: str
    when: str
    state: str
    tone: str
    note: str
    address: str
    subject: str
    pieces: tuple[Piece, ...]
    url: str


def message(row: MessageRow) -> MessageView:
    waiting = row.state in {"held", "unknown", "bounced", "queued"}
    kept = settings.DEMO and row.state == "sent"
    return MessageView(
        id=str(row.id),
        title=f"{row.channel_words.capitalize()} to {row.audience_words}",
        when=words.written_datetime(row.created_at),
        state="kept here, not sent" if kept else row.state_words,
        tone=TONES[row.state],
        note=row.held_reason,
        address=row.address,
        subject=row.subject if row.channel != "text" else "",
        pieces=pieces(row.body),
        url=reverse("messaging:message", args=[row.id]) if waiting else "",
    )


def pieces(body: str) -> tuple[Piece, ...]:
    """The words of a message with its own links apart, so that they can be opened."""
    link = re.compile(rf"{re.escape(settings.ADDRESS)}/\S*")
    found: list[Piece] = []
    place = 0
    for match in link.finditer(body):
        found += [Piece(body[place : match.start()]), Piece(match.group(), match.group()[len(settings.ADDRESS) :])]
        place = match.end()
    return tuple(piece for piece in (*found, Piece(body[place:])) if piece.text)
