"""If this fails, a share of few people looks surer than it is."""

import pytest
from scipy import stats

from linkwell.evaluation.wilson import wilson


@pytest.mark.parametrize(("count", "of"), [(0, 1), (0, 40), (10, 100), (40, 40), (81_000, 263_000)])
def test_the_interval_is_that_of_another_implementation(count: int, of: int) -> None:
    assert wilson(count, of) == pytest.approx(
        tuple(stats.binomtest(count, of).proportion_ci(method="wilson")), abs=1e-9
    )
