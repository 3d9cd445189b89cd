"""If these fail, a report says a number other than the one that was worked out."""

from __future__ import annotations

import pytest

from linkwell.evaluation.answer import plain
from linkwell.evaluation.estimate import LEAST_P, from_error
from linkwell.evaluation.report.saying import number, p_is, p_value


@pytest.mark.parametrize("value", [-0.0679, 0.0679, -0.5, -12.25, 1234.5, -0.00012])
def test_a_number_keeps_its_sign_and_size(value: float) -> None:
    assert float(number(value).replace(",", "")) == pytest.approx(value, rel=5e-3)


def test_a_p_value_is_never_nought() -> None:
    sure = from_error(100.0, 1.0, 50)
    assert plain(sure)["p"] == LEAST_P
    assert plain({"ljung_box_p": 0.0, "step": 0.0, "p": None}) == {"ljung_box_p": LEAST_P, "step": 0.0, "p": None}
    assert (p_value(0.0), p_value(0.00044), p_value(0.0344)) == ("below 0.0001", "0.0004", "0.034")
    assert (p_is(1e-9), p_is(0.2)) == ("p below 0.0001", "p = 0.200")
