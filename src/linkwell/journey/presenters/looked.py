"""Who has looked, in words: who, in which role, why and how often; never at which part."""

from collections.abc import Iterable
from typing import Any

from linkwell.core.permissions import ROLE_WORDS, Role
from linkwell.journey.queries import Looked
from linkwell.kernel import words


def days(rows: Iterable[Looked]) -> list[dict[str, Any]]:
    """A heading for each day, the newest first."""
    found: list[dict[str, Any]] = []
    for row in rows:
        day = words.written_date(row.day)
        if not found or found[-1]["day"] != day:
            found.append({"day": day, "rows": []})
        found[-1]["rows"].append(_row(row))
    return found


def _row(row: Looked) -> dict[str, str]:
    role = ROLE_WORDS[Role(row.role)] if row.role in set(Role) else "Linkwell itself"
    last = words.written_time(row.last_at)
    return {
        "name": row.name or role,
        "role": role if row.name else "",
        "purpose": row.purpose.capitalize(),
        "times": f"Once, at {last}" if row.times == 1 else f"{row.times} times, last at {last}",
    }
