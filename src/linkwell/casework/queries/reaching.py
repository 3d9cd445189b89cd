"""What was tried to reach somebody, what is missing before support may end for it, and who has to decide."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework import reached
from linkwell.casework.endings import AFTER_TRIES, LEAD_ONLY
from linkwell.casework.models import (
    Case,
    CheckedWith,
    ClosingReason,
    ClosingRequest,
    Interaction,
    InteractionOutcome,
    NumberAnswer,
    NumberCheck,
)
from linkwell.casework.permissions import SEE_CASES
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import words
from linkwell.kernel.errors import NotFound
from linkwell.messaging.actions.sending import decide_for
from linkwell.messaging.gate import Act
from linkwell.messaging.models import Channel
from linkwell.people import queries as people
from linkwell.people.models import Concern

ADULT_FROM = 18


@dataclass(frozen=True, slots=True)
class Reaching:
    """How far trying has come. `spoken`: they were spoken with, so they can only have been lost touch with."""

    spoken: bool
    outcome: reached.Outcome
    tries: tuple[reached.Try, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosingRequestRow:
    """A request to a lead to end support, and what became of it."""

    id: UUID
    case_id: UUID
    reason: str
    reason_words: str
    answer: str
    why: str
    asked_by: str
    asked_by_id: UUID
    asked_at: dt.datetime
    decided_by: str
    decided_at: dt.datetime | None
    agreed: bool | None
    decision_note: str


@query(SEE_CASES)
def reaching(scope: Scope, case_id: UUID) -> Reaching:
    """Raises NotFound."""
    case = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id).first()
    if case is None:
        raise NotFound
    facts, checks = facts_of(scope, case)
    return Reaching(case.first_spoken_at is not None, reached.decide(facts), facts.tries, _check_lines(checks))


@query(SEE_CASES)
def lead_decides(scope: Scope, case_id: UUID, reason: str) -> bool:
    """Whether only a lead ends this support for this reason. Raises NotFound."""
    case = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id).first()
    if case is None:
        raise NotFound
    return lead_must_decide(scope, case, reason)


def lead_must_decide(scope: Scope, case: Case, reason: str) -> bool:
    """Called inside an action or query that has the case."""
    if reason in LEAD_ONLY:
        return True
    return reason in AFTER_TRIES and reached.decide(facts_of(scope, case)[0]).needs_lead


def facts_of(scope: Scope, case: Case) -> tuple[reached.Facts, list[NumberCheck]]:
    """Called inside an action or query that has the case."""
    rules = accounts.rules(case.team_id)
    checks = list(NumberCheck.objects.filter(case=case).select_related("recorded_by").order_by("created_at"))
    corrected = [each.created_at for each in checks if each.answer == NumberAnswer.CHANGED]
    facts = reached.Facts(
        tries=_tries(case),
        safe=safe_ways(scope, case.person_id),
        tries_needed=rules.tries_before_closing,
        ways_needed=rules.ways_before_closing,
        checked=bool(checks),
        corrected_at=corrected[-1] if corrected else None,
        markers=markers(scope, case.person_id),
        concern=has_open_concern(scope, case.person_id),
    )
    return facts, checks


def _tries(case: Case) -> tuple[reached.Try, ...]:
    """Since they were last spoken with; tries before count for nothing now."""
    rows = Interaction.objects.filter(case=case, outcome=InteractionOutcome.TRIED)
    if case.last_contact_at is not None:
        rows = rows.filter(happened_at__gt=case.last_contact_at)
    return tuple(reached.Try(at, kind) for at, kind in rows.order_by("happened_at").values_list("happened_at", "kind"))


def safe_ways(scope: Scope, person_id: UUID) -> frozenset[str]:
    """The ways to reach somebody that are safe and lead somewhere: what the gate lets through, with an address."""
    found = set(ways_to_write(scope, person_id))
    numbers = [each for each in people.contact_card(scope, person_id).contacts if each.kind in ("mobile", "landline")]
    if numbers and people.safe_answers(scope, person_id).phone is not False:
        found.add("phone")
    return frozenset(found)


@query(SEE_CASES)
def ways_to_write(scope: Scope, person_id: UUID) -> frozenset[str]:
    """Text, e-mail and letter, where the gate lets them through and there is an address the person confirmed."""
    ways = (Channel.TEXT, Channel.EMAIL, Channel.LETTER)
    return frozenset(each.value for each in ways if _may_write(scope, person_id, each))


def _may_write(scope: Scope, person_id: UUID, channel: Channel) -> bool:
    address = people.address_for(scope, person_id, channel.value)
    act = Act.LETTER if channel is Channel.LETTER else Act.MESSAGE
    decided = decide_for(scope, act=act, channel=channel, person_id=person_id, address=address, answers=None)
    return bool(address) and decided.allowed


def markers(scope: Scope, person_id: UUID) -> tuple[str, ...]:
    """Why somebody may be at risk if nobody reaches them: recorded, so that nobody has to guess."""
    found = []
    if any(not each.none_known for each in people.risks(scope, person_id)):
        found.append("A risk is recorded.")
    if any(each.kind == "visit" for each in people.requirements(scope, person_id)):
        found.append("There is something to know for safety on visits.")
    if people.safe_answers(scope, person_id).instructions:
        found.append("There are safety instructions.")
    if people.kept_apart(scope, person_id):
        found.append("Where they are is kept from others.")
    born = people.contact_card(scope, person_id).details.date_of_birth
    if born is not None and words.age(born) < ADULT_FROM:
        found.append("They are under 18.")
    return tuple(found)


def has_open_concern(scope: Scope, person_id: UUID) -> bool:
    records = people.resolved_ids(scope, person_id)
    rows = Concern.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
    return rows.exclude(state="closed").exists()


def _check_lines(checks: list[NumberCheck]) -> tuple[str, ...]:
    return tuple(
        f"{words.written_date(each.checked_on)}, {str(CheckedWith(each.checked_with).label).lower()}"
        f"{f' ({each.name})' if each.name else ''}: {str(NumberAnswer(each.answer).label).lower()}."
        f" Asked by {each.recorded_by.name}."
        for each in checks
    )


@query(SEE_CASES)
def closing_request(scope: Scope, request_id: UUID) -> ClosingRequestRow:
    """Raises NotFound."""
    found = _requests(scope).filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return _request_row(found)


@query(SEE_CASES)
def closing_requests_of(scope: Scope, case_id: UUID) -> tuple[ClosingRequestRow, ...]:
    """What a lead was asked about ending this support, the newest first."""
    return tuple(_request_row(each) for each in _requests(scope).filter(case_id=case_id).order_by("-created_at"))


def _requests(scope: Scope):  # type: ignore[no-untyped-def]
    rows = ClosingRequest.objects.filter(organisation_id=scope.organisation_id)
    return rows.select_related("asked_by", "decided_by")


def _request_row(row: ClosingRequest) -> ClosingRequestRow:
    return ClosingRequestRow(
        id=row.pk,
        case_id=row.case_id,
        reason=row.reason,
        reason_words=str(ClosingReason(row.reason).label),
        answer=row.answer,
        why=row.why,
        asked_by=row.asked_by.name,
        asked_by_id=row.asked_by_id,
        asked_at=row.created_at,
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
        agreed=row.agreed,
        decision_note=row.decision_note,
    )
