"""What somebody tells us when they refer or ask for help: plain values, already checked by a form."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from linkwell.kernel import danger


@dataclass(frozen=True, slots=True)
class ReferralDetails:
    """Who, why, do they know and agree, and how is it safe to reach them. `None` for a channel: nobody has said.

    `source`, `knows`: values of ReferralSource and ReferralKnows. Numbers and the postcode as people write them.
    The referrer fields are the professional's, or those of the relative or friend who is asking.
    """

    given_name: str
    family_name: str
    source: str = "professional"
    knows: str = "agrees"
    date_of_birth: date | None = None
    nhs_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    gp_practice_name: str = ""
    language: str = ""
    interpreter: bool = False
    needs: tuple[str, ...] = ()
    why: str = ""
    safe_phone: bool | None = None
    safe_voicemail: bool | None = None
    safe_text: bool | None = None
    safe_email: bool | None = None
    safe_letter: bool | None = None
    safe_notes: str = ""
    asked_alone: bool = False
    referrer_name: str = ""
    referrer_role: str = ""
    referrer_email: str = ""
    referrer_phone: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def dangers(self) -> tuple[danger.Danger, ...]:
        """Kinds of danger that the free words suggest. None found never means no risk."""
        return danger.dangers_in(f"{self.why}\n{self.safe_notes}")


@dataclass(frozen=True, slots=True)
class Reference:
    """What the sender is given: the reference to quote, and by when it will be read (UTC)."""

    referral_id: UUID
    reference: str
    read_by: datetime
    dangers: tuple[danger.DangerKind, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a record that goes along with a referral, as a copy in words."""

    kind: str
    title: str
    text: str
