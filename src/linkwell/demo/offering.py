"""Marl Valley Hospitals: whom the rules find, what was offered to some of them, and what they said. All made up."""

import datetime as dt
from collections.abc import Sequence

from linkwell.core.scope import system_scope
from linkwell.demo.place import DemoPlace
from linkwell.hospital.actions import candidates as offering
from linkwell.hospital.actions.looking import look
from linkwell.hospital.queries.candidates import CandidateRow, Filters, candidates
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from linkwell.referrals.details import ReferralDetails


def offer_support(place: DemoPlace) -> None:
    """Once for a place, after its wards are filled: the rules are asked, and staff have begun to offer."""
    hospital = place.coordinator.organisation_id
    if look(system_scope(hospital, "building the demonstration"), {}).new == 0:
        return
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
