"""The words of longer support."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from linkwell.casework.queries.offers import ExtensionRow
from linkwell.kernel import words


def more_words(row: ExtensionRow) -> str:
    """ "4 weeks and 2 conversations more"."""
    more = [words.counted(row.weeks, "week")] if row.weeks else []
    more += [words.counted(row.conversations, "conversation")] if row.conversations else []
    return f"{words.joined(more)} more"


def extension_line(row: ExtensionRow) -> dict[str, Any]:
    """One line of the history: what was asked, why, and what became of it."""
    if row.decided_at is None:
        answer = "Your lead has not answered yet"
    else:
        said = "Agreed" if row.agreed else "Not agreed"
        answer = f"{said} by {row.decided_by}, {words.written_datetime(row.decided_at)}"
    return {
        "row": row,
        "more": more_words(row),
        "asked": f"{row.asked_by}, {words.written_datetime(row.asked_at)}",
        "answer": answer,
    }


def pending(waits: tuple[tuple[str, UUID], ...]) -> list[dict[str, str]]:
    """What a lead has been asked and has not answered, with where to answer."""
    said = {
        "closing_request": ("To end this support", "casework:decide_closing"),
        "offer_extension": ("To make this support longer", "casework:decide_longer"),
    }
    return [{"words": said[kind][0], "url": reverse(said[kind][1], args=[row_id])} for kind, row_id in waits]
