"""One stay with its ready-for-home list, and the follow-ups of the hospital."""

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q

from linkwell.core import audit
from linkwell.core.models import StateChange
from linkwell.core.paging import lines
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import FollowUp, HomeEvent, HomeItem, HomeList, ProgrammePlace, ReadyPeriod, Stay
from linkwell.hospital.permissions import PLAN_GOING_HOME
from linkwell.hospital.queries.board import HelpRow, ReferralLine, help_of, referrals_of
from linkwell.hospital.queries.joined import asked_not
from linkwell.hospital.queries.referring import PatientRow, what_a_referral_needs
from linkwell.hospital.queries.shown import planned_stay, shown_stay
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One thing on the list. `answer` is empty while nobody has said."""

    thing: str
    answer: str
    who: str
    by_day: dt.date | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """A visit at the bedside or a warm handover."""

    kind_words: str
    happened_at: dt.datetime
    who: str


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A follow-up of somebody who went home. `why`: the reason it was withdrawn, on the page of the one stay.

    `by_hand`: somebody withdrew it, and can undo that. `kept_apart`: their record is restricted, so only whoever
    follows them up sees this.
    """

    id: UUID
    stay_id: UUID
    name: str
    days_after: int
    due_on: dt.date
    owner_name: str
    state: str
    state_words: str
    version: int
    why: str = ""
    kept_apart: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class GoingHome:
    """One stay: who, where, since when ready, and all that is planned. `version` is 0 for a list nobody wrote on.

    `asked_at`, `asked_by`: that the person was asked alone, not what they said. `asked_not`: they asked us not to
    offer support, which they may still ask for themselves.
    """

    stay_id: UUID
    patient_id: UUID
    given_name: str
    family_name: str
    born_on: dt.date | None
    died: bool
    ward: str
    bay: str
    bed: str
    admitted_at: dt.datetime | None
    discharged_at: dt.datetime | None
    destination: str
    expected_discharge_at: dt.datetime | None
    ready_at: dt.datetime | None
    reasons: tuple[str, ...]
    help: HelpRow | None
    referrals: tuple[ReferralLine, ...]
    programmes: tuple[str, ...]
    version: int
    owner_id: UUID | None
    owner_name: str
    support_ready: bool | None
    asked_at: dt.datetime | None
    asked_by: str
    items: tuple[ItemRow, ...]
    events: tuple[EventRow, ...]
    follow_ups: tuple[FollowUpRow, ...]
    asked_not: bool


@query(PLAN_GOING_HOME, opening=True)
def going_home(scope: Scope, stay_id: UUID) -> GoingHome:
    """Everything about one person's going home but what they said when asked alone. Raises NotFound."""
    stay = shown_stay(scope, stay_id)
    audit.record_opening(scope, "stay", stay_id)
    ready = ReadyPeriod.objects.filter(stay=stay, not_ready_at=None).order_by("-ready_at").first()
    home = HomeList.objects.select_related("owner", "asked_by").filter(stay=stay).first()
    programmes = ProgrammePlace.objects.filter(stay=stay).order_by("taken_on", "pk")
    return GoingHome(
        stay_id=stay.pk,
        patient_id=stay.patient_id,
        given_name=stay.patient.given_name,
        family_name=stay.patient.family_name,
        born_on=stay.patient.born_on,
        died=stay.patient.died,
        ward=stay.ward,
        bay=stay.bay,
        bed=stay.bed,
        admitted_at=stay.admitted_at,
        discharged_at=stay.discharged_at,
        destination=stay.discharge_destination,
        expected_discharge_at=stay.expected_discharge_at,
        ready_at=ready.ready_at if ready and stay.discharged_at is None else None,
        reasons=tuple(ready.reasons) if ready else (),
        help=help_of([stay_id]).get(stay_id),
        referrals=referrals_of([stay_id]).get(stay_id, ()),
        programmes=tuple(programmes.values_list("programme__name", flat=True)),
        version=home.version if home else 0,
        owner_id=home.owner_id if home else None,
        owner_name=home.owner.name if home else "",
        support_ready=home.support_ready if home else None,
        asked_at=home.asked_at if home else None,
        asked_by=home.asked_by.name if home and home.asked_by else "",
        items=_items(home),
        events=_events(home),
        follow_ups=_follow_ups_of(stay, home),
        asked_not=asked_not(stay.patient),
    )


def _items(home: HomeList | None) -> tuple[ItemRow, ...]:
    rows = HomeItem.objects.filter(home_list=home) if home else HomeItem.objects.none()
    return tuple(ItemRow(each.thing, each.answer, each.who, each.by_day) for each in rows)


def _events(home: HomeList | None) -> tuple[EventRow, ...]:
    rows = HomeEvent.objects.filter(home_list=home) if home else HomeEvent.objects.none()
    return tuple(
        EventRow(each.get_kind_display(), each.happened_at, each.who) for each in rows.order_by("-happened_at", "pk")
    )


