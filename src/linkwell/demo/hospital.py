"""Marl Valley Hospitals: who is on its wards, who waits to go home, and what is done about it. All made up."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from linkwell.core import worker
from linkwell.core.scope import Scope, system_scope
from linkwell.demo.actions import say_of_a_hospital, say_that_lists_came
from linkwell.demo.names import LISTS, Character, character
from linkwell.demo.place import DemoPlace
from linkwell.demo.queries import stays_by_visit
from linkwell.hospital.actions import open_feed, process_all, receive
from linkwell.hospital.actions.going_home import (
    record_asked_alone,
    record_home_event,
    save_home_list,
    tick_community_help,
)
from linkwell.hospital.actions.programmes import set_up_programme, take_on
from linkwell.hospital.actions.stay_referrals import refer_from_stay
from linkwell.hospital.discharge_details import AskedAlone, ItemDetails, ProgrammeDetails
from linkwell.interop.hospital_events import HospitalEvent, Identifier, Kind, Location, PersonFacts, VisitFacts
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from linkwell.referrals.details import ReferralDetails

DAY = dt.timedelta(days=1)
# A message whose time nobody can read, for whoever looks after the feeds.
UNREADABLE = (
    b"MSH|^~\\&|PAS|MARL|LINKWELL|RZW01|||ADT^A01|DEMO1|P|2.4\rEVN|A01|this morning\rPID|1||9000001^^^MARL^MR\r"
)
WARDS = ("Elm", "Oak", "Rowan", "Stroke unit")
# Days since ready, in the bands a trust sees most and least of.
WAITS = (0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 7, 8, 9, 11, 12, 13, 14, 16, 18, 19, 23, 34)
REASONS = (
    *("pathway_1_start_of_care", "medicines", "transport", "equipment_adaptations", "therapy_decision"),
    *("pathway_3_bed", "no_plan", "family_not_in_agreement", "homeless", "pathway_1_start_of_care", "safeguarding"),
)
HELP = (
    ("Meet her at home, heating on and food in", "Good Neighbours Wexcombe"),
    ("Look after the dog until Friday", "Marl Valley Pet Friends"),
    ("Drive home and settle in", "Wexcombe Community Links"),
    ("Shop and call in for the first week", "Good Neighbours Wexcombe"),
    ("Fit a key safe and a grab rail", "Wexcombe Care and Repair"),
    ("Sit with him while his wife rests", "Carers’ Hub"),
)
NOT_READY, WENT_HOME, WINTER = 14, 6, 24
# National categories of ethnic background, one for each stay in turn; a space is none that was sent.
ETHNIC_CATEGORIES = "AAHAAMAA AJBANAZ"
SEXES = (("she", "F"), ("he", "M"))


@dataclass(frozen=True, slots=True)
class _Stay:
    """One made-up stay, in days before now."""

    number: int
    who: Character
    ward: str
    came: int
    ready: int | None = None
    left: int | None = None
    reason: str = ""
    restricted: bool = False

    @property
    def visit(self) -> str:
        return f"V{self.number:05}"


def admit(place: DemoPlace, waiting: int = len(WAITS)) -> None:
    """Once for a place: wards, a filled board, last winters' waits, and a programme for this one."""
    system = system_scope(place.coordinator.organisation_id, "building the demonstration")
    if stays_by_visit(system):
        return
    stays = _stays(waiting)
    wards = open_feed(scope=system, kind="ward_list", name="Ward list")
    ready = open_feed(scope=system, kind="ready_list", name="Ready-to-go-home list")
    system_of_theirs = open_feed(scope=system, kind="adt", name="Patient administration system")
    receive(scope=system, feed_id=system_of_theirs, messages=[UNREADABLE])
    say_of_a_hospital(scope=system, feed_id=wards, events=[each for stay in stays for each in _on_the_ward(stay)])
    say_of_a_hospital(scope=system, feed_id=ready, events=[each for stay in stays for each in _ready(stay)])
    say_that_lists_came(scope=system, feed_id=ready, rows=_listed(stays))
    process_all(system)
    ids = stays_by_visit(system)
    _plan(place, [(ids[stay.visit], stay) for stay in stays if stay.left is None and stay.ready is not None])
    gone = [stay for stay in stays if stay.left == 1]
    for stay in gone:
        _list(place.coordinator, ids[stay.visit], stay.number)
    say_of_a_hospital(scope=system, feed_id=wards, events=[_event(stay, Kind.LEAVE, 1) for stay in gone])
    process_all(system)
    while worker.work_off():
        pass


