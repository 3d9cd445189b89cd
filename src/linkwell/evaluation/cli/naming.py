"""Several columns named in one option."""

from __future__ import annotations

from linkwell.evaluation.refusal import Refused


def names(given: str) -> tuple[str, ...]:
    """Parted by commas. Raises Refused for one that is named twice."""
    found = tuple(name.strip() for name in given.split(",") if name.strip())
    if len(set(found)) < len(found):
        raise Refused(f"A column is named twice: {given}.")
    return found
