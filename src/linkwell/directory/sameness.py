"""What is decided when two listings are made one: whose words hold, line by line, and which one speaks. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page, and the columns and parts it decides about."""

    key: str
    label: str
    columns: tuple[str, ...]


LINES: tuple[Line, ...] = (
    Line("name", "Name", ("name",)),
    Line("who_runs", "Who runs it", ("community_organisation_id",)),
    Line("description", "What it is", ("description", "description_html")),
    Line(
        "where_when",
        "Where and when",
        ("places_and_times", "online", "ways", "step_free", "access"),
    ),
    Line("who_for", "Who it is for", ("who_for", "minimum_age", "maximum_age", "rules")),
    Line("cost", "Cost", ("cost", "free", "cost_pence")),
    Line("joining", "How to join", ("how_to_join", "join_words")),
    Line("first_visit", "The first visit", ("first_visit", "greeted_by")),
    Line("languages", "Languages", ("languages",)),
    Line("reaching", "Telephone and who to ask for", ("phone", "contact")),
    Line("url", "Web address", ("url",)),
    Line("referral_email", "E-mail address for referrals", ("referral_email",)),
    Line("kinds", "What kind it is, and what it helps with", ("kinds", "needs", "tags", "terms")),
    Line("alert", "Something people should know just now", ("alert",)),
    Line("checked", "Checked by", ("assured_on", "assured_by")),
)
COLUMNS = {line.key: line.columns for line in LINES}


def speakers(pairs: Iterable[tuple[UUID, UUID]], gone: Collection[UUID]) -> dict[UUID, UUID]:
    """For each listing of these pairs (kept, other), oldest decision first, the one that speaks for it and the rest.

    Whoever was kept stands before the other and all it spoke for; the first that is not gone from its feed speaks.
    """
    lines: dict[UUID, list[UUID]] = {}
    for kept, other in pairs:
        first, then = lines.get(kept, [kept]), lines.get(other, [other])
        line = first if first is then else [*first, *then]
        lines |= dict.fromkeys(line, line)
    return {each: next((one for one in line if one not in gone), line[0]) for each, line in lines.items()}
