"""If these fail, people are told too short a wait, or an old one, or a message says more than a partner may read."""

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from linkwell.accounts.queries import team
from linkwell.accounts.rules import Rules
from linkwell.accounts.scopes import public_scope
from linkwell.core import worker
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.tongue import Tongue, speaking
from linkwell.kernel.waits import Waits
from linkwell.messaging.models import Message
from linkwell.referrals import actions
from linkwell.referrals.details import ReferralDetails
from linkwell.referrals.models import ExpectedWait
from linkwell.referrals.wait_words import longest_told, wait_words
from tests.place import Place

END = " to talk with a link worker."


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        ((9, 0, 3, 8, 20), "We do not know yet how long people wait"),
        ((20, 0, 3, 8, 13), f"Most people wait between 3 days and 13 days{END} Half wait 8 days or less."),
        ((20, 0, 15, 20, 36), f"Most people wait between 2 weeks and 6 weeks{END} Half wait 3 weeks or less."),
        ((20, 0, 0, 3, 10), f"Most people wait up to 10 days{END} Half wait 3 days or less."),
        ((20, 0, 14, 14, 14), f"Most people wait about 2 weeks{END}"),
        ((20, 0, 15, 16, 20), f"Most people wait between 2 weeks and 3 weeks{END}"),
        ((20, 0, 0, 0, 1), f"Most people wait up to 1 day{END}"),
        ((20, 0, 0, 0, 0), "Most people talk with a link worker on the day they ask."),
        ((20, 9, 9, 30, None), f"Most people wait 9 days or more{END} Some wait longer than we can say yet. Half wait"),
        ((20, 90, 0, None, None), "More than half of those who asked in the last 12 weeks wait still."),
    ],
)
def test_the_shorter_end_is_rounded_down_the_longer_end_up_and_no_range_is_said_twice(
    counted: tuple[int, int, int | None, int | None, int | None], said: str
) -> None:
    words = wait_words(Waits(*counted), Rules())
    assert said in words
    assert said.endswith(("wait", "still.", "people wait")) or words == said


def test_it_is_said_in_welsh_on_a_welsh_page() -> None:
    with speaking(Tongue.WELSH):
        said = [wait_words(Waits(20, 0, *days), Rules()) for days in ((15, 20, 36), (0, 3, 10), (0, 0, 0))]
    assert not [words for words in said if "wait" in words or "link worker" in words or "people" in words]


def test_a_message_says_a_time_only_where_nine_in_ten_were_reached() -> None:
    assert longest_told(Waits(20, 0, 3, 8, 36), Rules()) == dt.timedelta(days=36)
    for unknown in (None, Waits(9, 0, 3, 8, 36), Waits(20, 9, 3, 8, None), Waits(20, 0, 0, 0, 0)):
        assert longest_told(unknown, Rules()) is None


def counted(place: Place, at: dt.datetime) -> None:
    with scoped(place.system):
        ExpectedWait.objects.create(
            organisation_id=place.organisation_id,
            team_id=place.team_id,
            reached=20,
            waiting=3,
            shortest=9,
            half=20,
            longest=36,
            counted_at=at,
        )


@pytest.mark.django_db
@pytest.mark.fault("F20")
@pytest.mark.parametrize(("language", "said"), [("", "up to 6 weeks until we talk"), ("Welsh", "hyd at 6 wythnos")])
def test_whoever_asked_for_themselves_reads_the_wait_in_a_message_that_tells_nothing(
    place: Place, language: str, said: str
) -> None:
    counted(place, clock.now())
    there = team(place.team_id)
    details = ReferralDetails(
        "Dot", "Baker", source="self", needs=("lonely",), phone="07700 900123", language=language,
        safe_phone=True, safe_text=True, asked_alone=True, knows="agrees",
    )  # fmt: skip
    actions.receive_from_public(scope=public_scope(there), team=there, submission_key=uuid4(), details=details)
    for _ in range(3):
        worker.work_off(100)
    with scoped(place.system):
        [message] = Message.objects.filter(audience="person")
    assert said in message.body
    for secret in ("link worker", "gweithiwr", "support", "lonely", "Dot", "Baker"):
        assert secret not in message.body


@pytest.mark.django_db
def test_a_wait_counted_long_ago_is_not_said_any_more(place: Place, client: Client) -> None:
    counted(place, clock.now() - dt.timedelta(days=8))
    assert "We do not know yet how long people wait" in client.get("/ask/wexcombe/").content.decode()
