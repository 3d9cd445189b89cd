"""Which records have been kept long enough, and what would go with each."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import DateTimeField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from linkwell.accounts.queries import user_names
from linkwell.casework.models import Case, Interaction
from linkwell.core import audit, erasing
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.people import names as folding
from linkwell.people import retention
from linkwell.people.models import Disposal, DisposalKind, Person, RetentionHold
from linkwell.people.permissions import PERSON_SEE, RETENTION
from linkwell.people.queries.identity import linked_set, linked_sets
from linkwell.referrals.models import Referral

PAGE_SIZE = 25
# The oldest come first; what is behind them is looked at when they are gone.
MOST_LOOKED_AT = 500
ROOTS = {"adult": "people.Person", "child": "people.Person", "asked": "people.Person", "referral": "referrals.Referral"}


@dataclass(frozen=True, slots=True)
class DueRecord:
    """A record whose time is over: all records of one person, or one referral that led to nothing."""

    kind: str
    kind_words: str
    records: tuple[UUID, ...]
    who: str
    last_contact: dt.date
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class HoldRow:
    id: UUID
    reason: str
    placed_by: str
    placed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long one person's record is kept. `due_on` is None while support is open."""

    last_contact: dt.date
    due_on: dt.date | None
    kind: str
    holds: tuple[HoldRow, ...]


@dataclass(frozen=True, slots=True)
class DisposalRow:
    """One proposal. `who` is empty once it has gone: nobody knows any more."""

    id: UUID
    version: int
    kind: str
    kind_words: str
    state: str
    state_words: str
    who: str
    records: tuple[UUID, ...]
    due_on: dt.date
    proposed_by: str
    proposed_by_id: UUID
    agreed_by: str
    gone_at: dt.datetime | None
    counts: tuple[tuple[str, int], ...]


@query(RETENTION)
def due_records(scope: Scope, number: int = 1) -> Page[DueRecord]:
    """Records whose time is over and that nothing holds, the longest over first."""
    found = sorted(_due_people(scope) + _due_referrals(scope), key=lambda row: (row.due_on, row.records))
    start = (number - 1) * PAGE_SIZE
    return Page.of(found[start : start + PAGE_SIZE + 1], number=number, size=PAGE_SIZE, total=len(found))


@query(RETENTION)
def due_record(scope: Scope, record_id: UUID) -> DueRecord:
    """One of them, by any of its ids. Raises NotFound for what is not due."""
    for row in _due_people(scope, linked_set(scope, record_id)) + _due_referrals(scope, record_id):
        if record_id in row.records:
            return row
    raise NotFound


@query(RETENTION)
def would_go(scope: Scope, kind: str, records: Collection[UUID]) -> tuple[tuple[str, int], ...]:
    """What would go with a record: how many rows of each kind of thing, the most first."""
    counts = erasing.look(scope.organisation_id, {ROOTS[kind]: records}).counts
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


@query(PERSON_SEE)
def keeping(scope: Scope, person_id: UUID) -> Keeping:
    """How long the record of one person is kept, and what holds it. Raises NotFound."""
    records = linked_set(scope, person_id)
    rows = list(_with_last_contact(scope).filter(pk__in=records))
    if not rows:
        raise NotFound("We could not find that person.")
    last = max(_day(row) for row in rows)
    born = next((row.date_of_birth for row in rows if row.date_of_birth), None)
    due, kind = retention.keep_until(last, born)
    supported = Case.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
    open_now = supported.exclude(state="closed").exists()
    held = RetentionHold.objects.filter(organisation_id=scope.organisation_id, person_id__in=records, ended_at=None)
    who = user_names({row.placed_by_id for row in held})
    holds = tuple(HoldRow(row.pk, row.reason, who.get(row.placed_by_id, ""), row.created_at) for row in held)
    return Keeping(last, None if open_now else due, kind, holds)


