"""What goes into the actions of this app and comes out of its queries."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.people.deciding import THE_PERSON, AgreedBy


@dataclass(frozen=True, slots=True)
class OnwardDetails:
    """What the group may read, in words the person agreed to, and how they said so."""

    need_words: str
    access_words: str = ""
    may_share_phone: bool = False
    agreed_how: str = "spoken"
    agreed_by: AgreedBy = THE_PERSON
    interpreted_by: str = ""
    needs: tuple[str, ...] = ()
    # Outside the group's own limits: ask it for an exception rather than not at all.
    ask_first: bool = False


@dataclass(frozen=True, slots=True)
class SignpostDetails:
    """How somebody was pointed to a service: said, written down, sent."""

    how: str
    note: str = ""
    ask_again_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A link as found by its token: what it is for, and whether it still works."""

    id: UUID
    organisation_id: UUID
    onward_referral_id: UUID
    usable: bool


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One day. `by_group` is False for what the person told the team."""

    on: dt.date
    came: bool
    note: str
    by_group: bool = True


@dataclass(frozen=True, slots=True)
class OnwardRow:
    """One onward referral for the care team."""

    id: UUID
    case_id: UUID
    person_id: UUID
    person_name: str
    service_id: UUID
    service_name: str
    worker_id: UUID
    need_words: str
    access_words: str
    may_share_phone: bool
    state: str
    state_words: str
    sent_at: dt.datetime
    answered_at: dt.datetime | None
    starts_on: dt.date | None
    waiting_weeks: int | None
    decline_reason: str
    overdue_on: dt.date
    next_date: dt.date | None
    version: int
    attendances: tuple[AttendanceRow, ...] = ()

    @property
    def open(self) -> bool:
        return self.state not in {"declined", "withdrawn", "ended"}

    @property
    def days_came(self) -> int:
        """On how many days they came. Where the group and the person differ about a day, the group's word counts."""
        by_day = {each.on: each.came for each in sorted(self.attendances, key=lambda each: each.by_group)}
        return sum(by_day.values())


@dataclass(frozen=True, slots=True)
class SignpostRow:
    """One signpost: pointed to, never counted as an onward referral."""

    id: UUID
    service_id: UUID
    service_name: str
    how: str
    note: str
    given_at: dt.datetime
    did_they_go: bool | None


@dataclass(frozen=True, slots=True)
class GroupView:
    """All that a group sees from its link: no surname, no telephone, no reason beyond the agreed words."""

    onward_id: UUID
    service_id: UUID
    first_name: str
    need_words: str
    access_words: str
    service_name: str
    team_name: str
    team_phone: str
    worker_first_name: str
    state: str
    state_words: str
    answer_by: dt.date
    starts_on: dt.date | None
    waiting_weeks: int | None
    version: int
    may_share_phone: bool
    attendances: tuple[AttendanceRow, ...]
    outside_limits: str = ""
