"""What became of a list or an activity file, in words. Never asks the database."""

from __future__ import annotations

from typing import Any

from linkwell.hospital.models import Decision
from linkwell.hospital.queries.list_runs import RunRow
from linkwell.kernel import words

_BECAME = {
    Decision.LOADED: ("Held, then loaded", "done"),
    Decision.THROWN_AWAY: ("Thrown away", "closed"),
    Decision.OVERTAKEN: ("A newer one counts", "closed"),
}


def run(row: RunRow) -> dict[str, Any]:
    """One reading: its totals, what became of it, and how much there is to read about it."""
    became, tone = ("Loaded", "done")
    if row.held_reason:
        became, tone = _BECAME[Decision(row.decision)] if row.decision else ("Held: you decide", "attention")
    return {
        "row": row,
        "became": became,
        "tone": tone,
        "totals": f"{words.counted(row.read, 'row')} = {row.loaded:,} loaded + {row.rejected:,} not loaded"
        if became == "Loaded" or row.decision == Decision.LOADED
        else f"{words.counted(row.read, 'row')} = {row.loaded:,} that can be loaded + {row.rejected:,} that cannot",
        "noted": f"{words.counted(len(row.findings), 'thing')} to look at" if row.findings else "Nothing",
    }
