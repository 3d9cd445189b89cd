"""Stories in words."""

from typing import Any

from linkwell.core.addresses import address
from linkwell.kernel import words
from linkwell.outcomes.details import StoryRow
from linkwell.outcomes.models import MilestoneKind

TONES = {"draft": "going", "checking": "waiting", "checked": "done", "withdrawn": "closed"}
SAID = {True: "Yes", False: "No", None: "Not asked"}


def line(row: StoryRow) -> dict[str, str]:
    """One story as a list shows it."""
    return {
        "title": row.story.title,
        "state": row.state_words.capitalize(),
        "tone": TONES[row.state],
        "author": row.author,
        "url": address("outcomes:story", row.id),
    }


def page(row: StoryRow) -> dict[str, Any]:
    """Everything the page of a story names."""
    checked = f"{row.checked_by}, {words.written_datetime(row.checked_at)}" if row.checked_at else ""
    return {
        **line(row),
        "called": row.story.called,
        "words": row.story.words,
        "tags": ", ".join(str(MilestoneKind(tag).label) for tag in row.story.tags),
        "checked": checked,
        "note": row.check_note,
        "consents": [[each.use_words, SAID[each.agreed], _when(each.said_at, each.how)] for each in row.consents],
        "copies": [[each.use_words, words.short_date(each.on), each.place, each.by] for each in row.copies],
    }


def printed(row: StoryRow) -> str:
    """A story and what was agreed, for the copy of somebody's record."""
    yes = [each.use_words.lower() for each in row.consents if each.agreed]
    agreed = f"May be {words.joined(yes)}" if yes else "May be used for nothing"
    return f"{row.story.title} ({row.state_words}). {row.story.words} {agreed}."


def _when(said_at: Any, how: str) -> str:
    return f"{words.short_date(said_at)}, {how}" if said_at else ""
