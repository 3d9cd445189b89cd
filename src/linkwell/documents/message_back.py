"""The message back to the GP practice and the person's own clinicians (PRSB standard v1.1).

Only what the person may read belongs in it: safeguarding and what others said in confidence go in
a document of their own, and the caller leaves them out. Blank items and sections are left out here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from linkwell.documents.rendering import Layout, Rendered, render
from linkwell.documents.script import Value
from linkwell.kernel import words

BANNER = "The patient can read this"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: a label ("Outcome") and its text. Without a label, a paragraph."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its items, in the order they are read."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class MessageBack:
    """The whole message. `about` are the items that say which person, to whom and from whom."""

    title: str
    about: tuple[Item, ...]
    sections: tuple[Section, ...]
    written_on: dt.date
    sent_by: tuple[str, ...] = ()
    reference: str = ""


def render_message_back(message: MessageBack, layout: Layout = Layout.STANDARD) -> Rendered:
    """The message as a PDF, headed "The patient can read this"."""
    about = (*message.about, Item("Date", words.short_date(message.written_on)))
    data: dict[str, Value] = {
        "banner": BANNER,
        "title": message.title.strip() or "Message back",
        "reference": message.reference.strip(),
        "about": [[item.label, item.text.strip()] for item in about if item.text.strip()],
        "sections": [_section(section) for section in filled(message.sections)],
        "asked": "Questions about this message",
        "sent_by": [row.strip() for row in message.sent_by if row.strip()],
    }
    return render("message_back", data, date=message.written_on, layout=layout)


def filled(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections that say something, each with only the items that do: the same for page and PDF."""
    kept = (
        Section(section.heading, tuple(item for item in section.items if item.text.strip())) for section in sections
    )
    return tuple(section for section in kept if section.items)


def _section(section: Section) -> Value:
    items: list[Value] = [{"label": item.label, "words": item.text.strip()} for item in section.items]
    return {"heading": section.heading, "items": items}
