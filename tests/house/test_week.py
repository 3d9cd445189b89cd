"""If these fail, somebody is lost between partners, a report is wrong, or one organisation reads another's people."""

import pytest

from tests.prove.agreeing import differences, lists_differ, not_kept
from tests.prove.conservation import failed_jobs, unaccounted
from tests.prove.network import crossed, plant, shared_and_read
from tests.prove.next_acts import NEXT
from tests.prove.reading import overheard
from tests.prove.week import Week, asked


@pytest.fixture
def week(own_database: str) -> Week:
    lived = Week(7, NEXT)
    lived.live(13, 8, nights=8, busy=1.5)
    return lived


def test_a_week_of_a_network_loses_nobody_counts_right_and_tells_nobody_else(week: Week) -> None:
    assert asked("SELECT count(*) FROM referrals_referral")[0][0] >= 12
    assert len(week.done) > 25
    assert unaccounted(week.place) == []
    assert failed_jobs() == []
    wrong, compared = differences(week, every_way=False)
    assert wrong == []
    assert compared > 100
    assert lists_differ(week) == []
    assert not_kept(week) == []
    assert crossed() == []
    assert shared_and_read() > 3
    _, other, *_ = week.partners.values()
    *_, sender = week.referrers.values()
    found, told = overheard(week, (other.lead, sender), of_each=1, most=10)
    assert found == []
    assert told > 2
    plant()
    # Had a policy let everything through, it would have been seen.
    assert crossed()
