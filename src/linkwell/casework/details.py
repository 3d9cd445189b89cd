"""What the actions are given: plain frozen values, already cleaned by a form or a caller."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AppointmentDetails:
    """A time agreed with the person. `kind` is an `InteractionKind`; `minutes` how long it is meant to last."""

    starts_at: dt.datetime
    kind: str = "phone"
    minutes: int = 45
    place: str = ""
    agreed_with_person: bool = True


@dataclass(frozen=True, slots=True)
class ConversationDetails:
    """One conversation, visit or try, as written up.

    `outcome` is an `InteractionOutcome`. `third_party_note` is what somebody else told us: it never leaves in
    anything the person or their GP is sent. `next_date` becomes the date by which the case is looked at again.
    `add_need`, if given, goes on the plan as something the person would like to change.
    `expected_version` is the case as the writer saw it: given, a change since then raises Conflict.
    """

    kind: str
    outcome: str
    happened_at: dt.datetime
    note: str = ""
    third_party_note: str = ""
    minutes: int | None = None
    with_whom: str = ""
    next_step: str = ""
    next_date: dt.date | None = None
    appointment_id: UUID | None = None
    expected_version: int | None = None
    add_need: str = ""


@dataclass(frozen=True, slots=True)
class StepDetails:
    """A step towards a goal. `confidence` is 1-10: how sure the person is, as things are now."""

    words: str
    who: str
    due_on: dt.date | None = None
    confidence: int | None = None


@dataclass(frozen=True, slots=True)
class ClosingDetails:
    """How support ended. `reason` is a `ClosingReason`; `goals` says for each goal reached, partly or set_aside.

    `still_open_note` is what will become of an onward referral, appointment or concern that is still open: without
    it, closing is refused while there is one.
    """

    reason: str
    note: str = ""
    what_did_not_work: str = ""
    goals: tuple[tuple[UUID, str], ...] = ()
    still_open_note: str = ""


@dataclass(frozen=True, slots=True)
class ToldAgreements:
    """What the person, asked, said about others hearing. None: not asked, which counts as no."""

    asked_alone: bool
    referrer_in_touch: bool | None = None
    referrer_closed: bool | None = None
    gp_summary: bool | None = None
    how: str = "spoken"