def _stays(waiting: int) -> list[_Stay]:
    chance = random.Random(5)  # noqa: S311 (made-up people)
    today = clock.today()
    made: list[_Stay] = []

    def stay(came: int, ready: int | None = None, left: int | None = None) -> None:
        number = len(made)
        who = character(chance, 500 + number, (58, 95), today)
        reason = REASONS[number % len(REASONS)]
        made.append(_Stay(number, who, WARDS[number % len(WARDS)], came, ready, left, reason))

    for number, days in enumerate(WAITS[:waiting]):
        stay(days + 3 + number % 9, days)
    for number in range(min(NOT_READY, waiting)):
        stay(1 + number % 6)
    for number in range(min(WENT_HOME, waiting)):
        stay(9 + number, 4, 1)
    for year in (364, 728):
        for number in range(min(WINTER, waiting) + year // 182):
            begun = year + 21 - number
            stay(begun + 4, begun, begun - 1 - number % 8)
    # Somebody whose record is restricted waits too, and is on no board.
    made[3] = replace(made[3], restricted=True)
    return made


def _on_the_ward(stay: _Stay) -> Iterator[HospitalEvent]:
    yield _event(stay, Kind.ADMIT, stay.came)
    if stay.left is not None and stay.left > 1:
        yield _event(stay, Kind.LEAVE, stay.left)


def _ready(stay: _Stay) -> Iterator[HospitalEvent]:
    if stay.ready is not None:
        yield _event(stay, Kind.READY, stay.ready)


def _listed(stays: list[_Stay]) -> dict[dt.datetime, int]:
    """How many were on the list of each week, from the first that is told of until today."""
    waits = [(stay.ready, stay.left or 0) for stay in stays if stay.ready is not None]
    first = max((ready for ready, _ in waits), default=0)
    return {
        clock.now() - days * DAY: sum(left <= days <= ready for ready, left in waits) for days in range(0, first + 7, 7)
    }


def _event(stay: _Stay, kind: Kind, days: int) -> HospitalEvent:
    at = clock.now() - days * DAY - dt.timedelta(minutes=30 if days else 5)
    bed = stay.number // len(WARDS)
    visit = VisitFacts(
        number=stay.visit,
        stay_class="inpatient",
        location=Location(ward=stay.ward, bay=str(bed // 6 + 1), bed=str(bed % 6 + 1), site="Marl Valley"),
        admitted_at=at if kind is Kind.ADMIT else None,
        discharged_at=at if kind is Kind.LEAVE else None,
        discharge_method="1" if kind is Kind.LEAVE else None,
        discharge_destination="19" if kind is Kind.LEAVE else None,
        reasons=(stay.reason,) if kind is Kind.READY else (),
    )
    subject = Identifier("MARLPAS", f"M{stay.number:06}")
    return HospitalEvent(kind, subject, at, at, at, _person(stay), visit)


def _person(stay: _Stay) -> PersonFacts:
    who = stay.who
    return PersonFacts(
        family_name=who.family_name,
        given_name=who.given_name,
        born_on=who.date_of_birth.isoformat(),
        address=who.address,
        postcode=who.postcode,
        phone=who.phone,
        language=who.language,
        sex=next((code for said, code in SEXES if who.given_name in LISTS[said]), None),
        ethnic_category=ETHNIC_CATEGORIES[stay.number % len(ETHNIC_CATEGORIES)].strip() or None,
        restricted=stay.restricted,
    )


def _plan(place: DemoPlace, waiting: list[tuple[UUID, _Stay]]) -> None:
    """Lists, ticks, a referral and this winter's programme, for some of those who wait."""
    scope, today = place.coordinator, clock.today()
    seen = [(stay_id, stay) for stay_id, stay in waiting if not stay.restricted]
    for number, (stay_id, _) in enumerate(seen):
        if number % 2 == 0:
            _list(scope, stay_id, number)
        if number % 3 == 0:
            what, who = HELP[number // 3 % len(HELP)]
            tick_community_help(scope=scope, stay_id=stay_id, what=what, who=who)
    details = ProgrammeDetails(
        name="Home for winter",
        team="Two link workers, a driver and a handyperson",
        eligibility="Ready to go home, lives in Wexcombe, and could go with a little help in the first two weeks.",
        starts_on=today - 21 * DAY,
        ends_on=today + 90 * DAY,
        weekly_places=6,
    )
    programme_id = set_up_programme(scope=scope, details=details)
    for stay_id, _ in seen[:4]:
        take_on(scope=scope, programme_id=programme_id, stay_id=stay_id)
    for stay_id, stay in seen[4:6]:
        _refer(place, stay_id, stay)


def _list(scope: Scope, stay_id: UUID, number: int) -> None:
    """What was asked so far, a little different for each."""
    today = clock.today()
    items = [
        ItemDetails("heating", ("in_place", "needed", "not_needed")[number % 3], "His daughter", today + DAY),
        ItemDetails("food", ("needed", "in_place")[number % 2], "Good Neighbours", today + DAY),
        ItemDetails("key", ("in_place", "not_needed")[number % 2]),
        ItemDetails("medicines", ("needed", "in_place", "in_place")[number % 3], "Ward pharmacist", today),
        ItemDetails("transport", ("in_place", "needed")[number % 2], "Patient transport", today + DAY),
        ItemDetails("pet", ("not_needed", "not_needed", "needed")[number % 3]),
        ItemDetails("conversation", ("needed", "in_place")[number % 2], "Wexcombe link workers", today + 2 * DAY),
    ]
    support = (None, True, False)[number % 3]
    save_home_list(scope=scope, stay_id=stay_id, expected_version=0, items=items, support_ready=support)
    if number % 4 == 0:
        said = AskedAlone("My neighbour Joan", "My nephew", ("yes", "unsure")[number % 8 // 4], "able")
        record_asked_alone(scope=scope, stay_id=stay_id, expected_version=2, said=said)
        record_home_event(
            scope=scope,
            stay_id=stay_id,
            kind=("visit", "handover")[number % 8 // 4],
            happened_at=clock.now() - dt.timedelta(hours=20),
            who="Sam Okafor, link worker, with the ward sister",
        )


def _refer(place: DemoPlace, stay_id: UUID, stay: _Stay) -> None:
    who = stay.who
    details = ReferralDetails(
        given_name=who.given_name,
        family_name=who.family_name,
        date_of_birth=who.date_of_birth,
        phone=who.phone,
        postcode=who.postcode,
        needs=("lonely",),
        why="Would like somebody to call in after they are home.",
        knows="agrees",
        source="professional",
        safe_phone=True,
        referrer_name=place.coordinator.actor_name,
        referrer_role="Discharge co-ordinator",
    )
    refer_from_stay(scope=place.coordinator, stay_id=stay_id, team=place.team, submission_key=new_id(), details=details)
