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


@dataclass(frozen=True, slots=True)
class StoryWords:
    """A story as it is written: what they are called in it is never their name."""

    title: str
    called: str
    words: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """What they said to one use; `agreed` is None where nobody asked."""

    use: str
    use_words: str
    agreed: bool | None
    how: str = ""
    said_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One copy that went out."""

    use_words: str
    on: dt.date
    place: str
    by: str


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One story with what was agreed and where it went."""

    id: UUID
    version: int
    case_id: UUID
    person_id: UUID
    state: str
    state_words: str
    story: StoryWords
    author_id: UUID
    author: str
    checked_by: str
    checked_at: dt.datetime | None
    check_note: str
    consents: tuple[ConsentRow, ...]
    copies: tuple[CopyRow, ...]

    def agreed_to(self, use: str) -> bool:
        return any(each.use == use and bool(each.agreed) for each in self.consents)


@dataclass(frozen=True, slots=True)
class PublicStory:
    """What our public page shows of a story: nothing else of it or of the person."""

    title: str
    called: str
    words: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UseDetails:
    """Results of the days `from_on` to `to_on` went to somebody on `used_on`."""

    to_whom: str
    what: str
    used_on: dt.date
    from_on: dt.date
    to_on: dt.date


@dataclass(frozen=True, slots=True)
class UseRow:
    """One use, and how many scores of the reader were in it."""

    use: UseDetails
    mine: int


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """One score of many people: first against last of the same person. All None where `refused` says why not.

    `change` is the mean of last minus first with its 95 % interval, in points; `better`, `same`, `worse` count people.
    """

    words: str
    higher_is_better: bool
    lowest: float
    highest: float
    people: int
    paired: int
    refused: str = ""
    first: float | None = None
    last: float | None = None
    change: tuple[float, float, float] | None = None
    better: int = 0
    same: int = 0
    worse: int = 0
    first_of_others: float | None = None


@dataclass(frozen=True, slots=True)
class PackResult:
    """Every score of one questionnaire. Never a sum over scores."""

    title: str
    scores: tuple[ScoreResult, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """Of `supported` people spoken with, so many were `asked` at all and `twice` a second time."""

    supported: int
    asked: int
    twice: int
    packs: tuple[PackResult, ...]


@dataclass(frozen=True, slots=True)
class GroupResults:
    """Of the people who came to a community group; and when results of a time in which they came were used."""

    service: str
    packs: tuple[PackResult, ...]
    uses: tuple[UseDetails, ...]
