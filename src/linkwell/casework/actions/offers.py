"""Longer support: asked for by the link worker, decided by the lead, with the reason of each."""

from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.actions.parts import acting_user, answer_by, lock_open_case, lock_undecided
from linkwell.casework.case_tasks import task_about
from linkwell.casework.details import ExtensionDetails
from linkwell.casework.models import Case, OfferExtension
from linkwell.casework.permissions import DECIDE_ENDINGS, WRITE_CASES
from linkwell.core import audit, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Invalid, InvalidMove
from linkwell.tasks import actions as tasks

EXTENSION_TASK = "decide_extension"
EXTENSION_DECIDED_TASK = "extension_decided"
MOST_WEEKS, MOST_CONVERSATIONS = 26, 24


@action(WRITE_CASES)
def ask_for_longer(*, scope: Scope, case_id: UUID, details: ExtensionDetails) -> UUID:
    """Ask for more weeks or conversations. A lead who asks has decided. Raises Invalid, or InvalidMove when asked."""
    user = acting_user(scope)
    case = lock_open_case(scope, case_id)
    _refuse_impossible(details)
    if OfferExtension.objects.filter(case=case, decided_at=None).exists():
        raise InvalidMove("Your lead has been asked already.")
    row = OfferExtension(
        organisation_id=scope.organisation_id,
        case=case,
        weeks=details.weeks,
        conversations=details.conversations,
        why=details.why.strip(),
        asked_by_id=user,
    )
    row.save(force_insert=True)
    audit.record(
        scope, "asked", "offer_extension", row.pk, person_id=case.person_id, fields=("weeks", "conversations", "why")
    )
    if scope.may(DECIDE_ENDINGS):
        _decide(scope, case, row, agreed=True, note="")
    else:
        _ask_the_lead(scope, case, row)
    return row.pk


def _refuse_impossible(details: ExtensionDetails) -> None:
    if not 0 <= details.weeks <= MOST_WEEKS:
        raise Invalid({"weeks": f"Enter a number of weeks up to {MOST_WEEKS}."})
    if not 0 <= details.conversations <= MOST_CONVERSATIONS:
        raise Invalid({"conversations": f"Enter a number of conversations up to {MOST_CONVERSATIONS}."})
    if not details.weeks and not details.conversations:
        raise Invalid({"weeks": "Say how many more weeks or conversations."})
    if not details.why.strip():
        raise Invalid({"why": "Say what more time would make possible."})


def _ask_the_lead(scope: Scope, case: Case, row: OfferExtension) -> None:
    team = accounts.team(case.team_id)
    tasks.open_task(
        scope=scope,
        team_id=case.team_id,
        owner_id=None if team.duty_user_id == row.asked_by_id else team.duty_user_id,
        kind=EXTENSION_TASK,
        title="Should support last longer?",
        about_kind="offer_extension",
        about_id=row.pk,
        due_on=answer_by(team, clock.today()),
        person_id=case.person_id,
    )


@action(DECIDE_ENDINGS)
def decide_longer(*, scope: Scope, extension_id: UUID, agreed: bool, note: str = "") -> None:
    """Yes makes the offer longer; no says why. Raises Conflict when somebody decided first."""
    row = lock_undecided(scope, OfferExtension, extension_id)
    if not agreed and not note.strip():
        raise Invalid({"note": "Say why not."})
    case = lock_open_case(scope, row.case_id)
    _decide(scope, case, row, agreed=agreed, note=note.strip())
    tasks.finish_tasks_about(scope=scope, about_id=row.pk, kind=EXTENSION_TASK)
    task_about(
        scope,
        case,
        owner_id=case.worker_id or row.asked_by_id,
        kind=EXTENSION_DECIDED_TASK,
        title="Your lead has answered: support may last longer" if agreed else "Your lead has answered: not longer",
        due_on=clock.today(),
    )


def _decide(scope: Scope, case: Case, row: OfferExtension, *, agreed: bool, note: str) -> None:
    row.decided_at, row.decided_by_id, row.agreed, row.decision_note = clock.now(), acting_user(scope), agreed, note
    row.save(update_fields=["decided_at", "decided_by", "agreed", "decision_note"])
    audit.record(
        scope, "decided", "offer_extension", row.pk, person_id=case.person_id, fields=("agreed", "decision_note")
    )
    if agreed:
        more = [words.counted(row.weeks, "week")] if row.weeks else []
        more += [words.counted(row.conversations, "conversation")] if row.conversations else []
        line = timeline.Line(case.person_id, "support", f"Support may last longer: {words.joined(more)} more.")
        timeline.record(scope, line, object_kind="case", object_id=case.pk)
