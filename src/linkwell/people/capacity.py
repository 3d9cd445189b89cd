"""Who can decide what, and who acts for somebody, as it is given and read. Without a database."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from linkwell.people.deciding import AgreedBy, By, Decision

# The four questions of the Mental Capacity Act 2005, section 3, in plain words.
FOUR_QUESTIONS = {
    "understands": "Do they understand what it is about?",
    "remembers": "Can they keep it in mind long enough to decide?",
    "weighs": "Can they weigh it up?",
    "tells": "Can they tell us what they decide, in any way?",
}


@dataclass(frozen=True, slots=True)
class CapacityDetails:
    """One judgement about one decision on one day. Able only when all four questions are answered yes."""

    decision: str
    in_words: str
    assessed_on: date
    assessed_by_name: str
    understands: bool
    remembers: bool
    weighs: bool
    tells: bool
    help_given: str
    reasons: str

    @property
    def can_decide(self) -> bool:
        return self.understands and self.remembers and self.weighs and self.tells


@dataclass(frozen=True, slots=True)
class ActsForDetails:
    """An attorney, deputy or advocate. `kind` is an ActsAs; `document_seen_on` None while nobody saw the document."""

    kind: str
    name: str
    phone: str = ""
    document_seen_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BestInterestsDetails:
    """What was decided for somebody who cannot decide it, what they would have wished, and who was asked."""

    decision: str
    agreed: bool
    decided_on: date
    decided_by_name: str
    what_was_decided: str
    their_wishes: str
    consulted: str


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """The newest judgement about one decision. `answers`: each of the four questions with its answer."""

    id: UUID
    decision: Decision
    decision_words: str
    in_words: str
    can_decide: bool
    assessed_on: date
    assessed_by_name: str
    answers: tuple[tuple[str, bool], ...]
    help_given: str
    reasons: str


@dataclass(frozen=True, slots=True)
class ActsForRow:
    id: UUID
    kind: str
    kind_words: str
    name: str
    phone_shown: str
    document_seen_on: date | None
    document_seen_by: str
    note: str


@dataclass(frozen=True, slots=True)
class BestInterestsRow:
    """`stands` is False once they were judged again: it rested on the judgement before."""

    id: UUID
    decision_words: str
    agreed: bool
    stands: bool
    decided_on: date
    decided_by_name: str
    what_was_decided: str
    their_wishes: str
    consulted: str


@dataclass(frozen=True, slots=True)
class CapacityPage:
    judged: tuple[CapacityRow, ...]
    acts_for: tuple[ActsForRow, ...]
    best_interests: tuple[BestInterestsRow, ...]


@dataclass(frozen=True, slots=True)
class CanAgree:
    """One who may be chosen as saying yes: `value` for a form, `words` for the screen."""

    value: str
    words: str


def as_value(agreed_by: AgreedBy) -> str:
    return f"{agreed_by.by}:{agreed_by.id}" if agreed_by.id else agreed_by.by.value


def from_value(value: str) -> AgreedBy:
    """What a form sent. Raises ValueError for what no form of ours offers."""
    by, _, id_text = value.partition(":")
    return AgreedBy(By(by), UUID(id_text) if id_text else None)
