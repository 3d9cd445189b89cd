"""One episode of support: conversations, appointments, the plan, and how it ended."""

from linkwell.casework.models.appointments import Appointment
from linkwell.casework.models.cases import Case, ClosingReason
from linkwell.casework.models.conversations import (
    Interaction,
    InteractionCorrection,
    InteractionKind,
    InteractionOutcome,
)
from linkwell.casework.models.cover import Cover
from linkwell.casework.models.plan import Action, Goal, Need, Plan, PlanVersion
from linkwell.casework.models.summaries import MessageBack, SeparateNote

__all__ = [
    "Action",
    "Appointment",
    "Case",
    "ClosingReason",
    "Cover",
    "Goal",
    "Interaction",
    "InteractionCorrection",
    "InteractionKind",
    "InteractionOutcome",
    "MessageBack",
    "Need",
    "Plan",
    "PlanVersion",
    "SeparateNote",
]
