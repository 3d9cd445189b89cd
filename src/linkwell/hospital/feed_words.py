"""What became of a list or an activity file, in words. Never asks the database."""

from __future__ import annotations

from typing import Any

from linkwell.hospital.models import Decision, FeedKind
from linkwell.hospital.queries import FeedRow
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


def when_it_ends(row: FeedRow, listed: int) -> tuple[str, ...]:
    """What will happen when a feed is ended, a line each. `listed`: how many people its last list names."""
    found = ["No page calls it out of date any more, and it is listed apart, with the day on which it ended."]
    if row.kind == FeedKind.ACTIVITY:
        found.append("What was loaded from it stays, and is counted as before.")
    else:
        found.append("Nothing that it said is taken back. Nobody leaves, moves or stops waiting because it ended.")
    if listed:
        found.append(
            f"Its last list names {words.counted(listed, 'person', 'people')}. They stay as it had them until another "
            "list or a message says otherwise. If nothing else tells us when they leave, go back and load one last "
            "list without them first."
        )
    return (*found, "When anything of it comes again, it is opened again by itself.")
