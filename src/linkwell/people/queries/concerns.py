"""Safeguarding concerns, for those who handle them and nobody else."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from linkwell.accounts.queries import user_names
from linkwell.core import audit
from linkwell.core.models import StateChange
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.people import names
from linkwell.people.details import ConcernDetails, ConcernEntryRow, ConcernRecord, ConcernRow
from linkwell.people.models import Concern, ConcernEntry, Person
from linkwell.people.permissions import CONCERN_HANDLE
from linkwell.people.queries.identity import linked_set

SIZE = 25


@query(CONCERN_HANDLE)
def concerns(scope: Scope, page: int = 1, *, closed: bool = False) -> Page[ConcernRow]:
    """The queue, danger first and then by next date; or the closed ones, newest first."""
    rows = Concern.objects.select_related("person").filter(organisation_id=scope.organisation_id)
    if closed:
        rows = rows.filter(state="closed").order_by("-id")
    else:
        rows = rows.exclude(state="closed").order_by("-danger_now", "next_date", "id")
    start = (page - 1) * SIZE
    return Page.of(list(rows[start : start + SIZE + 1]), number=page, size=SIZE).map(_row)


@query(CONCERN_HANDLE)
def open_concerns(scope: Scope) -> int:
    """How many wait in the queue."""
    return Concern.objects.filter(organisation_id=scope.organisation_id).exclude(state="closed").count()


@query(CONCERN_HANDLE)
def concerns_about(scope: Scope, person_id: UUID) -> tuple[ConcernRow, ...]:
    """Concerns about one person, newest first."""
    rows = Concern.objects.select_related("person").filter(
        organisation_id=scope.organisation_id, person_id__in=linked_set(scope, person_id)
    )
    return tuple(_row(row) for row in rows.order_by("-id"))


@query(CONCERN_HANDLE, opening=True)
def concern(scope: Scope, concern_id: UUID) -> ConcernRecord:
    """The whole concern. Raises NotFound."""
    row = (
        Concern.objects.select_related("person", "lead")
        .filter(organisation_id=scope.organisation_id, pk=concern_id)
        .first()
    )
    if row is None:
        raise NotFound("We could not find that concern.")
    # Without the person: the list of who has looked at a record must not hint that there is a concern.
    audit.record_opening(scope, "concern", concern_id)
    return ConcernRecord(
        row=_row(row),
        version=row.version,
        details=ConcernDetails(
            about=row.about,
            what_happened=row.what_happened,
            their_words=row.their_words,
            danger_now=row.danger_now,
            wants=row.wants,
            capacity=row.capacity,
            agreed_to_share=row.agreed_to_share,
            reason_without_agreement=row.reason_without_agreement,
            raised_by_name=row.raised_by_name,
        ),
        lead_name=row.lead.name if row.lead else "",
        lead_told_at=row.lead_told_at,
        decision=row.decision,
        referred_to=row.referred_to,
        referral_reference=row.referral_reference,
        outcome=row.outcome,
        entries=_entries(row),
    )


def _entries(concern: Concern) -> tuple[ConcernEntryRow, ...]:
    """What was done, with the changes of state, in order of time."""
    said = list(ConcernEntry.objects.filter(concern=concern).order_by("id"))
    moves = list(
        StateChange.objects.filter(organisation_id=concern.organisation_id, object_id=concern.pk).order_by("id")
    )
    who = user_names(
        {row.recorded_by_id for row in said if row.recorded_by_id} | {row.actor_id for row in moves if row.actor_id}
    )
    rows = [
        ConcernEntryRow(row.text, row.created_at, who.get(row.recorded_by_id, "") if row.recorded_by_id else "")
        for row in said
    ]
    rows += [
        ConcernEntryRow(
            f"Now: {Concern.moves.words.get(row.after, row.after)}",
            row.at,
            (who.get(row.actor_id) if row.actor_id else None) or concern.raised_by_name,
        )
        for row in moves
    ]
    return tuple(sorted(rows, key=lambda row: row.at))


def _row(row: Concern) -> ConcernRow:
    person: Person = row.person
    return ConcernRow(
        id=row.pk,
        person_id=row.person_id,
        person_name=names.like_it(person.preferred_name, person.given_name, person.family_name),
        about=row.about,
        state=row.state,
        state_words=Concern.moves.words[row.state],
        danger_now=row.danger_now,
        raised_at=row.created_at,
        raised_by_name=row.raised_by_name,
        next_date=row.next_date,
    )


@query(CONCERN_HANDLE)
def concerns_unseen(scope: Scope) -> tuple[UUID, ...]:
    """Concerns no lead has taken: of danger now after an hour, others past their date. The oldest first."""
    now, today = clock.now(), clock.today()
    rows = Concern.objects.filter(organisation_id=scope.organisation_id, state="raised").filter(
        Q(danger_now=True, created_at__lt=now - timedelta(hours=1)) | Q(next_date__lt=today)
    )
    return tuple(rows.order_by("id").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class ConcernAlert:
    """Who must hear that a concern was raised. No word of what it is about."""

    concern_id: UUID
    lead_ids: tuple[UUID, ...]
    danger_now: bool
    waiting: bool


@query(CONCERN_HANDLE)
def concern_alert(scope: Scope, concern_id: UUID) -> ConcernAlert:
    """Used by messages to staff. Raises NotFound."""
    row = Concern.objects.filter(organisation_id=scope.organisation_id, pk=concern_id).first()
    if row is None:
        raise NotFound("We could not find that concern.")
    return ConcernAlert(row.pk, (row.lead_id,) if row.lead_id else (), row.danger_now, row.state == "raised")
