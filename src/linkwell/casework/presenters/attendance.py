"""The words of missed appointments and of giving somebody a time."""

from collections.abc import Collection
from typing import Any

from linkwell.casework.queries.attendance import Missing
from linkwell.kernel import words

_BY = {"text": "by text", "email": "by e-mail", "letter": "by letter"}


def asked_why(found: Missing) -> list[dict[str, Any]]:
    """What was said before, the newest first."""
    return [
        {
            "when": f"{words.written_datetime(row.at)}, {row.by}",
            "barriers": row.barriers,
            "words": row.words,
            "help": row.what_could_help,
        }
        for row in found.asked
    ]


def how_to_give(ways: Collection[str], *, decided_for_them: bool = False) -> str:
    """In which ways a time may be given in writing, and to whom."""
    if decided_for_them:
        return (
            "Not to them: others decide how they are contacted. It may go to an adult with parental responsibility who"
            " said that it is safe to write to them. Anybody else who is responsible is phoned."
        )
    safe = [said for way, said in _BY.items() if way in ways]
    if not safe:
        return "Do not send it to them: no way to write to them is safe. Tell them the time when you speak."
    if ways == {"text"}:
        return "Writing to them is safe by text, which carries no file: send them the time, with a link to it."
    return f"You may give it to them {words.joined(safe, 'or')}, to the details they have confirmed. No other way."
