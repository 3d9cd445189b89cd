"""Reading how much of the support that is offered has been used, for one case and for many at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from linkwell.accounts import queries as accounts
from linkwell.casework.models import Case, ClosingRequest, Interaction, InteractionOutcome, OfferExtension, Pause
from linkwell.casework.offers import Offer, week_of
from linkwell.casework.permissions import SEE_CASES
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """Longer support, asked for and perhaps decided. `agreed` is None while the lead has not answered."""

    id: UUID
    case_id: UUID
    weeks: int
    conversations: int
    why: str
    asked_by: str
    asked_at: dt.datetime
    decided_by: str
    decided_at: dt.datetime | None
    agreed: bool | None
    decision_note: str


@query(SEE_CASES)
def offers_of(scope: Scope, case_ids: Collection[UUID]) -> dict[UUID, Offer]:
    """The offer of each case. The same statements however many cases."""
    cases = _cases(scope.organisation_id, case_ids)
    ids = [each.pk for each in cases]
    rules = {team_id: accounts.rules(team_id) for team_id in {each.team_id for each in cases}}
    talks = dict(_talked(ids))
    pauses, more = _pauses(ids), _more(ids)
    found = {}
    for case in cases:
        first = clock.london(case.first_spoken_at).date() if case.first_spoken_at else None
        last = clock.london(case.closed_at).date() if case.closed_at else clock.today()
        weeks, conversations = more.get(case.pk, (0, 0))
        rule = rules[case.team_id]
        found[case.pk] = Offer(
            week=week_of(first, last, pauses[case.pk]),
            weeks=rule.offer_weeks + weeks,
            talks=talks.get(case.pk, 0),
            most_talks=rule.offer_conversations + conversations,
            extended=case.pk in more,
        )
    return found


@written_once
def _cases(organisation_id: UUID, case_ids: Collection[UUID]) -> QuerySet[Case]:
    rows = Case.objects.filter(organisation_id=organisation_id, pk__in=case_ids)
    return rows.only("team_id", "first_spoken_at", "closed_at")


@written_once
def _talked(case_ids: Collection[UUID]) -> QuerySet[Interaction, Any]:
    rows = Interaction.objects.filter(case_id__in=case_ids, outcome=InteractionOutcome.TALKED)
    return rows.values_list("case_id").annotate(number=Count("pk")).order_by()


def _pauses(case_ids: list[UUID]) -> dict[UUID, list[tuple[dt.date, dt.date]]]:
    """Until it ended; a pause that goes on rests up to today."""
    found: dict[UUID, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for case_id, started_at, ended_at in _paused(case_ids):
        end = clock.london(ended_at).date() if ended_at else clock.today()
        found[case_id].append((clock.london(started_at).date(), end))
    return found


@written_once
def _paused(case_ids: Collection[UUID]) -> QuerySet[Pause, Any]:
    return Pause.objects.filter(case_id__in=case_ids).values_list("case_id", "started_at", "ended_at")


def _more(case_ids: list[UUID]) -> dict[UUID, tuple[int, int]]:
    found: dict[UUID, tuple[int, int]] = {}
    for case_id, weeks, conversations in _agreed(case_ids):
        before = found.get(case_id, (0, 0))
        found[case_id] = (before[0] + weeks, before[1] + conversations)
    return found


@written_once
def _agreed(case_ids: Collection[UUID]) -> QuerySet[OfferExtension, Any]:
    rows = OfferExtension.objects.filter(case_id__in=case_ids, agreed=True)
    return rows.values_list("case_id", "weeks", "conversations")


@query(SEE_CASES)
def extensions_of(scope: Scope, case_id: UUID) -> tuple[ExtensionRow, ...]:
    """Every time longer support was asked for, the newest first."""
    return tuple(_row(each) for each in _extensions(scope).filter(case_id=case_id).order_by("-created_at"))


@query(SEE_CASES)
def extension(scope: Scope, extension_id: UUID) -> ExtensionRow:
    """Raises NotFound."""
    found = _extensions(scope).filter(pk=extension_id).first()
    if found is None:
        raise NotFound
    return _row(found)


@query(SEE_CASES)
def waits_for_lead(scope: Scope, case_id: UUID) -> tuple[tuple[str, UUID], ...]:
    """What a lead was asked about a case and has not answered: its kind and its id."""
    mine = {"organisation_id": scope.organisation_id, "case_id": case_id, "decided_at": None}
    endings = ClosingRequest.objects.filter(**mine).values_list("pk", flat=True)
    longer = OfferExtension.objects.filter(**mine).values_list("pk", flat=True)
    return (*(("closing_request", each) for each in endings), *(("offer_extension", each) for each in longer))


def _extensions(scope: Scope):  # type: ignore[no-untyped-def]
    rows = OfferExtension.objects.filter(organisation_id=scope.organisation_id)
    return rows.select_related("asked_by", "decided_by")


def _row(row: OfferExtension) -> ExtensionRow:
    return ExtensionRow(
        id=row.pk,
        case_id=row.case_id,
        weeks=row.weeks,
        conversations=row.conversations,
        why=row.why,
        asked_by=row.asked_by.name,
        asked_at=row.created_at,
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
        agreed=row.agreed,
        decision_note=row.decision_note,
    )
