"""What the queries return: plain frozen values, safe to use after the transaction."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from linkwell.casework.attendance import is_brought
from linkwell.casework.models import (
    Appointment,
    Case,
    ClosingReason,
    Complexity,
    Factor,
    InteractionKind,
    InteractionOutcome,
    PauseReason,
)
from linkwell.kernel import clock
from linkwell.people.models import Person

# What `name_of` needs of a person, for `core.joined`.
NAME = ("person__given_name", "person__family_name", "person__preferred_name")


def name_of(person: Person) -> str:
    """The person's name as they like it."""
    return f"{person.preferred_name or person.given_name} {person.family_name}"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case. Times are UTC; `next_date` is None only when closed."""

    id: UUID
    person_id: UUID
    person_name: str
    team_id: UUID
    referral_id: UUID | None
    worker_id: UUID | None
    worker_name: str
    state: str
    state_words: str
    weight: int
    opened_at: dt.datetime
    first_spoken_at: dt.datetime | None
    last_contact_at: dt.datetime | None
    next_date: dt.date | None
    next_step: str
    paused_until: dt.date | None
    pause_words: str
    closed_at: dt.datetime | None
    closing_reason: str
    closing_words: str
    closing_answer: str
    closing_note: str
    what_did_not_work: str
    still_open_note: str
    version: int

    @property
    def is_open(self) -> bool:
        return self.state != "closed"

    @classmethod
    def of(cls, case: Case) -> "CaseRow":
        """From a row fetched with its person and worker."""
        return cls(
            id=case.pk,
            person_id=case.person_id,
            person_name=name_of(case.person),
            team_id=case.team_id,
            referral_id=case.referral_id,
            worker_id=case.worker_id,
            worker_name=case.worker.name if case.worker else "",
            state=case.state,
            state_words=case.moves.words[case.state],
            weight=case.weight,
            opened_at=case.opened_at,
            first_spoken_at=case.first_spoken_at,
            last_contact_at=case.last_contact_at,
            next_date=case.next_date,
            next_step=case.next_step,
            paused_until=case.paused_until,
            pause_words=str(PauseReason(case.pause_reason).label) if case.pause_reason else "",
            closed_at=case.closed_at,
            closing_reason=case.closing_reason,
            closing_words=str(ClosingReason(case.closing_reason).label) if case.closing_reason else "",
            closing_answer=case.closing_answer,
            closing_note=case.closing_note,
            what_did_not_work=case.what_did_not_work,
            still_open_note=case.still_open_note,
            version=case.version,
        )


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One appointment. `starts_at` is UTC, `minutes` how long it is meant to last."""

    id: UUID
    case_id: UUID
    person_id: UUID
    person_name: str
    worker_id: UUID
    kind: str
    kind_words: str
    starts_at: dt.datetime
    minutes: int
    place: str
    agreed_with_person: bool
    state: str
    state_words: str
    # Under 18 that day: somebody brings them, and they never "did not attend".
    brought: bool
    version: int

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)

    @classmethod
    def of(cls, row: Appointment) -> "AppointmentRow":
        """From a row fetched with its person."""
        return cls(
            id=row.pk,
            case_id=row.case_id,
            person_id=row.person_id,
            person_name=name_of(row.person),
            worker_id=row.worker_id,
            kind=row.kind,
            kind_words=str(InteractionKind(row.kind).label),
            starts_at=row.starts_at,
            minutes=row.minutes,
            place=row.place,
            agreed_with_person=row.agreed_with_person,
            state=row.state,
            state_words=row.moves.words[row.state],
            brought=is_brought(row.person.date_of_birth, clock.london(row.starts_at).date()),
            version=row.version,
        )


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """What a note should have said, by whom, when and why."""

    number: int
    note: str
    third_party_note: str
    reason: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """One conversation or attempt. `note` is as first written; `corrections` run oldest first."""

    id: UUID
    case_id: UUID
    person_id: UUID
    kind: str
    outcome: str
    happened_at: dt.datetime
    minutes: int | None
    note: str
    third_party_note: str
    with_whom: str
    next_step: str
    next_date: dt.date | None
    by: str
    corrections: tuple[CorrectionRow, ...] = ()

    @property
    def kind_words(self) -> str:
        return str(InteractionKind(self.kind).label)

    @property
    def outcome_words(self) -> str:
        return str(InteractionOutcome(self.outcome).label)

    @property
    def newest_note(self) -> str:
        return self.corrections[-1].note if self.corrections else self.note

    @property
    def newest_third_party_note(self) -> str:
        return self.corrections[-1].third_party_note if self.corrections else self.third_party_note


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step: what, who, when, and how sure the person is (1-10), as things are now."""

    id: UUID
    words: str
    who: str
    due_on: dt.date | None
    confidence: int | None
    done_at: dt.datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal, how much it matters (1-10), where it stands, and the steps towards it."""

    id: UUID
    words: str
    importance: int | None
    state: str
    state_words: str
    version: int
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class NeedRow:
    """ "What I would like to change". `code` is a plain-word need of the referral form, or empty."""

    id: UUID
    code: str
    words: str
    version: int
    goals: tuple[GoalRow, ...]


