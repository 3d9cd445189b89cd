"""If these fail, a hospital takes for a wait what was none, or counts somebody who is in no number."""

import datetime as dt
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from linkwell.cohorts.activity import Activity
from linkwell.cohorts.engines.local import compiled
from linkwell.cohorts.rules import delayed_discharge
from linkwell.cohorts.tests.asking import asking
from linkwell.core.database import scoped
from linkwell.hospital.models import Candidate, Offer, Patient, ReadyPeriod, Stay
from linkwell.hospital.number_words import not_counted
from linkwell.hospital.queries.waited import waits
from linkwell.hospital.tests.candidate_people import Hospital, a_hospital
from linkwell.kernel import clock
from tests.place import sign_in

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
STAYS = 400


@pytest.fixture
def hospital() -> Hospital:
    return a_hospital()


def a_stay(hospital: Hospital, days: int, *periods: tuple[int, int | None], **facts: Any) -> Stay:
    """A stay of so many days that ended ten days ago; each period as days from its first day."""
    mine, left = {"organisation_id": hospital.organisation_id}, clock.now() - 10 * DAY
    first = left - days * DAY
    with scoped(hospital.system):
        patient = Patient.objects.create(**mine, given_name="Joan", family_name="Quillfeather", **facts)
        stay = Stay.objects.create(
            **mine, patient=patient, visit="1", stay_class="inpatient", admitted_at=first, discharged_at=left
        )
        for ready, ended in periods:
            until = None if ended is None else first + ended * DAY
            ReadyPeriod.objects.create(**mine, stay=stay, ready_at=first + ready * DAY, not_ready_at=until)
    return stay


def said_yes(hospital: Hospital, patient: Patient, at: dt.datetime) -> None:
    mine = {"organisation_id": hospital.organisation_id}
    by = hospital.clinician.user_id
    with scoped(hospital.system):
        row = Candidate.objects.create(**mine, patient=patient, state="accepted", found_at=at)
        Offer.objects.create(
            **mine, candidate=row, offered_at=at, offered_by_id=by, answer="accepted", answered_at=at, recorded_by_id=by
        )


def test_only_a_last_period_that_lasted_until_they_left_is_a_wait(hospital: Hospital) -> None:
    a_stay(hospital, 30, (2, 5), (26, None))
    a_stay(hospital, 30, (25, 30))
    # Not ready any more for the last 18 days: the 20 days before are no wait.
    a_stay(hospital, 38, (0, 20))
    a_stay(hospital, 5)
    a_stay(hospital, 0)
    found = waits(hospital.clerk.scope)
    assert (found.supported, found.others, found.missing) == ((), (0, 4, 5), 2)
    assert "2 stays" in not_counted(found)
    page = sign_in(hospital.administrator).get("/hospital/numbers/").content.decode()
    assert not_counted(found) in page


def test_nobody_restricted_and_nobody_made_up_is_counted(hospital: Hospital) -> None:
    for facts in ({"restricted": True}, {"test": True}):
        a_stay(hospital, 30, (10, None), **facts)
        a_stay(hospital, 30, **facts)
    found = waits(hospital.clerk.scope)
    assert (found.supported, found.others, found.missing) == ((), (), 0)


def test_a_yes_under_a_record_that_was_joined_is_theirs(hospital: Hospital) -> None:
    """They had support: counted among the others, their short wait would hide what support did."""
    stay = a_stay(hospital, 30, (27, None))
    with scoped(hospital.system):
        older = Patient.objects.create(
            organisation_id=hospital.organisation_id, merged_into=stay.patient, cluster=stay.patient.cluster
        )
    said_yes(hospital, older, clock.now() - 12 * DAY)
    late = a_stay(hospital, 30, (24, None))
    said_yes(hospital, late.patient, clock.now() - 2 * DAY)
    found = waits(hospital.clerk.scope)
    assert (found.supported, found.others) == ((3,), (6,))


def test_the_page_and_the_rule_count_the_same_waits(hospital: Hospital, tmp_path: Path) -> None:
    """The rule of `cohorts` is asked of the same stays in another engine."""
    stays, periods, yes = _made_up(hospital, random.Random(11))
    expected: Counter[tuple[int | None, bool]] = Counter()
    for spell, waited in _by_the_rule(stays, periods, tmp_path).items():
        expected[waited, spell in yes] += 1
    found = waits(hospital.clerk.scope)
    counted = Counter([(days, True) for days in found.supported] + [(days, False) for days in found.others])
    assert counted == {key: stays for key, stays in expected.items() if key[0] is not None}
    assert found.missing == expected[None, True] + expected[None, False]
    assert min(len(found.supported), len(found.others), found.missing) > STAYS // 10


def _made_up(hospital: Hospital, chance: random.Random) -> tuple[list[Stay], list[ReadyPeriod], set[str]]:
    """Stays at all hours, also round midnight and the change of the clocks; and those whose patient had said yes."""
    mine = {"organisation_id": hospital.organisation_id}
    people = [Patient(**mine, given_name="Joan", family_name="Quillfeather") for _ in range(STAYS)]
    stays, periods, yes = [], [], set()
    today = clock.today()
    for person in people:
        left = clock.at(today - chance.randint(2, 360) * DAY, dt.time(chance.choice((0, 9, 23)), 30))
        first = left - dt.timedelta(hours=chance.choice((2, 9, 30, 24 * chance.randint(2, 40))))
        stay = Stay(**mine, patient=person, visit="1", stay_class="inpatient", admitted_at=first, discharged_at=left)
        stays.append(stay)
        length = (left - first) / dt.timedelta(hours=1)
        for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
            ready = first + dt.timedelta(hours=chance.uniform(0, length + 12))
            ends = [None, left, left - dt.timedelta(hours=20), left + dt.timedelta(hours=30), ready + 2 * DAY]
            ended = chance.choice(ends)
            kept = ended if ended is None or ended >= ready else None
            periods.append(ReadyPeriod(**mine, stay=stay, ready_at=ready, not_ready_at=kept))
        if chance.random() < 0.4:
            yes.add(str(stay.pk))
    with scoped(hospital.system):
        Patient.objects.bulk_create(people)
        Stay.objects.bulk_create(stays)
        ReadyPeriod.objects.bulk_create(periods)
    for stay in stays:
        if str(stay.pk) in yes:
            assert stay.discharged_at is not None
            said_yes(hospital, stay.patient, stay.discharged_at - dt.timedelta(minutes=5))
    return stays, periods, yes


def _by_the_rule(stays: list[Stay], periods: list[ReadyPeriod], folder: Path) -> dict[str, int | None]:
    spells = [
        {
            "spell_id": str(each.pk), "person_id": str(each.patient_id),
            "admitted_at": _civil(each.admitted_at), "discharged_at": _civil(each.discharged_at),
        }
        for each in stays
    ]  # fmt: skip
    delays = [
        {"spell_id": str(each.stay_id), "ready_at": _civil(each.ready_at), "not_ready_at": _civil(each.not_ready_at)}
        for each in periods
    ]
    with asking(folder) as tables:
        tables.holds(spells=spells, delays=delays)
        asked = compiled(delayed_discharge.waits(Activity(clock.today())).select("spell_id", "waited"))
        return dict(tables.con.execute(asked).fetchall())


def _civil(moment: dt.datetime | None) -> dt.datetime | None:
    return clock.london(moment).replace(tzinfo=None) if moment else None
