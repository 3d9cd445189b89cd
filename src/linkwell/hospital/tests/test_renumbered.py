"""If these fail, what staff wrote of a stay is lost when the hospital gives it another number: nobody follows up."""

from pathlib import Path
from uuid import UUID

import pytest

from linkwell.core.database import scoped
from linkwell.hospital.actions.follow_ups import keep_follow_ups
from linkwell.hospital.discharge_details import ItemDetails
from linkwell.hospital.models import FollowUp, Stay
from linkwell.hospital.replaying import replay
from linkwell.hospital.tests.sending import message, write
from linkwell.hospital.tests.stays import Hospital, a_hospital, begin

pytestmark = [pytest.mark.django_db, pytest.mark.fault("F6")]
ADMITTED, MOVED, LATER, LEFT = "20261102091000", "20261103100000", "20261104100000", "20261105150000"


@pytest.fixture
def trust() -> Hospital:
    return a_hospital()


def _took(trust: Hospital, folder: Path, *messages: bytes) -> None:
    """Each by itself, as a line brings them."""
    for each in messages:
        replay(trust.system, [write(folder, each)])


def _with_a_list(trust: Hospital, folder: Path, *messages: bytes) -> UUID:
    _took(trust, folder, *messages)
    with scoped(trust.system):
        stay_id = Stay.objects.get().pk
    begin(trust, stay_id, ItemDetails("food", "in_place"))
    return stay_id


def _planned(trust: Hospital) -> list[tuple[UUID, str, int]]:
    """The stays there are, each with its number and how many follow-ups it has."""
    with scoped(trust.system):
        rows = list(Stay.objects.filter(no_stay=""))
        keep_follow_ups(scope=trust.system, patient_id=rows[0].patient_id)
        return [
            (row.pk, row.visit_number, FollowUp.objects.filter(home_list__stay=row, state="due").count())
            for row in rows
        ]


def _renumbered(at: str, before: str, after: str) -> bytes:
    return message("A45", at, visit=after, more=(f"MRG|H100^^^WEXPAS^MR||||{before}", f"PV1|1|I|{'|' * 16}{after}"))


def test_a_list_stays_with_a_stay_that_was_known_by_its_account_first(trust: Hospital, tmp_path: Path) -> None:
    stay_id = _with_a_list(trust, tmp_path, message("A01", ADMITTED, visit="", account="ACC1"))
    _took(trust, tmp_path, message("A02", MOVED, account="ACC1", location="W3"), message("A03", LEFT, account="ACC1"))
    assert _planned(trust) == [(stay_id, "V1", 3)]


def test_a_list_stays_with_a_stay_that_had_no_number_at_all_at_first(trust: Hospital, tmp_path: Path) -> None:
    stay_id = _with_a_list(trust, tmp_path, message("A01", ADMITTED, visit=""))
    _took(trust, tmp_path, message("A02", MOVED, admitted=ADMITTED, location="W3"), message("A03", LEFT))
    assert _planned(trust) == [(stay_id, "V1", 3)]


def test_a_list_stays_with_a_stay_that_gets_another_number(trust: Hospital, tmp_path: Path) -> None:
    stay_id = _with_a_list(trust, tmp_path, message("A01", ADMITTED))
    _took(trust, tmp_path, _renumbered(MOVED, "V1", "V2"), message("A02", LATER, visit="V2", location="W3"))
    _took(trust, tmp_path, message("A03", LEFT, visit="V2"))
    assert _planned(trust) == [(stay_id, "V2", 3)]


def test_a_list_stays_with_a_stay_that_gets_its_old_number_back(trust: Hospital, tmp_path: Path) -> None:
    stay_id = _with_a_list(trust, tmp_path, message("A01", ADMITTED))
    _took(trust, tmp_path, _renumbered(MOVED, "V1", "V2"), _renumbered(LATER, "V2", "V1"), message("A03", LEFT))
    assert _planned(trust) == [(stay_id, "V1", 3)]


def test_a_list_stays_with_a_stay_whose_patient_record_was_joined_twice(trust: Hospital, tmp_path: Path) -> None:
    stay_id = _with_a_list(trust, tmp_path, message("A01", ADMITTED))
    _took(trust, tmp_path, message("A40", MOVED, patient="H200", merged="H100"))
    _took(trust, tmp_path, message("A40", LATER, patient="H300", merged="H200"), message("A03", LEFT, patient="H300"))
    assert _planned(trust) == [(stay_id, "V1", 3)]


def test_a_second_stay_under_the_same_account_takes_nothing_from_the_first(trust: Hospital, tmp_path: Path) -> None:
    stay_id = _with_a_list(trust, tmp_path, message("A01", ADMITTED, visit="", account="ACC1"))
    _took(trust, tmp_path, message("A03", LEFT, account="ACC1"))
    _took(trust, tmp_path, message("A01", "20261107090000", visit="V2", account="ACC1"))
    assert (stay_id, "V1") in [(row, number) for row, number, _ in _planned(trust)]
