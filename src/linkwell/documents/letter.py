"""A letter, to a person or to a professional."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

from linkwell.documents.rendering import Layout, Rendered, render
from linkwell.documents.script import Value
from linkwell.kernel import words


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes. On a letter to a home, `organisation` is what a stranger may see on it."""

    name: str
    role: str = ""
    organisation: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom, and the lines of the address as they go in the envelope's window."""

    name: str
    address: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    words: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


Part: TypeAlias = Heading | Paragraph | Bullets


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter. Blank parts are left out."""

    sender: Sender
    addressee: Addressee
    written_on: dt.date
    subject: str
    parts: tuple[Part, ...]
    salutation: str = ""
    closing: str = "With best wishes,"
    reference: str = ""


def render_letter(letter: Letter, layout: Layout = Layout.STANDARD) -> Rendered:
    """The letter as a PDF; in standard layout its address fits a British DL window envelope."""
    sender = letter.sender
    data: dict[str, Value] = {
        "title": letter.subject.strip() or "Letter",
        "footer": sender.organisation or sender.name,
        "sender": _kept(sender.organisation, *sender.address, sender.phone, sender.email),
        "addressee": _kept(letter.addressee.name, *letter.addressee.address),
        "date": words.short_date(letter.written_on),
        "reference": f"Our reference: {letter.reference}" if letter.reference.strip() else "",
        "salutation": letter.salutation.strip() or f"Dear {letter.addressee.name}",
        "parts": [part for part in map(_part, letter.parts) if part],
        "closing": letter.closing,
        "signed": _kept(sender.name, sender.role, sender.organisation),
    }
    return render("letter", data, date=letter.written_on, layout=layout)


def _part(part: Part) -> Value:
    if isinstance(part, Bullets):
        items = _kept(*part.items)
        return {"kind": "bullets", "items": items} if items else None
    kind = "heading" if isinstance(part, Heading) else "paragraph"
    return {"kind": kind, "words": part.words} if part.words.strip() else None


def _kept(*rows: str) -> list[Value]:
    return [row.strip() for row in rows if row.strip()]
