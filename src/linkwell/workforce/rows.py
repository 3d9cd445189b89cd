"""What the queries return: plain frozen values, safe to use after the transaction."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.casework.rows import CoverRow, Load


@dataclass(frozen=True, slots=True)
class Gap:
    """Days a colleague with people of their own is away and nobody covers."""

    worker_id: UUID
    worker_name: str
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True, slots=True)
class TeamMember:
    """One worker on the team page. `people_a_year` and supervision are for leads only: None for others."""

    load: Load
    covered_by: tuple[CoverRow, ...]
    people_a_year: int | None
    supervised_on: dt.date | None
    supervision_due: dt.date | None


@dataclass(frozen=True, slots=True)
class CaseToGive:
    """One person of a caseload that is to be covered or moved, with what decides who takes them on."""

    case_id: UUID
    person_id: UUID
    name: str
    weight: int
    state: str
    language: str
    next_contact: dt.date | None
    next_words: str


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One bulk move, and whether it can still be taken back."""

    id: UUID
    worker_name: str
    moved_by: str
    moved_at: dt.datetime
    people: int
    given_to: tuple[str, ...]
    undone_at: dt.datetime | None
    may_undo: bool


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit going on or over. `person_name` is empty for a visit about nobody in particular."""

    id: UUID
    worker_id: UUID
    worker_name: str
    buddy_id: UUID | None
    buddy_name: str
    person_id: UUID | None
    person_name: str
    place: str
    started_at: dt.datetime
    out_by: dt.datetime
    out_at: dt.datetime | None
    state: str
    state_words: str
    looked_for_by: str
    version: int


@dataclass(frozen=True, slots=True)
class TalkRow:
    """One question to the lead. `words` are empty on lists."""

    id: UUID
    case_id: UUID
    person_id: UUID
    person_name: str
    asked_by_id: UUID
    asked_by: str
    asked_at: dt.datetime
    words: str
    urgent: bool
    state: str
    state_words: str
    version: int


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What was decided about a case with the lead."""

    decision: str
    decided_by: str
    worker: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class SupervisionRow:
    """One session: whose, with whom, when. Nothing of what was said."""

    id: UUID
    worker_id: UUID
    worker_name: str
    with_name: str
    held_on: dt.date
    next_on: dt.date


@dataclass(frozen=True, slots=True)
class SupervisionPage:
    """One session with its notes, for the two who were there. `cases` are id and person's name."""

    session: SupervisionRow
    topics: str
    steps: str
    cases: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class DueRow:
    """A worker whose supervision is due. `last_on` is None for somebody who had none yet."""

    worker_id: UUID
    name: str
    last_on: dt.date | None
    due_on: dt.date
