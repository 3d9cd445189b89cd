"""The person no longer agrees that their practice is told: what was sent is closed."""

from uuid import UUID

from linkwell.accounts import actions as accounts
from linkwell.casework.models import MessageBack
from linkwell.casework.permissions import SEND_SUMMARIES
from linkwell.core import audit, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.people import queries as people
from linkwell.people.models import Agreement, AgreementSubject


@action(SEND_SUMMARIES)
def close_sent_summaries(*, scope: Scope, agreement_id: UUID) -> None:
    """End the shares on summaries that were sent, over all records of the person. What a practice copied stays there.

    A separate note for safety is not closed: it never rested on the agreement.
    """
    audit.record(scope, "looked_at_withdrawal", "agreement", agreement_id)
    said = Agreement.objects.filter(organisation_id=scope.organisation_id, pk=agreement_id).first()
    if said is None or said.subject != AgreementSubject.TELL_GP:
        return
    sent = MessageBack.objects.filter(
        organisation_id=scope.organisation_id, person_id__in=people.resolved_ids(scope, said.person_id)
    ).exclude(sent_at=None)
    by_id = {row.pk: row for row in sent}
    for summary_id in accounts.end_shares_about(scope=scope, kind="message_back", object_ids=list(by_id)):
        row = by_id[summary_id]
        line = timeline.Line(row.person_id, "letter", f"Summary closed for {row.recipient}: they changed their mind.")
        timeline.record(scope, line, object_kind="message_back", object_id=row.pk)
