"""What is kept about a child or young person, as it is given and read. Without a database."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from linkwell.people.deciding import Decision


@dataclass(frozen=True, slots=True)
class YoungDetails:
    """School and care. `looked_after` is a LookedAfter."""

    school: str = ""
    looked_after: str = "not_asked"
    local_authority: str = ""


@dataclass(frozen=True, slots=True)
class AdultDetails:
    """A parent or another adult around a child. Values of Responsibility, HowKnown and MayContact.

    `safe_text`, `safe_email`: what they said themselves; None while nobody asked them.
    """

    name: str
    relationship: str
    responsibility: str = "not_known"
    how_known: str = ""
    may_contact: str = "not_asked"
    phone: str = ""
    email: str = ""
    safe_text: bool | None = None
    safe_email: bool | None = None


@dataclass(frozen=True, slots=True)
class OwnDecisionDetails:
    """Whether a young person decides one thing for themselves: by whom it was judged, when, and why."""

    decision: str
    decides: bool
    judged_by_name: str
    judged_on: date
    reasons: str


@dataclass(frozen=True, slots=True)
class AdultRow:
    id: UUID
    version: int
    details: AdultDetails
    responsibility_words: str
    how_known_words: str
    contact_words: str
    phone_shown: str

    @property
    def called(self) -> str:
        return f"{self.details.name} ({self.details.relationship})"


@dataclass(frozen=True, slots=True)
class OwnDecisionRow:
    """The newest judgement about one decision."""

    decision: Decision
    decision_words: str
    decides: bool
    judged_by_name: str
    judged_on: date
    reasons: str


@dataclass(frozen=True, slots=True)
class YoungPersonRow:
    """`version` is 0 while nothing was recorded."""

    version: int
    details: YoungDetails
    looked_after_words: str
    adults: tuple[AdultRow, ...]
    decisions: tuple[OwnDecisionRow, ...]


@dataclass(frozen=True, slots=True)
class YoungLines:
    """For the top of the page of somebody under 18: who is responsible, and who must not be contacted."""

    facts: tuple[str, ...] = ()
    do_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AdultToWrite:
    """What the gate has to know before anything is written to a parent, and where it would go."""

    phone: str
    email: str
    safe_text: bool | None
    safe_email: bool | None
    do_not_contact: bool
    shared: frozenset[str]