@query(RETENTION)
def disposals(scope: Scope, number: int = 1, *, waiting: bool = False) -> Page[DisposalRow]:
    """What was proposed, newest first; `waiting` for those that still need a second person or are going."""
    rows = Disposal.objects.select_related("proposed_by", "agreed_by").filter(organisation_id=scope.organisation_id)
    rows = rows.filter(state__in=["proposed", "agreed"]) if waiting else rows.filter(state__in=["gone", "kept"])
    start = (number - 1) * PAGE_SIZE
    shown = Page.of(list(rows.order_by("-created_at")[start : start + PAGE_SIZE + 1]), number=number, size=PAGE_SIZE)
    names = _names(scope, [each for row in shown.rows for each in row.records])
    return shown.map(lambda row: _disposal_row(row, names))


@query(RETENTION, opening=True)
def disposal(scope: Scope, disposal_id: UUID) -> DisposalRow:
    """One proposal. Raises NotFound."""
    row = (
        Disposal.objects.select_related("proposed_by", "agreed_by")
        .filter(organisation_id=scope.organisation_id, pk=disposal_id)
        .first()
    )
    if row is None:
        raise NotFound
    audit.record_opening(scope, "disposal", row.pk)
    return _disposal_row(row, _names(scope, row.records))


@query(RETENTION)
def agreed_roots(scope: Scope, disposal_id: UUID) -> dict[str, tuple[UUID, ...]]:
    """What an agreed disposal lets go, as `core.erasing` names it; empty when it is not agreed."""
    row = Disposal.objects.filter(organisation_id=scope.organisation_id, pk=disposal_id, state="agreed").first()
    return {ROOTS[row.kind]: tuple(row.records)} if row is not None else {}


@query(RETENTION)
def agreed_numbers(scope: Scope, disposal_id: UUID) -> list[str]:
    """The NHS numbers of those whose record an agreed disposal lets go."""
    people = agreed_roots(scope, disposal_id).get("people.Person", ())
    known = Person.objects.filter(organisation_id=scope.organisation_id, pk__in=people).exclude(nhs_number="")
    return sorted(set(known.values_list("nhs_number", flat=True)))


@query(RETENTION)
def came_back(scope: Scope, disposal_id: UUID) -> bool:
    """Whether the time of an agreed disposal is over no more: support goes on, or something happened since.

    What somebody asked for, and what has gone already, is never back.
    """
    row = Disposal.objects.filter(organisation_id=scope.organisation_id, pk=disposal_id, state="agreed").first()
    if row is None or row.kind == DisposalKind.ASKED:
        return False
    if row.kind == DisposalKind.REFERRAL:
        asked = Referral.objects.filter(organisation_id=scope.organisation_id, pk__in=row.records)
        return asked.exclude(state__in=["declined", "withdrawn"], person=None).exists()
    found = Person.objects.filter(organisation_id=scope.organisation_id, pk__in=row.records).first()
    due = keeping(scope, found.pk).due_on if found is not None else row.due_on
    return due is None or due > clock.today()


