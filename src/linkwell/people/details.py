"""What goes into the actions of this app and comes out of its queries: frozen, evaluated, without a database."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from linkwell.kernel import words

CHANNELS = ("phone", "voicemail", "text", "email", "letter")


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """Who somebody is, as given. `told_by` is a ToldBy value. The NHS number is checked for form only."""

    given_name: str
    family_name: str
    preferred_name: str = ""
    title: str = ""
    pronouns: str = ""
    date_of_birth: date | None = None
    gender: str = ""
    ethnicity: str = ""
    disability: str = ""
    language: str = ""
    nhs_number: str = ""
    address: str = ""
    postcode: str = ""
    gp_practice_code: str = ""
    gp_practice_name: str = ""
    told_by: str = "referrer"


@dataclass(frozen=True, slots=True)
class SafeAnswers:
    """How it is safe to reach somebody. A channel is None while nobody has asked.

    `reason` is only ever written; reading it is a query of its own. When read, `confirmed` names the channels whose
    answer came from the person asked alone, and `instructions` are all that stand.
    """

    phone: bool | None = None
    voicemail: bool | None = None
    text: bool | None = None
    email: bool | None = None
    letter: bool | None = None
    best_times: str = ""
    instruction: str = ""
    reason: str = ""
    asked_alone: bool = False
    told_by: str = "referrer"
    confirmed: frozenset[str] = frozenset()
    instructions: tuple[str, ...] = ()

    def answer(self, channel: str) -> bool | None:
        """The answer for one of CHANNELS."""
        found: bool | None = getattr(self, channel)
        return found

    @property
    def from_the_person_alone(self) -> bool:
        return self.asked_alone and self.told_by == "person"


@dataclass(frozen=True, slots=True)
class AboutMeWords:
    """What somebody wants others to know, in their own words (PRSB "About me")."""

    matters_most: str = ""
    people_important: str = ""
    how_i_communicate: str = ""
    my_wellness: str = ""
    please_do: str = ""
    please_do_not: str = ""
    how_and_when: str = ""
    also_know: str = ""
    supported_by: str = ""


@dataclass(frozen=True, slots=True)
class AboutMeRow:
    """The newest "About me": its version (0 when nobody asked yet), the words, and when and by whom recorded."""

    version: int
    words: AboutMeWords
    recorded_at: datetime | None = None
    recorded_by: str = ""


@dataclass(frozen=True, slots=True)
class ConcernDetails:
    """A safeguarding concern as it is raised."""

    about: str
    what_happened: str
    their_words: str = ""
    danger_now: bool = False
    wants: str = ""
    capacity: str = ""
    agreed_to_share: bool | None = None
    reason_without_agreement: str = ""
    raised_by_name: str = ""
    # Who interpreted what they said, an `InterpretedBy` value; empty where nobody had to.
    interpreted_by: str = ""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A number or address: `value` for machines, `shown` for people, `source` who told us ("" once confirmed)."""

    id: UUID
    kind: str
    kind_words: str
    value: str
    shown: str
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Banner:
    """Everything needed before phoning or knocking, in one look."""

    person_id: UUID
    version: int
    name: str
    full_name: str
    given_name: str
    age: int | None
    date_of_birth: date | None
    pronouns: str
    language: str
    restricted: bool
    reach: tuple[str, ...]
    instructions: tuple[str, ...]
    requirements: tuple[str, ...]
    record_ids: tuple[UUID, ...]
    # The first number to ring, for a telephone to dial; empty where ringing is not safe.
    ring: str = ""
    # In words, for somebody who has died; and for somebody under 18, who is responsible for them.
    died: str = ""
    young: tuple[str, ...] = ()

    @property
    def also(self) -> str:
        """The name in the record, where the person likes to be called something else."""
        return self.full_name if self.full_name != self.name else ""


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Who and where somebody is, for their own care team. `version` is for change_person."""

    person_id: UUID
    version: int
    details: PersonDetails
    contacts: tuple[ContactRow, ...]
    restricted: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """A record that may be the same person, why, and what speaks against it. A person decides."""

    person_id: UUID
    name: str
    date_of_birth: date | None
    strong: bool
    reasons: tuple[str, ...]
    differences: tuple[str, ...]
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One answer to one question of agreement."""

    id: UUID
    subject: str
    subject_words: str
    answer: str
    answer_words: str
    how_words: str
    asked_alone: bool
    note: str
    object_id: UUID | None
    recorded_at: datetime
    recorded_by: str

    @property
    def agreed(self) -> bool:
        return self.answer == "agreed"

    @property
    def title(self) -> str:
        return words.sentence(self.subject_words)

    @property
    def answer_title(self) -> str:
        return words.sentence(self.answer_words)


@dataclass(frozen=True, slots=True)
class RiskRow:
    id: UUID
    none_known: bool
    detail: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class RequirementRow:
    id: UUID
    kind: str
    kind_words: str
    detail: str


@dataclass(frozen=True, slots=True)
class RelatedDetails:
    """Somebody around the person: a carer, a relative, a neighbour."""

    name: str
    relationship: str
    phone: str = ""
    is_carer: bool = False
    may_contact: bool = False
    told_by: str = "person"


@dataclass(frozen=True, slots=True)
class RelatedRow:
    id: UUID
    details: RelatedDetails
    phone_shown: str


@dataclass(frozen=True, slots=True)
class PersonListRow:
    """One row of the People list. A restricted person's row says nothing but their name."""

    person_id: UUID
    name: str
    date_of_birth: date | None
    phone: str
    postcode: str
    restricted: bool
    same_as: int = 0


@dataclass(frozen=True, slots=True)
class IdentityLinkRow:
    """Somebody's decision that two records are one person."""

    id: UUID
    other_id: UUID
    other_name: str
    reason: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """One line of the safeguarding queue."""

    id: UUID
    person_id: UUID
    person_name: str
    about: str
    state: str
    state_words: str
    danger_now: bool
    raised_at: datetime
    raised_by_name: str
    next_date: date


@dataclass(frozen=True, slots=True)
class ConcernEntryRow:
    text: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ConcernRecord:
    """The whole concern, for those who handle safeguarding."""

    row: ConcernRow
    version: int
    details: ConcernDetails
    lead_name: str
    lead_told_at: datetime | None
    decision: str
    referred_to: str
    referral_reference: str
    outcome: str
    entries: tuple[ConcernEntryRow, ...] = field(default=())
