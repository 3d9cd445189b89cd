"""If these fail, a report says a number other than the one that was worked out."""

from __future__ import annotations

import pytest

from linkwell.evaluation.report.saying import number


@pytest.mark.parametrize("value", [-0.0679, 0.0679, -0.5, -12.25, 1234.5, -0.00012])
def test_a_number_keeps_its_sign_and_size(value: float) -> None:
    assert float(number(value).replace(",", "")) == pytest.approx(value, rel=5e-3)
