"""The people who do the work: moving caseloads, safety on visits, talking about a case, supervision."""

from linkwell.workforce.models.moving import CaseloadMove, CaseloadMoveLine
from linkwell.workforce.models.supervision import Supervision, SupervisionNotes
from linkwell.workforce.models.talking import SupervisionDecision, TalkRequest
from linkwell.workforce.models.visits import Visit

__all__ = [
    "CaseloadMove",
    "CaseloadMoveLine",
    "Supervision",
    "SupervisionDecision",
    "SupervisionNotes",
    "TalkRequest",
    "Visit",
]
