"""The discharge board: who is ready to go home and still in."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Subquery

from linkwell.core.paging import lines, or_last
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import CommunityHelp, HomeItem, ReadyPeriod, StayReferral
from linkwell.hospital.permissions import PLAN_GOING_HOME
from linkwell.hospital.queries.shown import shown_stays
from linkwell.hospital.waits import band_of, days_since
from linkwell.kernel.pages import Page
from linkwell.referrals.queries.one import answers_to

PAGE_SIZE = 25
# More than one trust has beds for people who wait: the whole list on paper, or on a wall.
WHOLE = 2000


@dataclass(frozen=True, slots=True)
class Shown:
    """Which of those who wait are asked for; empty is all."""

    ward: str = ""
    band: str = ""
    reason: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class HelpRow:
    """What the community does, who does it, and who said that it can."""

    action: str
    who: str
    ticked_by: str
    ticked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral of this stay, and the last thing its sender was told."""

    referral_id: UUID
    team_name: str
    sent_at: dt.datetime
    last_answer: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One person who waits. `things` says for each thing on their list what its answer is."""

    stay_id: UUID
    ward: str
    bay: str
    bed: str
    given_name: str
    family_name: str
    ready_at: dt.datetime
    reasons: tuple[str, ...]
    things: tuple[tuple[str, str], ...]
    support_ready: bool | None
    help: HelpRow | None
    referrals: tuple[ReferralLine, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A page of those who wait, and how many wait in all: whom the community can help, beside all others.

    `wards`, `bands` and `reasons` count everybody who waits.
    """

    page: Page[BoardRow]
    ticked: int
    others: int
    wards: dict[str, int]
    bands: dict[str, int]
    reasons: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What is asked of everybody who waits, to count and to choose a page by."""

    id: UUID
    ward: str
    bay: str
    bed: str
    ready_at: dt.datetime
    reasons: tuple[str, ...]
    ticked: bool

    @property
    def band(self) -> str:
        return band_of(days_since(self.ready_at)).code


@query(PLAN_GOING_HOME)
def board(scope: Scope, shown: Shown, number: int = 1) -> Board:
    """Everybody of the trust who is ready to go home and still in, by ward, the longest wait first.

    The wait is from the period of being ready that goes on now. Nobody restricted is in the list or the numbers.
    """
    everybody = _waiting(scope)
    wanted = sorted(
        (each for each in everybody if _is_wanted(each, shown)),
        key=lambda each: (each.ward.casefold(), each.ready_at, each.bay, each.bed, each.id),
    )
    size = WHOLE if shown.whole else lines(PAGE_SIZE)
    number = or_last(number, total=len(wanted), size=size)
    start = (number - 1) * size
    rows = _rows(scope, wanted[start : start + size])
    ticked = sum(each.ticked for each in everybody)
    return Board(
        page=Page(rows, number, size, len(wanted) > start + size, len(wanted)),
        ticked=ticked,
        others=len(everybody) - ticked,
        wards=_counted(each.ward for each in everybody),
        bands=_counted(each.band for each in everybody),
        reasons=_counted(code for each in everybody for code in set(each.reasons)),
    )


def _is_wanted(row: _Waiting, shown: Shown) -> bool:
    return (
        shown.ward in ("", row.ward)
        and shown.band in ("", row.band)
        and (not shown.reason or shown.reason in row.reasons)
    )


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _waiting(scope: Scope) -> list[_Waiting]:
    now = ReadyPeriod.objects.filter(stay=OuterRef("pk"), not_ready_at=None).order_by("-ready_at")
    ticks = CommunityHelp.objects.filter(stay=OuterRef("pk"), ended_at=None)
    rows = (
        shown_stays(scope)
        .filter(discharged_at=None, patient__died=False)
        .annotate(ready_at=Subquery(now.values("ready_at")[:1]), why=Subquery(now.values("reasons")[:1]))
        .filter(ready_at__isnull=False)
        .values_list("pk", "ward", "bay", "bed", "ready_at", "why", Exists(ticks))
    )
    return [
        _Waiting(pk, ward, bay, bed, ready_at, tuple(why or ()), ticked)
        for pk, ward, bay, bed, ready_at, why, ticked in rows
    ]


def _rows(scope: Scope, wanted: list[_Waiting]) -> tuple[BoardRow, ...]:
    ids = [each.id for each in wanted]
    known = shown_stays(scope).filter(pk__in=ids)
    people = {
        pk: (given, family, support)
        for pk, given, family, support in known.values_list(
            "pk", "patient__given_name", "patient__family_name", "home_list__support_ready"
        )
    }
    things, helped, sent = things_of(ids), help_of(ids), referrals_of(ids)
    return tuple(
        BoardRow(
            stay_id=each.id,
            ward=each.ward,
            bay=each.bay,
            bed=each.bed,
            given_name=people[each.id][0],
            family_name=people[each.id][1],
            ready_at=each.ready_at,
            reasons=each.reasons,
            things=things.get(each.id, ()),
            support_ready=people[each.id][2],
            help=helped.get(each.id),
            referrals=sent.get(each.id, ()),
        )
        for each in wanted
    )


def things_of(stay_ids: Collection[UUID]) -> dict[UUID, tuple[tuple[str, str], ...]]:
    """For each stay what was said of each thing on its list. Called inside a query."""
    found: dict[UUID, tuple[tuple[str, str], ...]] = {}
    rows = HomeItem.objects.filter(home_list__stay_id__in=stay_ids).order_by("pk")
    for stay_id, thing, answer in rows.values_list("home_list__stay_id", "thing", "answer"):
        found[stay_id] = (*found.get(stay_id, ()), (thing, answer))
    return found


def help_of(stay_ids: Collection[UUID]) -> dict[UUID, HelpRow]:
    """The tick of each stay that has one. Called inside a query."""
    rows = CommunityHelp.objects.filter(stay_id__in=stay_ids, ended_at=None)
    named = rows.values_list("stay_id", "action", "who", "ticked_by__name", "ticked_at")
    return {stay_id: HelpRow(what, who, by, at) for stay_id, what, who, by, at in named}


def referrals_of(stay_ids: Collection[UUID]) -> dict[UUID, tuple[ReferralLine, ...]]:
    """The referrals of each stay, oldest first, with the last thing the hospital was told. Called inside a query."""
    rows = list(
        StayReferral.objects.filter(stay_id__in=stay_ids)
        .order_by("sent__sent_at", "pk")
        .values_list("stay_id", "sent__referral_id", "sent__team__name", "sent__sent_at")
    )
    told = answers_to([referral_id for _, referral_id, _, _ in rows])
    found: dict[UUID, tuple[ReferralLine, ...]] = {}
    for stay_id, referral_id, team_name, sent_at in rows:
        answers = told.get(referral_id, ())
        line = ReferralLine(referral_id, team_name, sent_at, answers[-1].kind if answers else "")
        found[stay_id] = (*found.get(stay_id, ()), line)
    return found


@dataclass(frozen=True, slots=True)
class WallRow:
    """What a wall shows of one person: bed, initials, how long, why, and whether somebody helps. No name, no id."""

    ward: str
    bay: str
    bed: str
    initials: str
    ready_at: dt.datetime
    reasons: tuple[str, ...]
    ticked: bool


@query(PLAN_GOING_HOME)
def wall(scope: Scope, ward: str = "") -> tuple[WallRow, ...]:
    """Everybody who waits, of one ward if it is named, by bed: no name leaves this query."""
    wanted = [each for each in _waiting(scope) if ward in ("", each.ward)]
    first = F("patient__given_name"), F("patient__family_name")
    rows = shown_stays(scope).filter(pk__in=[each.id for each in wanted]).values_list("pk", *first)
    initials = {pk: "".join(name[:1].upper() for name in names) for pk, *names in rows}
    ordered = sorted(wanted, key=lambda each: (each.ward.casefold(), each.bay, each.bed, each.id))
    return tuple(
        WallRow(each.ward, each.bay, each.bed, initials[each.id], each.ready_at, each.reasons, each.ticked)
        for each in ordered
    )
