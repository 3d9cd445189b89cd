"""What the queries of this app return: frozen and evaluated."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from linkwell.attachments.details import FileRow
from linkwell.referrals.details import Part, ReferralDetails


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One referral as a line of the triage list."""

    id: UUID
    version: int
    state: str
    reference: str
    name: str
    date_of_birth: date | None
    source: str
    sender: str
    needs: tuple[str, ...]
    why: str
    knows: str
    dangers: tuple[str, ...]
    area: str
    received_at: datetime
    next_date: date
    maybe_known: bool
    hand_over: bool = False


@dataclass(frozen=True, slots=True)
class TriageSummary:
    """The numbers on top of the triage list, over everything that waits, whatever the filters."""

    waiting: int
    asked: int
    in_danger: int
    overdue: int
    longest_since: datetime | None
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One thing the sender was told, or told us."""

    id: UUID
    kind: str
    kind_words: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One referral with everything that was given, for the team that holds it."""

    id: UUID
    version: int
    state: str
    reference: str
    team_id: UUID
    team_name: str
    details: ReferralDetails
    sender_organisation: str
    dangers: tuple[str, ...]
    received_at: datetime
    next_date: date
    owner_id: UUID | None
    owner_name: str
    decided_at: datetime | None
    decided_by: str
    decline_reason: str
    onward_advice: str
    person_words: str
    person_id: UUID | None
    answers: tuple[AnswerRow, ...]
    hand_over: bool = False
    came_along: tuple[Part, ...] = ()
    named_with: "Together | None" = None


@dataclass(frozen=True, slots=True)
class Together:
    """The other person a request named, whose referral is their own."""

    id: UUID
    reference: str
    name: str
    state: str
    version: int
    maybe_known: bool


@dataclass(frozen=True, slots=True)
class OtherReferral:
    """Another referral that may be about the same person."""

    id: UUID
    reference: str
    name: str
    date_of_birth: date | None
    received_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class SentRow:
    """A referral as its sender sees it: their own words, and what they have been told."""

    referral_id: UUID
    reference: str
    person_name: str
    team_id: UUID
    team_name: str
    sent_by: str
    sent_by_id: UUID
    sent_at: datetime
    needs: tuple[str, ...]
    why: str
    answers: tuple[AnswerRow, ...]

    @property
    def newest(self) -> AnswerRow | None:
        return self.answers[-1] if self.answers else None

    @property
    def standing(self) -> AnswerRow | None:
        """What tells where it has got to: messages in between do not change that, nor do answers nobody asked for."""
        found: AnswerRow | None = None
        for each in self.answers:
            if each.kind == "answer" and (found is None or found.kind != "question"):
                continue
            found = found if each.kind == "message" else each
        return found

    @property
    def is_asked(self) -> bool:
        return self.standing is not None and self.standing.kind == "question"


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who moved a referral last, to where, and when: what somebody who came second is told."""

    who: str
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class News:
    """What is needed to tell a sender that there is something to read."""

    referral_id: UUID
    kind: str
    reference: str
    team_id: UUID
    sender_user_id: UUID | None
    sender_email: str
    source: str
    told_at: datetime
    details: ReferralDetails


@dataclass(frozen=True, slots=True)
class PostRow:
    """One thing that was said in the thread of a referral. `by` is empty for what Linkwell says by itself."""

    id: UUID
    kind: str
    text: str
    at: datetime
    by: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class TeamThread:
    """The thread of one referral for the team. `may_hear`: whether the sender may hear of the support itself."""

    referral_id: UUID
    reference: str
    state: str
    name: str
    person_id: UUID | None
    sender: str
    has_account: bool
    may_hear: bool
    restricted: bool
    posts: tuple[PostRow, ...]
    files: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True)
class SentThread:
    """The thread of one referral for its sender, with the referral as they know it."""

    sent: SentRow
    posts: tuple[PostRow, ...]
    files: tuple[FileRow, ...]
