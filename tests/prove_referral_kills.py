"""The long proof of F1: kill the program before and after every statement of a referral, and send the form again.

pytest tests/prove_referral_kills.py -s
"""

from linkwell.referrals.tests.killing import NOTHING, WHOLE, kill_and_send_again, statements_of_one_referral, total
from tests.place import Place


def test_every_statement(place_committed: Place) -> None:
    statements = statements_of_one_referral(place_committed)
    before = total(place_committed)
    nothing = whole = 0
    for number in range(1, statements + 1):
        for after in (False, True):
            killed, first, again = kill_and_send_again(place_committed, number, after=after)
            assert killed
            assert first in (NOTHING, WHOLE), number
            assert again == WHOLE, number
            nothing += first == NOTHING
            whole += first == WHOLE
    assert total(place_committed) - before == 2 * statements
    print(f"\n| statements | kill points | nothing kept | all kept | half kept | after sending again |")  # noqa: T201, F541
    print(f"|---|---|---|---|---|---|\n| {statements} | {2 * statements} | {nothing} | {whole} | 0 | one, always |")  # noqa: T201
