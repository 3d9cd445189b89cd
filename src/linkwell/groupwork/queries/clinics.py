"""Clinics for the team, and for a practice the times it may book."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.groupwork.models import Clinic, ClinicSlot, WhoBooks
from linkwell.groupwork.permissions import BOOK_CLINIC, RUN_GROUPS
from linkwell.groupwork.queries.planned import SIZE, planned_or_past
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.people.names import like_it
from linkwell.people.queries import kept_apart_ids

KEPT_APART = "Somebody with a restricted record"


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One time. `who` is the person, where we support or were sent them; `by_practice` a referral not accepted yet."""

    id: UUID
    starts_at: dt.datetime
    state: str
    state_words: str
    who: str
    case_id: UUID | None
    referral_id: UUID | None
    version: int


@dataclass(frozen=True, slots=True)
class ClinicRow:
    """One clinic. `free` and `booked` count its times."""

    id: UUID
    practice_name: str
    room: str
    starts_at: dt.datetime
    slot_minutes: int
    worker_name: str
    who_books: str
    who_books_words: str
    state: str
    state_words: str
    free: int
    booked: int
    walk_ins: int
    cancelled_why: str
    version: int
    slots: tuple[SlotRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PracticeSlot:
    """A time as the practice sees it: free, or taken, and the referral where this practice took it."""

    id: UUID
    starts_at: dt.datetime
    minutes: int
    room: str
    worker_name: str
    team_id: UUID
    state: str
    free: bool
    referral_id: UUID | None
    version: int


@query(RUN_GROUPS)
def clinics(scope: Scope, page: int = 1, *, past: bool = False) -> Page[ClinicRow]:
    """Clinics still to be written up, the soonest first; with `past` those that took place or were cancelled."""
    return planned_or_past(_clinics(scope), _row, page, past=past)


@query(RUN_GROUPS, opening=True)
def clinic(scope: Scope, clinic_id: UUID) -> ClinicRow:
    """One clinic with its times. Raises NotFound."""
    found = _clinics(scope).filter(pk=clinic_id).first()
    if found is None:
        raise NotFound
    slots = ClinicSlot.objects.filter(organisation_id=scope.organisation_id, clinic_id=clinic_id)
    rows = slots.select_related("appointment__person", "referral__person").order_by("starts_at")
    audit.record_opening(scope, "clinic", clinic_id)
    apart = kept_apart_ids(scope)
    return _row(found, tuple(_slot(each, apart) for each in rows))


@query(BOOK_CLINIC)
def practice_slots(scope: Scope, page: int = 1) -> Page[PracticeSlot]:
    """The times still to come in clinics at this practice that it may book, the soonest first."""
    rows = _for_practice(scope).filter(starts_at__gt=clock.now(), state__in=["free", "booked"])
    start = (page - 1) * SIZE
    return Page.of([_practice_slot(each) for each in rows[start : start + SIZE + 1]], number=page, size=SIZE)


@query(BOOK_CLINIC)
def practice_slot(scope: Scope, slot_id: UUID) -> PracticeSlot:
    """One time of a clinic at this practice. Raises NotFound."""
    found = _for_practice(scope).filter(pk=slot_id).first()
    if found is None:
        raise NotFound
    return _practice_slot(found)


def _for_practice(scope: Scope) -> QuerySet[ClinicSlot]:
    rows = ClinicSlot.objects.select_related("clinic__worker").filter(practice_id=scope.organisation_id)
    return rows.exclude(clinic__who_books=WhoBooks.TEAM).order_by("starts_at", "pk")


def _practice_slot(row: ClinicSlot) -> PracticeSlot:
    return PracticeSlot(
        id=row.pk,
        starts_at=row.starts_at,
        minutes=row.clinic.slot_minutes,
        room=row.clinic.room,
        worker_name=row.clinic.worker.name,
        team_id=row.clinic.team_id,
        state=row.state,
        free=row.state == "free" and row.starts_at > clock.now(),
        referral_id=row.referral_id,
        version=row.version,
    )


def _clinics(scope: Scope) -> QuerySet[Clinic]:
    return (
        Clinic.objects.filter(organisation_id=scope.organisation_id)
        .select_related("worker", "practice")
        .annotate(
            free=Count("slots", filter=Q(slots__state="free")),
            booked=Count("slots", filter=Q(slots__state__in=["booked", "used", "not_used"])),
        )
    )


def _slot(row: ClinicSlot, apart: frozenset[UUID]) -> SlotRow:
    return SlotRow(
        id=row.pk,
        starts_at=row.starts_at,
        state=row.state,
        state_words=row.moves.words[row.state],
        who=_who(row, apart),
        case_id=row.appointment.case_id if row.appointment else None,
        referral_id=row.referral_id,
        version=row.version,
    )


def _who(row: ClinicSlot, apart: frozenset[UUID]) -> str:
    about = row.appointment or row.referral
    person = about.person if about else None
    if person is not None and person.pk in apart:
        return KEPT_APART
    if row.appointment is not None and person is not None:
        return like_it(person.preferred_name, person.given_name, person.family_name)
    return f"{row.referral.given_name} {row.referral.family_name}" if row.referral else ""


def _row(row: Clinic, slots: tuple[SlotRow, ...] = ()) -> ClinicRow:
    counted: dict[str, int] = row.__dict__
    gone = row.state == "planned" and row.starts_at <= clock.now()
    return ClinicRow(
        id=row.pk,
        practice_name=row.practice.name,
        room=row.room,
        starts_at=row.starts_at,
        slot_minutes=row.slot_minutes,
        worker_name=row.worker.name,
        who_books=row.who_books,
        who_books_words=str(WhoBooks(row.who_books).label),
        state=row.state,
        state_words="to be written up" if gone else row.moves.words[row.state],
        free=counted["free"],
        booked=counted["booked"],
        walk_ins=row.walk_ins,
        cancelled_why=row.cancelled_why,
        version=row.version,
        slots=slots,
    )
