"""A file of the case is sent on to a group: a copy, and only with the person's yes to that very file."""

from uuid import UUID

from linkwell.attachments.actions import attach
from linkwell.attachments.queries import to_send_on
from linkwell.casework.queries.files import referrals_of_case
from linkwell.core import audit, submissions, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel.errors import Invalid, InvalidMove
from linkwell.onward.actions.following import STILL_GOING
from linkwell.onward.actions.parts import lock_onward
from linkwell.onward.permissions import REFER_ONWARD
from linkwell.people.actions import record_agreement
from linkwell.people.models import AgreementHow


@submissions.second_sending_finds_the_first
@action(REFER_ONWARD)
def send_file_on(
    *, scope: Scope, onward_id: UUID, attachment_id: UUID, submission_key: UUID, agreed: bool, how: str
) -> UUID:
    """Send a copy of one file. Raises Invalid without the person's yes, NotFound, InvalidMove once it has ended.

    The yes is recorded with the onward referral, and taken back with it. The file is checked for viruses anew.
    """
    before = submissions.earlier(scope, submission_key)
    if before is not None:
        audit.record(scope, "sent again", "attachment", before)
        return before
    row = lock_onward(scope, onward_id)
    if not agreed or how not in AgreementHow.values:
        raise Invalid({"agreed": "Ask the person about this file first. Without their yes it is not sent"})
    if row.state not in (*STILL_GOING, "attended"):
        raise InvalidMove("This onward referral has ended.")
    file, about_id = to_send_on(scope, attachment_id)
    if about_id not in (row.case_id, *referrals_of_case(scope, row.case_id)):
        raise Invalid({"file": "Choose a file of this person's"})
    record_agreement(
        scope=scope,
        person_id=row.person_id,
        subject="refer_onward",
        answer="agreed",
        how=how,
        note=f"A file to {row.service.name}"[:300],
        object_id=row.pk,
    )
    made = attach(
        scope=scope,
        about_kind="onward_referral",
        about_id=row.pk,
        file=file,
        person_id=row.person_id,
        copy_of=attachment_id,
    )
    line = timeline.Line(row.person_id, "onward", f"A file was sent on to {row.service.name}")
    timeline.record(scope, line, object_kind="onward_referral", object_id=row.pk)
    return submissions.remember(scope, submission_key, made)
