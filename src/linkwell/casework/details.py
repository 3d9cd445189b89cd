"""What the actions are given: plain frozen values, already cleaned by a form or a caller."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from linkwell.people.deciding import THE_PERSON, AgreedBy


@dataclass(frozen=True, slots=True)
class AppointmentDetails:
    """A time agreed with the person. `kind` is an `InteractionKind`.

    `minutes` is how long it is meant to last; None is as long as usual, and twice that with an interpreter.
    `only_if_free`: not while the worker has another appointment.
    """

    starts_at: dt.datetime
    kind: str = "phone"
    minutes: int | None = None
    place: str = ""
    agreed_with_person: bool = True
    only_if_free: bool = False


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
    # Who interpreted, an `InterpretedBy` value; empty where nobody had to. And the name, where there is one.
    interpreted_by: str = ""
    interpreter_name: str = ""


@dataclass(frozen=True, slots=True)
class JointVisitDetails:
    """One visit to two people. `together` stands in both records, `own` and `other` each in one only."""

    kind: str
    happened_at: dt.datetime
    together: str
    own: str = ""
    other: str = ""
    minutes: int | None = None
    next_date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class InterpreterDetails:
    """How far an interpreter has got (a state of `states.INTERPRETER`), who it is, and why where one could not come."""

    state: str
    agency: str = ""
    reference: str = ""
    name: str = ""
    phone: str = ""
    cost: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StepDetails:
    """A step towards a goal. `confidence` is 1-10: how sure the person is, as things are now."""

    words: str
    who: str
    due_on: dt.date | None = None
    confidence: int | None = None


@dataclass(frozen=True, slots=True)
class PauseDetails:
    """Why support rests (a `PauseReason`) and the day it starts again."""

    reason: str
    until: dt.date
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClosingDetails:
    """How support ended. `reason` is a `ClosingReason`; `goals` says for each goal reached, partly or set_aside.

    `still_open_note` is what will become of an onward referral, appointment or concern that is still open: without
    it, closing is refused while there is one. `answer` is to what the reason asks (`endings.ENDINGS`).
    """

    reason: str
    answer: str = ""
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
    interpreted_by: str = ""


@dataclass(frozen=True, slots=True)
class ComplexityDetails:
    """How much of a caseload support takes (`Complexity`), and the factors it takes it for (`Factor`)."""

    level: str
    factors: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandOverDetails:
    """An offer to another team to support somebody from now on. `parts` are keys of `parts_along.KINDS`.

    `agreed`: the person said yes to this and to what goes along; `how`, in what way they said it. `agreed_by` is
    whoever said yes where that was not the person; `interpreted_by` is an `InterpretedBy`.
    """

    to_team_id: UUID
    reason: str
    why: str
    agreed: bool
    how: str = "spoken"
    asked_alone: bool = False
    agreed_by: AgreedBy = THE_PERSON
    interpreted_by: str = ""
    parts: tuple[str, ...] = ()
    still_open_note: str = ""


@dataclass(frozen=True, slots=True)
class NumberCheckDetails:
    """Whom somebody asked whether the details are right (`CheckedWith`), and what they said (`NumberAnswer`)."""

    checked_with: str
    answer: str
    checked_on: dt.date
    name: str = ""


@dataclass(frozen=True, slots=True)
class ExtensionDetails:
    """How many more weeks and conversations are asked for, and what they would make possible."""

    weeks: int
    conversations: int
    why: str


@dataclass(frozen=True, slots=True)
class GotInTheWayDetails:
    """What somebody says got in the way of coming: `Barrier` values, their own words, and what would help."""

    barriers: tuple[str, ...] = ()
    words: str = ""
    what_could_help: str = ""
