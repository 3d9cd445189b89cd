"""What the queries of this app return."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from linkwell.evaluation.disclosure.frozen import Cells
from linkwell.showcase.periods import Period


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One release as those who prepare and sign it see it. No true number is in it."""

    id: UUID
    version: int
    period: Period
    number: int
    of_all_areas: bool
    given_to: str
    state: str
    state_words: str
    prepared_by_id: UUID
    prepared_by: str
    prepared_at: dt.datetime
    signed_by: str
    signed_at: dt.datetime | None
    cells: Cells
    why: Mapping[str, str]
    words: Mapping[str, str]
    lower: frozenset[str]


@dataclass(frozen=True, slots=True)
class PublicRelease:
    """One release as everybody sees it. `words` names the scores; of those in `lower`, less is better."""

    organisation_id: UUID
    code: str
    place: str
    of_all_areas: bool
    period: Period
    number: int
    cells: Cells
    words: Mapping[str, str]
    lower: frozenset[str]
    published_on: dt.date
    withdrawn_on: dt.date | None
    withdrawn_why: str

    @property
    def key(self) -> str:
        """Its part of the address."""
        return f"{self.period}" if self.number == 1 else f"{self.period}.{self.number}"


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """A place that published something."""

    code: str
    place: str
    newest: str
