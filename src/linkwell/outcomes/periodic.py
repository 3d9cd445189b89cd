"""What is looked at by the clock: questionnaires that are due, and who came to a group."""

from uuid import UUID

from linkwell.core import periodic
from linkwell.core.scope import Scope
from linkwell.outcomes.actions.due import open_due
from linkwell.outcomes.actions.milestones import note_attendance
from linkwell.outcomes.queries.due import due
from linkwell.outcomes.queries.milestones import attendance_to_note


@periodic.one_by_one
def ask_now(scope: Scope, case_id: UUID) -> None:
    open_due(scope=scope, case_id=case_id)


@periodic.one_by_one
def note_coming(scope: Scope, case_id: UUID) -> None:
    note_attendance(scope=scope, case_id=case_id)


@periodic.every("50 5 * * *")
def coming_to_groups(scope: Scope) -> None:
    """Each night: whoever came to a group for the first time, and whoever still comes after twelve weeks."""
    note_coming.over(scope, attendance_to_note(scope))


@periodic.every("35 6 * * 1-5")
def questionnaires_due(scope: Scope) -> None:
    """Each working morning: a questionnaire that is due becomes something to do, once."""
    ask_now.over(scope, due(scope))
