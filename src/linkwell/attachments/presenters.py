"""From files to words on the screen."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from linkwell.attachments.details import FileRow
from linkwell.kernel import words

_TONES = {"clean": "done", "harmful": "urgent", "unchecked": "attention", "waiting": "waiting"}


def file_line(row: FileRow) -> dict[str, Any]:
    """One file as a list shows it: what, how large, who, when, and whether it can be opened."""
    return {
        "row": row,
        "about": f"{row.kind_words}, {size_words(row.size)}",
        "added": f"{row.added_by or 'Linkwell'}, {words.written_datetime(row.added_at)}",
        "tag": "" if row.state == "clean" else row.state_words.capitalize(),
        "tone": _TONES.get(row.state, "closed"),
        "why": why_closed(row),
        "may_take_off": row.state in ("clean", "waiting", "unchecked"),
    }


def file_lines(rows: Iterable[FileRow]) -> list[dict[str, Any]]:
    return [file_line(row) for row in rows]


def why_closed(row: FileRow) -> str:
    """What stands beside a file that cannot be opened, or can although nobody checked it; else nothing."""
    if row.state == "harmful":
        return "We did not keep it. Have the computer or phone it came from checked, then send the file again."
    if row.state == "clean":
        return ""
    if row.may_open:
        return "No virus scanner has looked at this file. Open it only if you know who sent it."
    if row.state == "waiting":
        return "It can be opened in a moment, when the check is done. Load this page again."
    if not settings.CLAMD:
        return "It cannot be opened: no virus scanner is set up here. Ask whoever runs Linkwell."
    return "It cannot be opened until it is checked. We try again by ourselves."


def size_words(size: int) -> str:
    """ "under 1 KB", "340 KB", "2.4 MB"."""
    if size < 1_000:
        return "under 1 KB"
    return f"{size // 1_000} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
