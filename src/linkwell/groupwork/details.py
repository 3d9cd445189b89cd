"""What goes into the actions of this app: plain values, already cleaned by a form or a caller."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SessionDetails:
    """A session to be planned. `weeks` is how often it comes round, a week apart: 1 is once."""

    topic: str
    place: str
    starts_at: dt.datetime
    minutes: int = 60
    weeks: int = 1


@dataclass(frozen=True, slots=True)
class ClinicDetails:
    """A clinic to be planned: `slots` times of `slot_minutes` one after another, `weeks` weeks running."""

    practice_id: UUID
    room: str
    starts_at: dt.datetime
    slot_minutes: int = 45
    slots: int = 4
    who_books: str = "both"
    weeks: int = 1


@dataclass(frozen=True, slots=True)
class MeetingDetails:
    """A meeting to be planned."""

    title: str
    starts_at: dt.datetime
    place: str = ""


@dataclass(frozen=True, slots=True)
class ItemDetails:
    """One person discussed. An action has a day and an owner: a colleague (`owner_id`) or a name from elsewhere."""

    said: str = ""
    action: str = ""
    owner_id: UUID | None = None
    owner_name: str = ""
    due_on: dt.date | None = None
