"""If these fail, a stay begins or ends at an hour that was not."""

from __future__ import annotations

import pytest

from linkwell.interop.hl7v2.times import moment, written
from linkwell.kernel.errors import Invalid


@pytest.mark.fault("F12")
@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("20260701120000", "2026-07-01T11:00:00+00:00"),
        ("202601011200", "2026-01-01T12:00:00+00:00"),
        ("20260701", "2026-06-30T23:00:00+00:00"),
        ("20240229080000", "2024-02-29T08:00:00+00:00"),
        # Summer time ends: half past one comes twice, and an offset says which.
        ("20261025013000", "2026-10-25T00:30:00+00:00"),
        ("20261025013000+0100", "2026-10-25T00:30:00+00:00"),
        ("20261025013000+0000", "2026-10-25T01:30:00+00:00"),
        # It starts: half past one never comes.
        ("20270328013000", "2027-03-28T01:30:00+00:00"),
        ("20260701120000.1234+0215", "2026-07-01T09:45:00.123400+00:00"),
    ],
)
def test_times_are_those_of_a_uk_wall_unless_they_say_otherwise(text: str, utc: str) -> None:
    assert moment(text, "EVN-2").isoformat() == utc


@pytest.mark.parametrize("text", ["2026-07-01", "20261301", "20230229", "202607012460", "soon", "٢٠٢٦٠٧٠١"])
def test_a_time_that_is_none_names_its_field(text: str) -> None:
    with pytest.raises(Invalid, match="PV1-44"):
        moment(text, "PV1-44")


def test_our_own_times_come_back_the_same() -> None:
    there = moment("20261025013000+0000", "MSH-7")
    assert moment(written(there), "MSH-7") == there
