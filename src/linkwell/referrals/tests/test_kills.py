"""If these fail, a referral is lost or made twice when a computer stops at the wrong moment."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from linkwell.referrals.tests.helpers import refer
from linkwell.referrals.tests.killing import (
    NOTHING,
    WHOLE,
    found,
    kill_and_send_again,
    statements_of_one_referral,
    total,
)
from tests.place import Place

POINTS = 6


@pytest.mark.fault("F1")
def test_killed_at_any_statement_and_sent_again_there_is_one_referral(place_committed: Place) -> None:
    statements = statements_of_one_referral(place_committed)

    for number in range(1, statements + 1, max(1, statements // POINTS)):
        for after in (False, True):
            killed, first, again = kill_and_send_again(place_committed, number, after=after)
            assert killed
            assert first in (NOTHING, WHOLE), f"killed at statement {number}: half a referral"
            assert again == WHOLE, f"killed at statement {number}, then sent again"


@pytest.mark.fault("F1")
def test_the_same_form_arriving_twice_at_the_same_moment_makes_one_referral(place_committed: Place) -> None:
    key = uuid4()

    def send(_: int) -> str:
        try:
            return refer(place_committed, key).reference
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        references = set(pool.map(send, range(8)))

    assert len(references) == 1
    assert total(place_committed) == 1
    assert found(place_committed, key).sent == 1
