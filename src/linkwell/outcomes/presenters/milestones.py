"""What changed, in words."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from linkwell.core.addresses import address
from linkwell.kernel import words
from linkwell.outcomes.details import MilestoneRow


def line(row: MilestoneRow) -> dict[str, Any]:
    """One change as a list shows it."""
    return {
        "words": what(row),
        "when": words.short_date(row.on),
        "said": row.said_by,
        "by": row.by,
        "note": row.note,
        "not_so": row.taken_back_why,
        "url": "" if row.taken_back_why else address("outcomes:take_back", row.id),
    }


def what(row: MilestoneRow) -> str:
    """ "Began paid work, 16 hours a week", "Has more money, £1,200 a year"."""
    parts = [row.kind_words]
    if row.hours is not None:
        parts.append(f"{_plain(row.hours)} hours a week")
    if row.amount is not None:
        parts.append(f"£{pounds(row.amount)} {row.each}")
    return ", ".join(parts)


def pounds(amount: Decimal) -> str:
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def panel(rows: Iterable[MilestoneRow]) -> list[dict[str, str]]:
    """What counts, for the person page."""
    return [{"words": what(row), "when": words.short_date(row.on)} for row in rows if not row.taken_back_why]


def printed(rows: Iterable[MilestoneRow]) -> list[str]:
    """What counts, for paper."""
    return [
        f"{words.short_date(row.on)}: {what(row)} ({row.said_by.lower()})" for row in rows if not row.taken_back_why
    ]
