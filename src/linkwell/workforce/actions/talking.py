""" "I need to talk about this case": asked, talked about, and what was decided."""

from uuid import UUID

from django.db import IntegrityError, transaction

from linkwell.casework import queries as casework
from linkwell.core import audit, states, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotAllowed, NotFound
from linkwell.workforce.models import SupervisionDecision, TalkRequest
from linkwell.workforce.permissions import ANSWER_TALKS, ASK_TO_TALK

LONGEST_WORDS = 4_000


@action(ASK_TO_TALK)
def ask_to_talk(*, scope: Scope, case_id: UUID, words: str = "", urgent: bool = False) -> UUID:
    """Put a case in the lead's queue. The words stay between the two. Raises InvalidMove when it is asked already."""
    user_id = _user(scope)
    case = casework.case(scope, case_id)
    row = TalkRequest(
        organisation_id=scope.organisation_id,
        state="asked",
        team_id=case.team_id,
        case_id=case.id,
        person_id=case.person_id,
        asked_by_id=user_id,
        words=words.strip()[:LONGEST_WORDS],
        urgent=urgent,
    )
    try:
        with transaction.atomic():
            states.begin(scope=scope, row=row, person_id=case.person_id)
    except IntegrityError:
        raise InvalidMove("You have asked to talk about this already. Your lead has it in their list.") from None
    return row.pk


@action(ASK_TO_TALK)
def withdraw_talk(*, scope: Scope, talk_id: UUID, expected_version: int) -> None:
    """Whoever asked does not need it any more."""
    row = states.lock(TalkRequest, talk_id, expected_version=expected_version)
    if row.asked_by_id != scope.user_id:
        raise NotFound
    states.move(scope=scope, row=row, to="withdrawn", person_id=row.person_id)


@action(ANSWER_TALKS)
def answer_talk(*, scope: Scope, talk_id: UUID, expected_version: int, decision: str) -> None:
    """Talked about: what was decided goes into the record, and nothing of the conversation does. Raises Invalid."""
    user_id = _user(scope)
    if not decision.strip():
        raise Invalid({"decision": "Say what was decided, even if it is that nothing changes."})
    row = states.lock(TalkRequest, talk_id, expected_version=expected_version)
    if row.organisation_id != scope.organisation_id:
        raise NotFound
    row.answered_by_id, row.answered_at = user_id, clock.now()
    states.move(scope=scope, row=row, to="answered", fields=("answered_by", "answered_at"), person_id=row.person_id)
    made = SupervisionDecision.objects.create(
        organisation_id=scope.organisation_id,
        case_id=row.case_id,
        person_id=row.person_id,
        talk=row,
        decision=decision.strip(),
        worker_id=row.asked_by_id,
        decided_by_id=user_id,
    )
    audit.record(scope, "added", "supervision_decision", made.pk, person_id=row.person_id, fields=("decision",))
    line = timeline.Line(row.person_id, "supervision", f"Decided with the team lead: {_short(decision)}")
    timeline.record(scope, line, object_kind="supervision_decision", object_id=made.pk)


def _short(decision: str) -> str:
    """One line of it; the whole stands on the case's own page."""
    words = " ".join(decision.split())
    return words if len(words) <= 200 else f"{words[:199]}…"


def _user(scope: Scope) -> UUID:
    if scope.user_id is None:
        raise NotAllowed("Somebody who is signed in has to do this.")
    return scope.user_id