def _follow_ups_of(stay: Stay, home: HomeList | None) -> tuple[FollowUpRow, ...]:
    if home is None:
        return ()
    rows = FollowUp.objects.filter(home_list=home).select_related("owner", "home_list__stay__patient")
    found = list(rows.order_by("due_on", "pk"))
    withdrawn = [each.pk for each in found if each.state == "withdrawn"]
    # What was undone and withdrawn again has more than one reason: the last one holds.
    changes = StateChange.objects.filter(object_id__in=withdrawn, after="withdrawn").order_by("pk")
    why = dict(changes.values_list("object_id", "reason"))
    return tuple(replace(follow_up_row(each), why=why.get(each.pk, "")) for each in found)


@dataclass(frozen=True, slots=True)
class SaidAlone:
    """What somebody said when nobody else was there, and when."""

    version: int
    involve: str
    must_not_tell: str
    home_safe: str
    home_safe_words: str
    carer: str
    carer_words: str
    asked_at: dt.datetime | None
    died: bool = False


@query(PLAN_GOING_HOME, opening=True)
def said_alone(scope: Scope, stay_id: UUID) -> SaidAlone:
    """The protected answers, on a page of their own; the opening is in the audit trail by itself. Raises NotFound."""
    died = shown_stay(scope, stay_id).patient.died
    audit.record_opening(scope, "asked_alone", stay_id)
    home = HomeList.objects.filter(organisation_id=scope.organisation_id, stay_id=stay_id).first()
    if home is None:
        return SaidAlone(0, "", "", "", "", "", "", None, died)
    return SaidAlone(
        version=home.version,
        involve=home.involve,
        must_not_tell=home.must_not_tell,
        home_safe=home.home_safe,
        home_safe_words=home.get_home_safe_display(),
        carer=home.carer,
        carer_words=home.get_carer_display(),
        asked_at=home.asked_at,
        died=died,
    )


@query(PLAN_GOING_HOME)
def check_planned(scope: Scope, stay_id: UUID) -> None:
    """Raises InvalidMove where nothing can be planned any more, and NotFound."""
    planned_stay(scope, stay_id)


@query(PLAN_GOING_HOME)
def follow_ups_due(scope: Scope, number: int = 1, *, mine: bool = False) -> Page[FollowUpRow]:
    """Follow-ups to do, the soonest first; with `mine` those of the person asking."""
    rows = FollowUp.objects.filter(
        organisation_id=scope.organisation_id, state="due", home_list__stay__patient__restricted=False
    )
    if mine:
        rows = rows.filter(owner_id=scope.user_id)
    size = lines(PAGE_SIZE)
    start = (number - 1) * size
    ordered = rows.select_related("owner", "home_list__stay__patient").order_by("due_on", "pk")
    return Page.of([follow_up_row(each) for each in ordered[start : start + size + 1]], number=number, size=size)


@query(PLAN_GOING_HOME)
def follow_up(scope: Scope, follow_up_id: UUID) -> FollowUpRow:
    """One follow-up. Raises NotFound, also for one of somebody restricted that is another's to do."""
    rows = FollowUp.objects.select_related("owner", "home_list__stay__patient")
    theirs = Q(home_list__stay__patient__restricted=False) | Q(owner_id=scope.user_id)
    found = rows.filter(theirs, organisation_id=scope.organisation_id, pk=follow_up_id).first()
    if found is None:
        raise NotFound
    return follow_up_row(found)


def late(row: FollowUpRow) -> bool:
    return row.state == "due" and row.due_on < clock.today()


def follow_up_row(row: FollowUp) -> FollowUpRow:
    patient = row.home_list.stay.patient
    return FollowUpRow(
        id=row.pk,
        stay_id=row.home_list.stay_id,
        name=f"{patient.given_name} {patient.family_name}".strip(),
        days_after=row.days_after,
        due_on=row.due_on,
        owner_name=row.owner.name,
        state=row.state,
        state_words=row.moves.words[row.state],
        version=row.version,
        kept_apart=patient.restricted,
        by_hand=row.withdrawn_at is not None,
    )


def held_lists(scope: Scope, user_id: UUID) -> list[HomeList]:
    """Lists whose people this user follows up: those still in, and those with something to do. Called inside others."""
    goes_on = Q(stay__discharged_at=None, stay__no_stay="") | Q(follow_ups__state="due")
    rows = HomeList.objects.filter(goes_on, organisation_id=scope.organisation_id, owner_id=user_id)
    return list(rows.distinct())


def follow_ups_held(scope: Scope, user_id: UUID) -> int:
    """How many people one colleague is to follow up. Called inside whoever runs the staff list."""
    return len(held_lists(scope, user_id))


@query(PLAN_GOING_HOME, opening=True)
def stay_to_refer(scope: Scope, stay_id: UUID) -> PatientRow:
    """What goes into a referral from the board. Raises NotFound, and InvalidMove for somebody who has died."""
    found = planned_stay(scope, stay_id)
    audit.record_opening(scope, "hospital_patient", found.patient_id)
    return replace(what_a_referral_needs(found.patient), asked_not=asked_not(found.patient))
