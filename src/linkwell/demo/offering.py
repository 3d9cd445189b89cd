"""Marl Valley Hospitals: whom the rules find, what was offered to some of them, and what they said. All made up."""

import datetime as dt
from collections.abc import Iterator, Sequence

from linkwell.core.scope import system_scope
from linkwell.demo.place import DemoPlace
from linkwell.hospital.actions import candidates as offering
from linkwell.hospital.actions.counting import keep_months
from linkwell.hospital.actions.looking import look
from linkwell.hospital.queries.candidates import CandidateRow, Filters, candidates, candidates_summary
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from linkwell.referrals.details import ReferralDetails

PROBLEMS = ("repeat_attendance", "emergency_readmission", "delayed_discharge", "conditions")


def offer_support(place: DemoPlace) -> None:
    """Once for a place, after its wards are filled: the rules are asked, and staff have begun to offer."""
    system = system_scope(place.coordinator.organisation_id, "building the demonstration")
    look(system, {})
    if candidates_summary(place.coordinator).counts["accepted"]:
        return
    keep_months(scope=system, counts={name: _months(number) for number, name in enumerate(PROBLEMS)})
    found = list(candidates(place.coordinator, Filters()))
    _some_said_yes(place, found[1:4])
    for row in found[4:6]:
        _offer(place, row, "chose_not")
    for row in found[6:8]:
        _offer(place, row, "")
    for row in found[8:9]:
        offering.ask_not(scope=place.coordinator, candidate_id=row.id, expected_version=row.version)
    for row in found[9:10]:
        offering.not_suitable(
            scope=place.clinician,
            candidate_id=row.id,
            expected_version=row.version,
            reason="too_unwell",
            review_on=clock.today() + dt.timedelta(days=14),
        )


def _months(number: int) -> Iterator[tuple[dt.date, int, int]]:
    """Three made-up years of one problem: the usual ups and downs, and last winter more than usual."""
    month = clock.today().replace(day=1)
    for back in range(36):
        month = (month - dt.timedelta(days=1)).replace(day=1)
        out_of = 5200 + 30 * (back % 7)
        winter = 0.02 if 8 <= back <= 11 else 0.0
        share = 0.08 + 0.02 * number + winter + 0.0008 * (back * (number + 3) % 11 - 5)
        yield month, round(out_of * share), out_of


def _some_said_yes(place: DemoPlace, rows: Sequence[CandidateRow]) -> None:
    """All but the last of them are referred already."""
    for row in rows:
        _offer(place, row, "accepted")
    for row in rows[:-1]:
        details = ReferralDetails(
            given_name=row.given_name,
            family_name=row.family_name,
            date_of_birth=row.born_on,
            phone="01632 960411",
            needs=("lonely",),
            knows="agrees",
            safe_phone=True,
            referrer_name=place.coordinator.actor_name,
            referrer_role="Marl Valley Hospitals",
        )
        # An offer and its answer: two changes since the row was read.
        offering.refer(
            scope=place.coordinator,
            candidate_id=row.id,
            expected_version=row.version + 2,
            team=place.team,
            submission_key=new_id(),
            details=details,
        )


def _offer(place: DemoPlace, row: CandidateRow, answer: str) -> None:
    offering.offer(
        scope=place.coordinator, candidate_id=row.id, expected_version=row.version, answer=answer, asked_alone=True
    )
