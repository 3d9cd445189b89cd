"""If these fail, a letter goes to somebody who died in hospital, or support is ended for somebody who is alive."""

import datetime as dt
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from linkwell.accounts.models import Organisation
from linkwell.accounts.queries import team
from linkwell.casework import actions as casework
from linkwell.casework.details import ClosingDetails
from linkwell.casework.models import Case
from linkwell.casework.queries import case
from linkwell.casework.tests.helpers import accepted
from linkwell.core.database import scoped
from linkwell.core.scope import system_scope
from linkwell.core.worker import work_off
from linkwell.hospital.actions.candidates import refer_restricted
from linkwell.hospital.actions.deaths import tell_of_death
from linkwell.hospital.actions.stay_referrals import refer_from_stay
from linkwell.hospital.models import Patient, Stay
from linkwell.hospital.replaying import replay
from linkwell.hospital.tests.sending import message, write
from linkwell.hospital.tests.stays import DETAILS, Hospital, a_hospital, accept, in_one_network, referred
from linkwell.kernel import clock
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from linkwell.people.models import Death, Person
from linkwell.people.queries import death_of, has_died
from linkwell.tasks.models import Task
from tests.place import Place

pytestmark = pytest.mark.django_db
BORN, NUMBER = dt.date(1958, 4, 12), "9434765919"


@pytest.fixture
def trust() -> Hospital:
    return a_hospital()


@pytest.fixture
def supported(trust: Hospital, place: Place) -> UUID:
    """A patient whom the hospital referred and the team now supports."""
    patient_id, referral_id = referred(trust, place)
    accept(place, referral_id)
    work()
    return patient_id


def work(rounds: int = 6) -> None:
    for _ in range(rounds):
        work_off(200)


def dies(trust: Hospital, patient_id: UUID, *, died: bool = True) -> None:
    trust.died(patient_id, died=died)
    for _ in range(2):
        tell_of_death(scope=trust.system, patient_id=patient_id)
    work()


def deaths(place: Place) -> list[tuple[str, bool, bool]]:
    """Who told it, whether it is confirmed, and whether it stands."""
    with scoped(place.system):
        rows = Death.objects.filter(organisation_id=place.organisation_id).order_by("pk")
        return [(row.told_by_name, row.confirmed, row.undone_at is None) for row in rows]


def to_do(place: Place) -> set[str]:
    with scoped(place.system):
        rows = Task.objects.filter(organisation_id=place.organisation_id, state="open")
        return {kind for kind in rows.values_list("kind", flat=True) if kind.startswith("death")}


def the_person(place: Place) -> UUID:
    with scoped(place.system):
        return Person.objects.get(organisation_id=place.organisation_id, family_name="Pickering").pk


def test_a_death_in_hospital_is_reported_once_and_a_person_confirms_it(
    trust: Hospital, place: Place, supported: UUID
) -> None:
    with scoped(trust.system):
        Patient.objects.filter(pk=supported).update(died=True, died_at=clock.now())
    dies(trust, supported)
    assert deaths(place) == [("Marl Valley Hospitals", False, True)]
    assert to_do(place) == {"death_confirm", "death_family"}
    told = death_of(place.lead.scope, the_person(place))
    assert told is not None
    assert (told.details.source, told.recorded_by) == ("hospital", "")
    assert dt.date(told.details.year or 0, told.details.month or 0, told.details.day or 0) == clock.today()
    sure = DeathDetails(source="family", confirmed=True)
    people.record_death(scope=place.lead.scope, person_id=the_person(place), details=sure)
    dies(trust, supported)
    assert [(confirmed, stands) for _, confirmed, stands in deaths(place)] == [(True, True)]


def test_a_death_the_hospital_takes_back_stops_nothing_more_and_somebody_sees_to_what_it_stopped(
    trust: Hospital, place: Place, supported: UUID
) -> None:
    dies(trust, supported)
    dies(trust, supported, died=False)
    assert deaths(place) == [("Marl Valley Hospitals", False, False)]
    assert not has_died(place.lead.scope, the_person(place))
    assert to_do(place) == {"death_mistake"}
    dies(trust, supported)
    assert [stands for _, _, stands in deaths(place)] == [False, True]


def test_what_a_person_confirmed_is_not_undone_by_a_machine_but_looked_at_again(
    trust: Hospital, place: Place, supported: UUID
) -> None:
    dies(trust, supported)
    sure = DeathDetails(source="hospital", confirmed=True)
    people.record_death(scope=place.lead.scope, person_id=the_person(place), details=sure)
    work()
    dies(trust, supported, died=False)
    assert [(confirmed, stands) for _, confirmed, stands in deaths(place)] == [(True, True)]
    assert "death_doubt" in to_do(place)


def test_what_a_person_found_wrong_is_not_told_again_by_every_message(
    trust: Hospital, place: Place, supported: UUID
) -> None:
    dies(trust, supported)
    people.undo_death(scope=place.lead.scope, person_id=the_person(place), reason="Another person of the same name")
    work()
    assert to_do(place) == set()
    dies(trust, supported)
    assert [stands for _, _, stands in deaths(place)] == [False]
    dies(trust, supported, died=False)
    assert to_do(place) == set()


def test_a_referral_that_waits_is_looked_at_before_anybody_rings_and_its_person_is_not_written_to(
    trust: Hospital, place: Place
) -> None:
    patient_id, referral_id = referred(trust, place)
    dies(trust, patient_id)
    assert (to_do(place), deaths(place)) == ({"death_referral"}, [])
    dies(trust, patient_id, died=False)
    assert to_do(place) == set()
    trust.died(patient_id)
    accept(place, referral_id)
    work()
    assert [(confirmed, stands) for _, confirmed, stands in deaths(place)] == [(False, True)]


