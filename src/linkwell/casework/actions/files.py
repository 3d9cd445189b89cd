"""A file is attached to a case: a photo of a form, a letter from the council."""

from uuid import UUID

from linkwell.attachments.actions import attach
from linkwell.attachments.preparing import Ready
from linkwell.casework.models import Case
from linkwell.casework.permissions import WRITE_CASES
from linkwell.core import audit, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.core.submissions import earlier, remember, second_sending_finds_the_first
from linkwell.kernel.errors import NotFound


@second_sending_finds_the_first
@action(WRITE_CASES)
def attach_to_case(*, scope: Scope, case_id: UUID, submission_key: UUID, file: Ready) -> UUID:
    """Keep a file with a case, open or ended. The same form sent twice keeps one. Raises NotFound, Invalid."""
    case = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id).first()
    if case is None:
        raise NotFound
    before = earlier(scope, submission_key)
    if before is not None:
        audit.record(scope, "sent again", "attachment", before, person_id=case.person_id)
        return before
    made = attach(scope=scope, about_kind="case", about_id=case.pk, file=file, person_id=case.person_id)
    line = timeline.Line(case.person_id, "letter", "A file was attached")
    timeline.record(scope, line, object_kind="attachment", object_id=made)
    return remember(scope, submission_key, made)
