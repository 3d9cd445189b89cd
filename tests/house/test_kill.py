"""If these fail, work is lost or done twice when a computer stops at the wrong moment.

The referral has its own proof (`referrals/tests/test_kills.py`), the sending of a message too
(`messaging/tests/test_killed.py`) and the database server (`core/postgres/tests/test_server.py`).
"""

import pytest

from tests.prove.copies import copied
from tests.prove.kills import ACTS, kill_and_again, statements_of
from tests.world import World

pytestmark = pytest.mark.xdist_group("world")
POINTS = 5


@pytest.mark.fault("F1")
@pytest.mark.parametrize("name", ACTS)
def test_killed_at_any_statement_and_sent_again_it_happened_once(world: World, name: str) -> None:
    with copied(world):
        statements = statements_of(ACTS[name](world))
        for number in range(1, statements + 1, max(1, statements // POINTS)):
            for after in (False, True):
                result = kill_and_again(ACTS[name](world), number, after=after)
                assert result.died
                assert result.whole_or_nothing, f"killed at statement {number}: half done"
                assert result.happened_once, f"killed at statement {number}, then sent again"