def test_after_support_ended_nothing_is_sent_either_and_somebody_is_asked_to_confirm(
    trust: Hospital, place: Place, supported: UUID
) -> None:
    person_id = the_person(place)
    with scoped(place.system):
        case_id = Case.objects.get(person_id=person_id).pk
    row = case(place.worker.scope, case_id)
    casework.close(
        scope=place.worker.scope,
        case_id=case_id,
        expected_version=row.version,
        closing=ClosingDetails("moved_away", "Wexmouth"),
    )
    dies(trust, supported)
    assert has_died(place.lead.scope, person_id)
    assert to_do(place) == {"death_confirm"}
    sure = DeathDetails(source="family", confirmed=True)
    people.record_death(scope=place.lead.scope, person_id=person_id, details=sure)
    work()
    assert to_do(place) == set()


@pytest.mark.parametrize("agreed", [True, False])
def test_a_death_is_told_where_the_person_agreed_and_nowhere_else(
    trust: Hospital,
    place: Place,
    agreed: bool,
) -> None:
    case_id = accepted(place, place.worker.user_id, date_of_birth=BORN, nhs_number=NUMBER)
    person_id = case(place.worker.scope, case_id).person_id
    in_one_network(trust, place)
    if agreed:
        people.record_agreement(
            scope=place.worker.scope, person_id=person_id, subject="hospital_tells", how="spoken", answer="agreed"
        )
        work()
    patient_id = trust.patient("Joan", "Pickering", nhs_number=NUMBER, number_status="verified", born_on=BORN)
    dies(trust, patient_id)
    assert has_died(place.lead.scope, person_id) is agreed


@pytest.mark.fault("F17")
def test_of_somebody_restricted_the_death_is_told_without_the_hospital(trust: Hospital, place: Place) -> None:
    patient_id = trust.patient(restricted=True)
    trust.stay(patient_id)
    sent = refer_restricted(
        scope=trust.clinician.scope,
        patient_id=patient_id,
        team=team(place.team_id),
        submission_key=uuid4(),
        details=DETAILS,
    )
    accept(place, sent.referral_id)
    dies(trust, patient_id)
    assert deaths(place) == [("", False, True)]


@pytest.mark.parametrize("how", ["alone", "with the discharge"])
def test_a_message_that_changes_no_stay_tells_of_the_death_and_of_its_correction(
    place: Place, tmp_path: Path, how: str
) -> None:
    trust = a_hospital()
    said = {"nhs": "", "family": "PICKERING", "given": "MAUREEN"}
    replay(trust.system, [write(tmp_path, message("A01", "20261102091000", **said))])  # type: ignore[arg-type]
    with scoped(trust.system):
        stay_id = Stay.objects.get().pk
    sent = refer_from_stay(
        scope=trust.coordinator.scope,
        stay_id=stay_id,
        team=team(place.team_id),
        submission_key=uuid4(),
        details=DETAILS,
    )
    accept(place, sent.referral_id)
    work()
    if how == "with the discharge":
        news = message("A03", "20261105150000", method="4", **said)  # type: ignore[arg-type]
        back = message("A13", "20261106090000", **said)  # type: ignore[arg-type]
    else:
        news = _with_death(message("A31", "20261105150000", **said), "20261104|Y")  # type: ignore[arg-type]
        back = _with_death(message("A31", "20261106090000", **said), '""|N')  # type: ignore[arg-type]
    for told, expected in ((news, True), (news, True), (back, False)):
        replay(trust.system, [write(tmp_path, told)])
        work()
        assert [stands for _, _, stands in deaths(place)] == [expected]


def _with_death(sent: bytes, value: str) -> bytes:
    lines = sent.decode().split("\r")
    at = next(number for number, each in enumerate(lines) if each.startswith("PID|"))
    fields = lines[at].split("|")
    lines[at] = "|".join(fields + [""] * (29 - len(fields)) + [value])
    return "\r".join(lines).encode()


def test_a_death_told_before_the_person_agreed_is_told_once_they_did(trust: Hospital, place: Place) -> None:
    """The news may wait in the hospital's systems for days."""
    case_id = accepted(place, place.worker.user_id, date_of_birth=BORN, nhs_number=NUMBER)
    person_id = case(place.worker.scope, case_id).person_id
    in_one_network(trust, place)
    patient_id = trust.patient("Joan", "Pickering", nhs_number=NUMBER, number_status="verified", born_on=BORN)
    dies(trust, patient_id)
    people.record_agreement(
        scope=place.worker.scope, person_id=person_id, subject="hospital_tells", how="spoken", answer="agreed"
    )
    work()
    assert has_died(place.lead.scope, person_id)


def test_another_hospital_of_the_same_name_and_number_takes_nothing_back(
    trust: Hospital, place: Place, supported: UUID
) -> None:
    dies(trust, supported)
    other = Organisation.objects.create(code="RZX01", name="Far Hospitals", kind="trust")
    there = system_scope(other.pk, "test")
    with scoped(there):
        same = Patient.objects.create(organisation_id=other.pk, given_name="Maureen", family_name="Pickering")
    tell_of_death(scope=there, patient_id=same.pk)
    work()
    assert [stands for _, _, stands in deaths(place)] == [True]
