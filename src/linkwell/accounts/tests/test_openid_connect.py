"""Signing in by OpenID Connect, the whole way, against an issuer that checks everything."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from linkwell.accounts.models import User
from linkwell.accounts.openid_connect import openid_connect
from linkwell.accounts.tests.issuer import CLIENT_ID, CLIENT_SECRET, REDIRECT, Issuer, running
from tests.place import Place

START = "/account/oidc/staff/login/"


@pytest.fixture
def issuer(settings: Settings, db: None) -> Iterator[Issuer]:
    cache.clear()
    with running() as started:
        settings.SOCIALACCOUNT_PROVIDERS = openid_connect(
            issuer=started.url, client_id=CLIENT_ID, secret=CLIENT_SECRET, name="NHS CIS2"
        )
        settings.OIDC_STRONG = True
        yield started


def sign_in(client: Client, issuer: Issuer, email: str, *, verified: bool = True, next_: str = "") -> Any:
    """The three legs: to the issuer, there, and back."""
    issuer.person = {"sub": "5551234", "email": email, "email_verified": verified, "name": "As the issuer writes it"}
    there = client.post(START, {"next": next_} if next_ else {})
    assert there.status_code == 302, there.content
    back = requests.get(there["Location"], allow_redirects=False, timeout=10)
    assert back.status_code == 302, issuer.refusals
    return client.get(back.headers["Location"].removeprefix("http://testserver"))


def test_an_invited_colleague_signs_in_and_is_asked_for_nothing_more(place: Place, issuer: Issuer) -> None:
    client = Client()
    answer = sign_in(client, issuer, place.worker.email, next_="/switch/")
    assert answer["Location"] == "/switch/"
    assert "Wexcombe Community Links" in client.get("/switch/").content.decode()
    assert issuer.refusals == []


def test_the_name_and_address_here_stay_as_they_are(place: Place, issuer: Issuer) -> None:
    sign_in(Client(), issuer, place.worker.email)
    assert User.objects.get(pk=place.worker.user_id).name == "Sam Okafor"


def test_somebody_nobody_invited_is_told_so_and_gets_no_account(place: Place, issuer: Issuer) -> None:
    before = User.objects.count()
    answer = sign_in(Client(), issuer, "unknown@example.org")
    assert User.objects.count() == before
    assert not SocialAccount.objects.exists()
    assert "You need an invitation" in answer.content.decode()


def test_an_address_the_issuer_has_not_checked_opens_nothing(place: Place, issuer: Issuer) -> None:
    client = Client()
    sign_in(client, issuer, place.worker.email, verified=False)
    assert client.get("/switch/")["Location"].startswith("/account/login/")


def test_without_the_promise_of_a_second_step_ours_is_asked(place: Place, issuer: Issuer, settings: Settings) -> None:
    settings.OIDC_STRONG = False
    client = Client()
    sign_in(client, issuer, place.worker.email)
    assert client.get("/switch/")["Location"].startswith("/second-step/")


def test_a_closed_sign_in_stays_closed(place: Place, issuer: Issuer) -> None:
    sign_in(Client(), issuer, place.worker.email)
    User.objects.filter(pk=place.worker.user_id).update(is_active=False)
    client = Client()
    sign_in(client, issuer, place.worker.email)
    assert client.get("/switch/")["Location"].startswith("/account/login/")


@pytest.mark.fault("F22")
def test_an_answer_of_another_browser_signs_nobody_in(place: Place, issuer: Issuer) -> None:
    """An attacker cannot hand over their own half-finished sign-in."""
    issuer.person = {"sub": "1", "email": place.worker.email, "email_verified": True}
    there = Client().post(START)
    back = requests.get(there["Location"], allow_redirects=False, timeout=10)
    victim = Client()
    answer = victim.get(back.headers["Location"].removeprefix("http://testserver"))
    assert "Signing in did not work" in answer.content.decode()
    assert victim.get("/switch/")["Location"].startswith("/account/login/")


@pytest.mark.fault("F21")
@pytest.mark.parametrize("bad", ["//evil.example", "https://evil.example/"])
def test_coming_back_never_leads_to_another_site(place: Place, issuer: Issuer, bad: str) -> None:
    assert sign_in(Client(), issuer, place.worker.email, next_=bad)["Location"] == "/"


def test_opening_the_address_starts_nothing(place: Place, issuer: Issuer) -> None:
    answer = Client().get(START)
    assert answer.status_code == 200
    assert "Go to NHS CIS2" in answer.content.decode()


def test_an_issuer_that_is_down_gives_a_page_and_not_a_fault(place: Place, settings: Settings) -> None:
    cache.clear()
    settings.SOCIALACCOUNT_PROVIDERS = openid_connect(
        issuer="http://127.0.0.1:9", client_id=CLIENT_ID, secret=CLIENT_SECRET, name="NHS CIS2"
    )
    answer = Client().post(START)
    assert answer.status_code == 503
    assert "Signing in did not work" in answer.content.decode()


def test_the_button_is_there_only_when_it_is_set_up(place: Place, issuer: Issuer, settings: Settings) -> None:
    assert "Sign in with NHS CIS2" in Client().get("/account/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = openid_connect(issuer="", client_id="", secret="", name="")
    assert "NHS CIS2" not in Client().get("/account/login/").content.decode()
    assert Client().get(START).status_code == 404


def test_the_answer_goes_back_to_the_address_registered(place: Place, issuer: Issuer) -> None:
    assert REDIRECT in unquote(Client().post(START)["Location"])
