"""From tasks to words on the screen."""

from datetime import date
from typing import Any

from linkwell.kernel import words
from linkwell.people.places import person_page
from linkwell.tasks import subjects
from linkwell.tasks.queries import TaskRow

_NEAR = 6


def due_words(due_on: date, today: date) -> str:
    """ "today", "tomorrow", "3 days late", "Tuesday", "Tuesday 3 March"."""
    days = (due_on - today).days
    if days < 0:
        return f"{words.counted(-days, 'day')} late"
    if days == 0:
        return "today"
    if days == 1:
        return "tomorrow"
    return f"{due_on:%A}" if days <= _NEAR else words.written_date(due_on)


def line(row: TaskRow, today: date) -> dict[str, Any]:
    """One task as a list shows it."""
    return {
        "row": row,
        "due": due_words(row.due_on, today),
        "late": row.state == "open" and row.due_on < today,
        "url": _address(row),
        "owner": row.owner_name or "Nobody yet",
        "note": "Passed on, because nobody had looked" if row.escalated else "",
    }


def _address(row: TaskRow) -> str:
    """The thing itself; where it has no page, the person, so that nobody is asked to phone "somebody"."""
    return subjects.address(row.about_kind, row.about_id) or (person_page(row.person_id) if row.person_id else "")
