"""One episode of support: conversations, appointments, the plan, and how it ended."""

from linkwell.casework.models.appointments import Appointment, CancelledBy
from linkwell.casework.models.attendance import Barrier, GotInTheWay
from linkwell.casework.models.cases import Case, ClosingReason, PauseReason
from linkwell.casework.models.conversations import (
    IN_WRITING,
    NOT_ATTENDED,
    Interaction,
    InteractionCorrection,
    InteractionKind,
    InteractionOutcome,
)
from linkwell.casework.models.cover import Cover, CoverPart
from linkwell.casework.models.ending import CheckedWith, ClosingRequest, NumberAnswer, NumberCheck
from linkwell.casework.models.handovers import HandOver, HandOverReason, JoinedReferral
from linkwell.casework.models.interpreters import InterpreterBooking
from linkwell.casework.models.load import Complexity, ComplexityReview, Factor
from linkwell.casework.models.moved import MovedInteraction
from linkwell.casework.models.offers import OfferExtension
from linkwell.casework.models.pauses import Pause
from linkwell.casework.models.plan import Action, Goal, Need, Plan, PlanVersion
from linkwell.casework.models.record_copy import EntryKind, RecordCode, RecordCopy
from linkwell.casework.models.summaries import MessageBack, SeparateNote
from linkwell.casework.models.together import JointAppointment, JointVisit

__all__ = [
    "IN_WRITING",
    "NOT_ATTENDED",
    "Action",
    "Appointment",
    "Barrier",
    "CancelledBy",
    "Case",
    "CheckedWith",
    "ClosingReason",
    "ClosingRequest",
    "Complexity",
    "ComplexityReview",
    "Cover",
    "CoverPart",
    "EntryKind",
    "Factor",
    "Goal",
    "GotInTheWay",
    "HandOver",
    "HandOverReason",
    "Interaction",
    "InteractionCorrection",
    "InteractionKind",
    "InteractionOutcome",
    "InterpreterBooking",
    "JoinedReferral",
    "JointAppointment",
    "JointVisit",
    "MessageBack",
    "MovedInteraction",
    "Need",
    "NumberAnswer",
    "NumberCheck",
    "OfferExtension",
    "Pause",
    "PauseReason",
    "Plan",
    "PlanVersion",
    "RecordCode",
    "RecordCopy",
    "SeparateNote",
]
