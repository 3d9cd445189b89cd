"""What is given to the actions on organisations, teams and staff."""

from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    """`kind` is one of `OrganisationKind`; `nation` is ENG, SCT, WLS or NIR (for bank holidays)."""

    code: str
    name: str
    kind: str
    nation: str = "ENG"
    email: str = ""
    phone: str = ""
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class TeamDetails:
    """A team as its administrator describes it. Numbers are working days and working hours."""

    name: str
    phone: str = ""
    area: str = ""
    opens_at: time = time(9)
    closes_at: time = time(17)
    triage_working_days: int = 2
    answer_working_days: int = 5
    danger_working_hours: int = 2
    full_caseload: int = 56
    duty_user_id: UUID | None = None
    second_duty_user_id: UUID | None = None
    safeguarding_user_id: UUID | None = None
    takes_self_referrals: bool = True


@dataclass(frozen=True, slots=True)
class RoleDetails:
    """A role in an organisation. `working_days` are 0 (Monday) to 6."""

    role: str
    team_id: UUID | None = None
    job_title: str = ""
    languages: tuple[str, ...] = field(default=())
    working_days: tuple[int, ...] = field(default=())
    full_caseload: int | None = None


@dataclass(frozen=True, slots=True)
class NetworkDetails:
    name: str
    agreement: str
    agreed_on: date
    review_on: date
