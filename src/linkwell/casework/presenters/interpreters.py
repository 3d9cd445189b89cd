"""Interpreters in words: red only ever says in words why."""

from typing import Any

from django.urls import reverse

from linkwell.casework.queries.interpreters import InterpreterRow
from linkwell.kernel import words

_TONES = {"needed": "urgent", "failed": "urgent", "booked": "waiting", "confirmed": "done", "not_needed": "closed"}


def interpreter_line(row: InterpreterRow) -> dict[str, Any]:
    """One line of an appointment or of a list."""
    return {
        "row": row,
        "words": f"Interpreter {row.state_words}",
        "tone": _TONES[row.state],
        "when": words.written_datetime(row.starts_at),
        "who": ", ".join(
            part for part in (row.name, row.agency, row.reference and f"reference {row.reference}") if part
        ),
        "url": reverse("casework:interpreter", args=[row.appointment_id]),
    }
