""" "I need to talk about this case": the question stays between worker and leads, the decision is in the record."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from linkwell.accounts.models import Team
from linkwell.casework.models import Case
from linkwell.core.fields import EncryptedTextField
from linkwell.core.held import HeldModel, StatefulModel, state_check
from linkwell.core.moves import Moves
from linkwell.core.row_security import APPEND_ONLY, RowSecurity
from linkwell.people.models import Person
from linkwell.workforce.states import TALK

_OURS = "organisation_id = (SELECT linkwell_organisation())"
_LEADS = "current_setting('linkwell.role') IN ('team_lead', 'safeguarding_lead', 'system')"
_ASKED_OR_LEAD = f"{_OURS} AND (asked_by_id::text = current_setting('linkwell.actor') OR {_LEADS})"


class TalkRequest(StatefulModel):
    """A worker asks their lead to talk about a case. The words are for the two of them and never in the record."""

    moves: ClassVar[Moves] = TALK
    row_security: ClassVar[RowSecurity] = RowSecurity(_ASKED_OR_LEAD, _ASKED_OR_LEAD)

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = EncryptedTextField(blank=True)
    urgent = models.BooleanField(default=False)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            state_check(TALK, "talk_state"),
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_at=None)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="talk_answered_pair",
            ),
            models.UniqueConstraint(
                fields=["organisation", "case", "asked_by"], condition=Q(state="asked"), name="talk_once_while_asked"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "team", "created_at"], name="talk_queue", condition=Q(state="asked"))
        ]


class SupervisionDecision(HeldModel):
    """What was decided about a case with the lead. In the record like any note; never changed."""

    row_security: ClassVar[RowSecurity] = APPEND_ONLY

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supervision_decisions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    talk = models.OneToOneField(TalkRequest, null=True, on_delete=models.PROTECT, related_name="decision")
    decision = models.TextField()
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(decision=""), name="decision_says_what"),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "-created_at"], name="decision_of_case")]