def _disposal_row(row: Disposal, names: dict[UUID, str]) -> DisposalRow:
    return DisposalRow(
        id=row.pk,
        version=row.version,
        kind=row.kind,
        kind_words=DisposalKind(row.kind).label,
        state=row.state,
        state_words=row.moves.words[row.state],
        who=next((names[each] for each in row.records if each in names), ""),
        records=tuple(row.records),
        due_on=row.due_on,
        proposed_by=row.proposed_by.name,
        proposed_by_id=row.proposed_by_id,
        agreed_by=row.agreed_by.name if row.agreed_by else "",
        gone_at=row.gone_at,
        counts=tuple(sorted(row.counts.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _names(scope: Scope, ids: Collection[UUID]) -> dict[UUID, str]:
    people = Person.objects.filter(organisation_id=scope.organisation_id, pk__in=ids)
    found = {row.pk: folding.like_it(row.preferred_name, row.given_name, row.family_name) for row in people}
    asked = Referral.objects.filter(organisation_id=scope.organisation_id, pk__in=ids)
    return found | {row.pk: f"{row.given_name} {row.family_name}" for row in asked}


def _with_last_contact(scope: Scope) -> QuerySet[Person]:
    """People with the newest of: record made, referral received, conversation, support begun or ended."""

    def newest(rows: QuerySet, column: str) -> Subquery:  # type: ignore[type-arg]
        of_person = rows.filter(organisation_id=scope.organisation_id, person=OuterRef("pk")).order_by()
        return Subquery(
            of_person.values("person").annotate(newest=Max(column)).values("newest"), output_field=DateTimeField()
        )

    return Person.objects.filter(organisation_id=scope.organisation_id).annotate(
        # PostgreSQL leaves out what is empty.
        last_contact=Greatest(
            F("created_at"),
            newest(Case.objects.all(), "closed_at"),
            newest(Case.objects.all(), "opened_at"),
            newest(Interaction.objects.all(), "happened_at"),
            newest(Referral.objects.all(), "received_at"),
        )
    )


def _day(row: Person) -> dt.date:
    last: dt.datetime = row.last_contact  # type: ignore[attr-defined]
    return clock.london(last).date()


def _due_people(scope: Scope, only: Collection[UUID] | None = None) -> list[DueRecord]:
    today = clock.today()
    shortest = min(settings.RETENTION_ADULT_YEARS, max(settings.RETENTION_CHILD_AGE - retention.GROWN_UP, 0))
    cases = Case.objects.filter(organisation_id=scope.organisation_id, person=OuterRef("pk"))
    supported = cases.exclude(state="closed")
    held = RetentionHold.objects.filter(organisation_id=scope.organisation_id, person=OuterRef("pk"), ended_at=None)
    before = clock.at(retention.years_after(today, -shortest), dt.time())
    rows = (
        _with_last_contact(scope)
        .filter(Q(("last_contact__lt", before)), created_at__lt=before)
        .exclude(Exists(supported))
        .exclude(Exists(held))
        .order_by("last_contact", "pk")
    )
    if only is not None:
        rows = rows.filter(pk__in=only)
    old = {row.pk: row for row in rows[:MOST_LOOKED_AT]}
    sets = linked_sets(scope, list(old))
    going = _proposed(scope)
    found = []
    for person_id, records in sets.items():
        # Somebody with two records goes with both, or not at all; they are listed once.
        if person_id != min(records) or not records <= old.keys() or records & going:
            continue
        found.append(_due_person([old[each] for each in sorted(records)]))
    return [row for row in found if row.due_on <= today]


def _due_person(rows: list[Person]) -> DueRecord:
    last = max(_day(row) for row in rows)
    born = next((row.date_of_birth for row in rows if row.date_of_birth), None)
    due, kind = retention.keep_until(last, born)
    first = rows[0]
    who = folding.like_it(first.preferred_name, first.given_name, first.family_name)
    return DueRecord(kind, DisposalKind(kind).label, tuple(row.pk for row in rows), who, last, due)


def _due_referrals(scope: Scope, only: UUID | None = None) -> list[DueRecord]:
    today = clock.today()
    before = clock.at(retention.years_after(today, -settings.RETENTION_REFERRAL_YEARS), dt.time())
    rows = Referral.objects.filter(
        organisation_id=scope.organisation_id, state__in=["declined", "withdrawn"], person=None, received_at__lt=before
    )
    if only is not None:
        rows = rows.filter(pk=only)
    going = _proposed(scope)
    found = []
    for row in rows.order_by("received_at", "pk")[:MOST_LOOKED_AT]:
        last = clock.london(row.decided_at or row.received_at).date()
        due = retention.years_after(last, settings.RETENTION_REFERRAL_YEARS)
        if due <= today and row.pk not in going:
            words = DisposalKind.REFERRAL.label
            found.append(DueRecord("referral", words, (row.pk,), f"{row.given_name} {row.family_name}", last, due))
    return found


def _proposed(scope: Scope) -> set[UUID]:
    rows = Disposal.objects.filter(organisation_id=scope.organisation_id, state__in=["proposed", "agreed"])
    return {each for records in rows.values_list("records", flat=True) for each in records}
