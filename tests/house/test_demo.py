"""If these fail, the demo is not the one that was shown, or its one-click sign-in is open somewhere real."""

from dataclasses import replace
from datetime import date
from itertools import islice

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from linkwell.core import installation
from linkwell.core.models import Installation
from linkwell.demo.story import lives
from tests.place import Place

DAY = date(2026, 3, 3)


def test_the_same_seed_and_day_give_the_same_lives() -> None:
    assert list(lives(60, DAY)) == list(lives(60, DAY))
    assert list(lives(60, DAY)) != list(lives(60, DAY, seed=1))


def test_asking_for_more_lives_never_changes_the_first() -> None:
    assert list(lives(40, DAY)) == list(islice(lives(400, DAY), 40))


def test_no_two_of_the_first_thousand_share_a_telephone() -> None:
    made = list(lives(1000, DAY))
    assert len({life.who.phone for life in made}) == 1000
    assert replace(made[0], number=1) != made[0]


def test_among_the_first_two_hundred_somebody_is_worried_about() -> None:
    assert sum(event.what == "worried" for life in lives(200, DAY) for event in life.events) > 1


@pytest.fixture
def demo(place: Place, settings: Settings) -> Place:
    from linkwell.accounts.models import User

    User.objects.filter(pk=place.worker.user_id).update(demo=True)
    settings.DEMO, settings.BIND = True, "127.0.0.1"
    Installation.objects.update_or_create(only=True, defaults={"fictional": True})
    installation.is_fictional()
    return place


def sign_in(place: Place) -> int:
    return Client().post(f"/demo/{place.worker.user_id}/").status_code


@pytest.mark.fault("F22")
def test_one_click_signs_in_only_in_a_fictional_place_on_this_computer(demo: Place, settings: Settings) -> None:
    assert sign_in(demo) == 302
    settings.DEMO = False
    assert sign_in(demo) == 404
    settings.DEMO, settings.BIND = True, "0.0.0.0"  # noqa: S104
    assert sign_in(demo) == 404
    settings.BIND = "127.0.0.1"
    Installation.objects.update(fictional=False)
    assert sign_in(demo) == 404


@pytest.mark.fault("F22")
def test_one_click_signs_in_nobody_who_is_not_of_the_demo(demo: Place) -> None:
    assert Client().post(f"/demo/{demo.lead.user_id}/").status_code == 404
