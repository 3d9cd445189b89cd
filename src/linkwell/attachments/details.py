"""What the queries of this app return."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file as a list shows it. `name` says nothing where its person is restricted. Never its bytes."""

    id: UUID
    version: int
    about_kind: str
    about_id: UUID
    came_with: UUID | None
    name: str
    kind: str
    kind_words: str
    size: int
    state: str
    state_words: str
    added_by_id: UUID | None
    added_by: str
    added_at: datetime
    may_open: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A file to be handed out."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Harm:
    """What is needed to tell people that a file was kept out."""

    about_kind: str
    about_id: UUID
    team_id: UUID
    person_id: UUID | None
    added_by_id: UUID | None
    page: str
