"""What the queries of this app return, and what its actions are given."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from linkwell.measures.pack import Pack


@dataclass(frozen=True, slots=True)
class Answered:
    """One questionnaire as somebody answered it. `answers` holds whole numbers, or None where nothing was said."""

    pack: str
    occasion: str
    how: str
    answers: Mapping[str, int | None]
    answered_on: dt.date
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One score. `value` is None where too little was answered."""

    code: str
    value: float | None
    band: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One response. `by` is empty when they answered alone; `pack` is what it was asked and scored by."""

    id: UUID
    case_id: UUID
    person_id: UUID
    pack: Pack
    occasion: str
    occasion_words: str
    how: str
    how_words: str
    answered_on: dt.date
    recorded_at: dt.datetime
    by: str
    proxy: str
    answers: Mapping[str, int | None]
    scores: tuple[ScoreRow, ...]
    needs_help: bool
    corrects_id: UUID | None
    reason: str

    def score(self, code: str) -> ScoreRow | None:
        return next((each for each in self.scores if each.code == code), None)


@dataclass(frozen=True, slots=True)
class AskingRow:
    """What an organisation decided. `clinician_id` is None where nobody is named, or who was named has left."""

    clinician_id: UUID | None = None
    clinician_name: str = ""
    clinical_by_link: bool = False
    packs: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackRow:
    """A questionnaire, and why it cannot be asked here ("" when it can)."""

    pack: Pack
    why_not: str
    loaded: bool = False
    by_link: bool = field(default=False)


@dataclass(frozen=True, slots=True)
class MilestoneDetails:
    """What changed, when and by whose word. `hours` a week; `amount` in pounds, `each` how often."""

    kind: str
    on: dt.date
    said_by: str
    hours: Decimal | None = None
    amount: Decimal | None = None
    each: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One change as a list shows it. `taken_back_why` says why it counts no more; "" while it does."""

    id: UUID
    case_id: UUID
    person_id: UUID
    kind: str
    kind_words: str
    on: dt.date
    said_by: str
    hours: Decimal | None
    amount: Decimal | None
    each: str
    note: str
    by: str
    taken_back_why: str
