"""One-click sign-in: only where all three conditions hold, and only as somebody made up."""

import pytest
from django.test import Client
from pytest_django import Settings

from linkwell.accounts.models import User
from linkwell.core.models import Installation
from tests.place import Place


@pytest.fixture
def demo(place: Place, settings: Settings) -> Place:
    settings.DEMO, settings.BIND = True, "127.0.0.1"
    Installation.objects.update_or_create(only=True, defaults={"fictional": True})
    User.objects.filter(pk=place.worker.user_id).update(demo=True)
    return place


def test_a_made_up_person_signs_in_with_one_press(demo: Place) -> None:
    client = Client()
    assert "Sam Okafor" in client.get("/demo/").content.decode()
    assert client.post(f"/demo/{demo.worker.user_id}/").status_code == 302
    assert client.get("/switch/").status_code == 200


def test_opening_the_address_signs_nobody_in(demo: Place) -> None:
    assert Client().get(f"/demo/{demo.worker.user_id}/").status_code == 405


def test_nobody_real_can_be_signed_in_as(demo: Place) -> None:
    assert Client().post(f"/demo/{demo.lead.user_id}/").status_code == 404
    assert str(demo.lead.user_id) not in Client().get("/demo/").content.decode()


@pytest.mark.parametrize("missing", ["flag", "loopback", "fictional"])
def test_each_condition_alone_closes_it(demo: Place, settings: Settings, missing: str) -> None:
    client = Client()
    client.post(f"/demo/{demo.worker.user_id}/")
    if missing == "flag":
        settings.DEMO = False
    elif missing == "loopback":
        settings.BIND = "0.0.0.0"  # noqa: S104 - an address that is not loopback is the point
    else:
        Installation.objects.update(fictional=False)
    assert Client().get("/demo/").status_code == 404
    assert Client().post(f"/demo/{demo.worker.user_id}/").status_code == 404
    assert client.get("/switch/")["Location"].startswith("/second-step/"), "an open demo session went on"


@pytest.mark.parametrize("address", ["0.0.0.0", "10.1.2.3", "::", "example.org", ""])  # noqa: S104
def test_only_this_computer_counts_as_loopback(demo: Place, settings: Settings, address: str) -> None:
    settings.BIND = address
    assert Client().get("/demo/").status_code == 404


def test_a_second_step_is_asked_of_everybody_real(demo: Place) -> None:
    user = User.objects.get(pk=demo.lead.user_id)
    client = Client()
    client.force_login(user)
    assert client.get("/switch/")["Location"].startswith("/second-step/")
