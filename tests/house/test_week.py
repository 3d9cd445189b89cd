"""If these fail, somebody is lost between partners, a report is wrong, or one organisation reads another's people."""

import pytest

from tests.prove.agreeing import differences, lists_differ
from tests.prove.network import crossed, nobodys, plant, shared_and_read
from tests.prove.next_acts import NEXT
from tests.prove.week import Week, asked


@pytest.fixture
def week(own_database: str) -> Week:
    lived = Week(7, NEXT)
    lived.live(40, 8, nights=4)
    return lived


def test_a_week_of_a_network_loses_nobody_counts_right_and_tells_nobody_else(week: Week) -> None:
    assert asked("SELECT count(*) FROM referrals_referral")[0][0] >= 40
    assert nobodys(week) == []
    wrong, compared = differences(week)
    assert wrong == []
    assert compared > 100
    assert lists_differ(week) == []
    assert crossed() == []
    assert shared_and_read() > 5
    plant()
    # Had a policy let everything through, it would have been seen.
    assert crossed()
