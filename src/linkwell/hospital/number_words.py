"""A hospital's numbers in words, for its own staff alone: none of them passed disclosure control."""

from collections.abc import Mapping, Sequence
from typing import Any

from linkwell.cohorts import profiling
from linkwell.hospital.charts import control_chart
from linkwell.hospital.freeing import FEWEST, freed
from linkwell.hospital.queries.numbers import MonthCount, Reached
from linkwell.hospital.queries.waited import Waits
from linkwell.kernel import words

DIMENSIONS = {
    "deprivation": "Deprivation of where they live",
    "age": "Age",
    "sex": "Sex",
    "ethnicity": "Ethnic background",
}
HEADS = ("Found", "Offered", "Said yes", "Team in touch")
SHOWN_MONTHS = 36


def problems(counted: Mapping[str, Sequence[MonthCount]]) -> list[dict[str, Any]]:
    """Each of the four problems: what is counted, what the months say, the drawing and the table."""
    found = []
    for name, title, counts in profiling.named():
        rows = [(f"{each.month:%b %Y}", each.count, each.out_of) for each in counted.get(name, ()) if each.out_of]
        months = profiling.judged(rows)[-SHOWN_MONTHS:]
        found.append(
            {
                "title": title,
                "counts": counts,
                "verdict": profiling.verdict(months) if months else "Not looked at: no activity file tells of it.",
                "chart": control_chart(months) if len(months) > 1 else None,
                "rows": [_month(each) for each in reversed(months)],
            }
        )
    return found


def _month(each: profiling.Month) -> tuple[str, ...]:
    usual = "" if each.usual_low is None else f"{each.usual_low:.1%} to {each.usual_high:.1%}"
    share = f"{each.share:.1%} ({each.low:.1%} to {each.high:.1%})"
    return each.month, f"{each.count:,} of {each.out_of:,}", share, usual


def tables(reached: Mapping[str, Sequence[Reached]]) -> list[dict[str, Any]]:
    """Who is reached, group by group, in people."""
    return [
        {
            "title": title,
            "rows": [(row.group, row.found, row.offered, row.accepted, row.helped) for row in reached.get(name, ())],
        }
        for name, title in DIMENSIONS.items()
    ]


def capacity(waits: Waits) -> str:
    """Capacity freed in one sentence: bed days with their interval, or why that cannot be said."""
    found = freed(waits.supported, waits.others)
    if found is None:
        return (
            f"We cannot say yet. It takes {FEWEST} stays of people who had said yes to support before they left, and "
            f"{FEWEST} of others; there are {len(waits.supported)} and {len(waits.others)}."
        )
    between = f"between {found.low:,.0f} and {found.high:,.0f} bed days"
    stays = words.counted(found.stays, "stay")
    if found.low <= 0 <= found.high:
        return f"No difference can be told: over {stays}, {between} (95 % interval, minus is longer)."
    if found.days < 0:
        return (
            f"People who said yes waited longer: over {stays}, {-found.high:,.0f} to {-found.low:,.0f} bed days more."
        )
    return f"About {found.days:,.0f} bed days over {stays}, {between} (95 % interval)."


def not_counted(waits: Waits) -> str:
    """How many stays have no known wait, in a sentence; nothing where every stay has one."""
    if not waits.missing:
        return ""
    return (
        f"Left out: {words.counted(waits.missing, 'stay')} of which no wait is known, because nobody said when the "
        "person was ready, or because they were not ready any more when they left."
    )
