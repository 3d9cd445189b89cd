"""Questions to the lead, and what was decided."""

from uuid import UUID

from django.db.models import QuerySet

from linkwell.casework.rows import name_of
from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.workforce.models import SupervisionDecision, TalkRequest
from linkwell.workforce.permissions import ANSWER_TALKS, ASK_TO_TALK, SEE_DECISIONS
from linkwell.workforce.rows import DecisionRow, TalkRow

PAGE_SIZE = 25
# Far more than any support has: the copy for the person leaves none out.
MOST_DECISIONS = 500


@query(ANSWER_TALKS)
def talks_waiting(scope: Scope, number: int = 1) -> Page[TalkRow]:
    """What workers ask to talk about, urgent first, then the longest wait."""
    rows = _talks(scope).filter(state="asked").order_by("-urgent", "created_at", "pk")
    start = (number - 1) * PAGE_SIZE
    fetched = [_row(each) for each in rows[start : start + PAGE_SIZE + 1]]
    return Page.of(fetched, number=number, size=PAGE_SIZE)


@query(ASK_TO_TALK)
def my_talks(scope: Scope, case_id: UUID) -> tuple[TalkRow, ...]:
    """What the person asking has asked about one case and still waits for."""
    rows = _talks(scope).filter(case_id=case_id, asked_by_id=scope.user_id, state="asked")
    return tuple(_row(each, words=True) for each in rows.order_by("created_at"))


@query(ASK_TO_TALK, opening=True)
def talk(scope: Scope, talk_id: UUID) -> TalkRow:
    """One question with its words, for who asked and for leads. Raises NotFound for anybody else."""
    found = _talks(scope).filter(pk=talk_id).first()
    if found is None or (found.asked_by_id != scope.user_id and not scope.may(ANSWER_TALKS)):
        raise NotFound
    audit.record_opening(scope, "talk", found.pk, person_id=found.person_id)
    return _row(found, words=True)


@query(SEE_DECISIONS)
def case_decisions(scope: Scope, case_id: UUID) -> tuple[DecisionRow, ...]:
    """What was decided about a case with the lead, the newest first. Part of the record."""
    rows = SupervisionDecision.objects.select_related("decided_by", "worker").filter(
        organisation_id=scope.organisation_id, case_id=case_id
    )
    return tuple(
        DecisionRow(row.decision, row.decided_by.name, row.worker.name, row.created_at)
        for row in rows.order_by("-created_at")[:MOST_DECISIONS]
    )


def _talks(scope: Scope) -> QuerySet[TalkRequest]:
    return TalkRequest.objects.filter(organisation_id=scope.organisation_id).select_related("person", "asked_by")


def _row(row: TalkRequest, *, words: bool = False) -> TalkRow:
    return TalkRow(
        id=row.pk,
        case_id=row.case_id,
        person_id=row.person_id,
        person_name=name_of(row.person),
        asked_by_id=row.asked_by_id,
        asked_by=row.asked_by.name,
        asked_at=row.created_at,
        words=row.words if words else "",
        urgent=row.urgent,
        state=row.state,
        state_words=row.moves.words[row.state],
        version=row.version,
    )
