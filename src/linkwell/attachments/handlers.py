"""What follows an attached file seconds later: the check for viruses, and who is told when one was found."""

from uuid import UUID

from django.conf import settings

from linkwell.accounts.queries import TeamRow, team
from linkwell.attachments import queries
from linkwell.attachments.actions import note_not_checked, note_verdict
from linkwell.attachments.clamd import NoAnswer, scan
from linkwell.attachments.details import Harm
from linkwell.core import outbox
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.tasks.actions import open_task

NO_SCANNER = "No virus scanner is set up."
HARM_TASK = "harmful_file"
OWN_HARM_TASK = "harmful_file_own"


@outbox.handles("attachment.waiting", external=True)
def check_for_viruses(scope: Scope, object_id: UUID) -> None:
    """Show it to the scanner, outside any transaction: the scanner may take its time."""
    content = queries.to_check(scope, object_id)
    if content is None:
        return
    if not settings.CLAMD:
        note_not_checked(scope=scope, attachment_id=object_id, why=NO_SCANNER, again=False)
        return
    try:
        verdict = scan(content, where=settings.CLAMD, seconds=settings.CLAMD_SECONDS)
    except NoAnswer as why:
        note_not_checked(scope=scope, attachment_id=object_id, why=str(why), again=True)
    else:
        note_verdict(scope=scope, attachment_id=object_id, verdict=verdict)


@outbox.handles("attachment.harmful")
def tell_of_harm(scope: Scope, object_id: UUID) -> None:
    """The duty person hears of it, and whoever attached it if they work in the team."""
    found = queries.harm(scope, object_id)
    if found is None:
        return
    there = team(found.team_id)
    _leave_task(scope, found, there, HARM_TASK, there.duty_user_id, "A virus was found in a file. It was kept out")
    if found.added_by_id and found.added_by_id != there.duty_user_id and found.about_kind != "referral":
        words = "A virus was found in a file you attached. It was kept out"
        _leave_task(scope, found, there, OWN_HARM_TASK, found.added_by_id, words)


def _leave_task(scope: Scope, found: Harm, there: TeamRow, kind: str, owner_id: UUID | None, title: str) -> None:
    open_task(
        scope=scope,
        team_id=there.id,
        owner_id=owner_id,
        kind=kind,
        title=title,
        about_kind=found.about_kind,
        about_id=found.about_id,
        due_on=clock.today(),
        person_id=found.person_id,
    )