@dataclass(frozen=True, slots=True)
class PlanVersionRow:
    """The plan as it was agreed, or recorded as not agreed and why. `content` is made by `queries.plan.content_of`."""

    number: int
    content: dict[str, Any]
    agreed: bool
    agreed_how: str
    why_not: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The plan of one case as it stands now. `changed_since_agreed`: something differs from the last version."""

    id: UUID
    case_id: UUID
    person_id: UUID
    strengths: str
    review_on: dt.date | None
    version: int
    words_version: int
    edited_at: dt.datetime
    needs: tuple[NeedRow, ...]
    versions: tuple[PlanVersionRow, ...]
    changed_since_agreed: bool

    @property
    def last_version(self) -> PlanVersionRow | None:
        return self.versions[-1] if self.versions else None

    @property
    def goals(self) -> tuple[GoalRow, ...]:
        return tuple(goal for need in self.needs for goal in need.goals)


@dataclass(frozen=True, slots=True)
class Load:
    """How full one worker's caseload is today.

    `cases` are their own; `weight` is what they look after today takes (a complex case more than once, one that pauses
    less, cover counted with whoever covers); `full` is a full caseload for the hours and days they work in the coming
    weeks. See `casework.load`.
    """

    worker_id: UUID
    name: str
    cases: int
    weight: int
    full: int
    not_yet_spoken: int
    working_days: tuple[int, ...]
    languages: tuple[str, ...]
    covering: int = 0
    covering_for: tuple[str, ...] = ()
    covered: int = 0
    away: tuple[tuple[dt.date, dt.date], ...] = ()
    hours_a_week: Decimal | None = None
    induction_until: dt.date | None = None
    membership_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ComplexityRow:
    """How much of a caseload support was said to take, the factors, by whom and when."""

    level: str
    factors: tuple[str, ...]
    note: str
    by: str
    at: dt.datetime

    @property
    def level_words(self) -> str:
        return str(Complexity(self.level).label)

    @property
    def factor_words(self) -> tuple[str, ...]:
        return tuple(str(Factor(each).label) for each in self.factors if each in Factor.values)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something still open that closing would leave behind: what it is, what to do, and where."""

    kind: str
    words: str
    what_to_do: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """An organisation a summary may go to, and why it may."""

    organisation_id: UUID
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A summary (message back) made for one recipient. `content` is the message itself."""

    id: UUID
    case_id: UUID
    person_id: UUID
    person_name: str
    recipient: str
    recipient_organisation_id: UUID | None
    content: dict[str, Any]
    made_at: dt.datetime
    sent_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class CoverRow:
    """Who looks after whose people, from and until which day.

    `rest`: everybody who is not named for another colleague of the same arrangement; else `people` says how many.
    """

    id: UUID
    worker_id: UUID
    worker_name: str
    covered_by_id: UUID
    covered_by_name: str
    starts_on: dt.date
    ends_on: dt.date
    arrangement: UUID
    rest: bool
    people: int


@dataclass(frozen=True, slots=True)
class ReceivedNote:
    """A separate note as its recipient reads it. `about` says whom; `text` is empty on lists."""

    id: UUID
    about: str
    text: str
    reason: str
    at: dt.datetime
