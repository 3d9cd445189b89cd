"""If these fail, the hospital's messages do not add up to who is where."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkwell.core.scope import Scope, system_scope
from linkwell.hospital import queries
from linkwell.hospital.cli.adt import stay_json
from linkwell.hospital.replaying import replay
from linkwell.hospital.tests.sending import message, write
from tests.place import Place


@pytest.fixture
def hospital(place: Place) -> Scope:
    return system_scope(place.practice_id, "test")


def test_a_stay_is_told_from_admission_to_discharge(hospital: Scope, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        message("A01", "20261102091000", expected="20261106"),
        message("A02", "20261103100000", location="W3^C^1"),
        message("A03", "20261105150000", location="W3^C^1"),
    )
    result = replay(hospital, [path])
    assert result.as_json() == {"accepted": 3, "processed": 3, "parked": [], "rejected": []}
    (row,) = queries.all_stays(hospital)
    assert stay_json(row) == {
        "patient": {"hospital_number": "H100", "nhs_number": "9434765919", "merged_from": []},
        "visit_number": "V1",
        "class": "inpatient",
        "admitted_at": "2026-11-02T09:10:00Z",
        "discharged_at": "2026-11-05T15:00:00Z",
        "expected_discharge_at": "2026-11-06T00:00:00Z",
        "moves": [
            {"location": "W12^B^4", "from": "2026-11-02T09:10:00Z", "to": "2026-11-03T10:00:00Z"},
            {"location": "W3^C^1", "from": "2026-11-03T10:00:00Z", "to": "2026-11-05T15:00:00Z"},
        ],
    }
