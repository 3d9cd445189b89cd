"""Two listings side by side, line by line, in words. Asks no database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from linkwell.directory import page_facts, presenters, vocabulary
from linkwell.directory.queries.rows import ServiceRow
from linkwell.directory.queries.same import PairDetail, Side
from linkwell.directory.sameness import LINES, Line
from linkwell.kernel import words

NOTHING = "Nothing"


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of both listings; `since` say from when each feed has said so, "" where that is not known."""

    key: str
    label: str
    kept: str
    other: str
    kept_since: str
    other_since: str

    @property
    def differs(self) -> bool:
        return self.kept != self.other

    @property
    def better(self) -> str:
        """Whose words are offered first: the ones of the listing that stays, unless it says nothing."""
        return "other" if self.kept == NOTHING else "kept"


def lines(pair: PairDetail) -> list[Compared]:
    return [
        Compared(
            line.key,
            line.label,
            _said(pair.kept.service, line.key) or NOTHING,
            _said(pair.other.service, line.key) or NOTHING,
            _since(pair.kept, line),
            _since(pair.other, line),
        )
        for line in LINES
    ]


def _said(row: ServiceRow, key: str) -> str:
    said = {
        "name": lambda: row.name,
        "who_runs": lambda: row.organisation_name,
        "description": lambda: row.description,
        "where_when": lambda: _where_and_when(row),
        "who_for": lambda: page_facts.who_for(row, presenters.ages(row)),
        "cost": lambda: row.cost or ("Free" if row.free else ""),
        "joining": lambda: page_facts.joining(row),
        "first_visit": lambda: "\n".join(filter(None, (row.first_visit, row.greeted_by))),
        "languages": lambda: page_facts.languages(row),
        "reaching": lambda: "\n".join(filter(None, (row.phone, row.contact))),
        "url": lambda: row.url,
        "referral_email": lambda: row.referral_email,
        "kinds": lambda: words.joined([*vocabulary.plain_kinds(row.kinds), *vocabulary.plain_needs(row.needs)]),
        "alert": lambda: row.alert,
        "checked": lambda: page_facts.assured(row),
    }
    return said[key]()


def _where_and_when(row: ServiceRow) -> str:
    return "\n".join(filter(None, (page_facts.where_lines(row), *presenters.times(row.sessions), *row.access)))


def _since(side: Side, line: Line) -> str:
    """The newest day on which the feed changed one of the line's columns."""
    days = [side.since[name] for name in line.columns if name in side.since]
    return f"since {words.short_date(dt.date.fromisoformat(max(days)))}" if days else ""
