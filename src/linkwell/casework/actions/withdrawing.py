"""The person no longer agrees: what their practice was sent is closed, and support is not simply gone on with."""

from uuid import UUID

from linkwell.accounts import actions as accounts
from linkwell.casework.case_tasks import END_WITH_THEM_TASK, task_about
from linkwell.casework.models import Case, MessageBack
from linkwell.casework.permissions import SEND_SUMMARIES, WRITE_CASES
from linkwell.core import audit, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
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


@action(WRITE_CASES)
def ask_to_end_support(*, scope: Scope, agreement_id: UUID) -> None:
    """They no longer agree to be supported: whoever supports them is asked to end it with them. Safe to run again."""
    audit.record(scope, "looked_at_withdrawal", "agreement", agreement_id)
    said = Agreement.objects.filter(organisation_id=scope.organisation_id, pk=agreement_id).first()
    if said is None or said.subject != AgreementSubject.SUPPORT:
        return
    newest = people.agreement(scope, said.person_id, AgreementSubject.SUPPORT)
    if newest is not None and newest.agreed:
        return
    records = people.resolved_ids(scope, said.person_id)
    supported = Case.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
    title = "They no longer agree to support: talk with them, and end it"
    for case in supported.exclude(state="closed").order_by("pk"):
        task_about(scope, case, owner_id=case.worker_id, kind=END_WITH_THEM_TASK, title=title, due_on=clock.today())
