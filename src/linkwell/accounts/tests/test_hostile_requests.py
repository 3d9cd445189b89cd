"""What an attacker tries around signing in: forged hosts, links, timing, and other people's second steps."""

import re
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from linkwell.accounts import letters
from linkwell.accounts.models import User
from linkwell.accounts.tests.test_sign_in_pages import PASSWORD, code_now, sign_in, with_password
from linkwell.kernel import clock
from tests.place import Member, Place

ClientFor = Callable[[Member], Client]
Letter = tuple[str, str, str]


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> list[Letter]:
    """The letters that go out."""
    letters_out: list[Letter] = []

    def deliver(address: str, subject: str, text: str) -> bool:
        letters_out.append((address, subject, text))
        return True

    monkeypatch.setattr(letters, "can_send", lambda: True)
    monkeypatch.setattr(letters, "send", deliver)
    return letters_out


@pytest.mark.fault("F21")
def test_a_forged_host_gets_no_page(place: Place) -> None:
    answer = Client().post("/account/password/reset/", {"email": place.worker.email}, headers={"host": "evil.example"})
    assert answer.status_code == 400


@pytest.mark.fault("F21")
def test_the_link_to_a_new_password_leads_to_the_address_set_here(
    place: Place, post: list[Letter], settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.ADDRESS = "https://linkwell.example.nhs.uk"
    with_password(place.worker)
    Client().post("/account/password/reset/", {"email": place.worker.email}, headers={"host": "evil.example"})
    ((address, _, text),) = post
    assert address == place.worker.email
    assert "https://linkwell.example.nhs.uk/account/password/reset/key/" in text
    assert "evil.example" not in text


def reset_path(text: str) -> str:
    found = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", text)
    assert found
    return found[1]


@pytest.mark.fault("F21")
def test_the_link_to_a_new_password_works_once_and_opening_it_uses_nothing_up(place: Place, post: list[Letter]) -> None:
    with_password(place.worker)
    Client().post("/account/password/reset/", {"email": place.worker.email})
    path = reset_path(post[0][2])
    for _ in range(3):
        assert Client().get(path, follow=True).status_code == 200
    client = Client()
    form = client.get(path, follow=True).request["PATH_INFO"]
    new = {"password1": "thimble-raven-opal", "password2": "thimble-raven-opal"}
    assert client.post(form, new)["Location"] == "/account/password/reset/key/done/"
    assert "This link has ended" in Client().get(path, follow=True).content.decode()
    assert "not right" in sign_in(Client(), place.worker.email).content.decode()


@pytest.mark.fault("F22")
def test_a_new_password_does_not_get_round_the_second_step(place: Place, post: list[Letter]) -> None:
    user = with_password(place.worker)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    Client().post("/account/password/reset/", {"email": place.worker.email})
    client = Client()
    form = client.get(reset_path(post[0][2]), follow=True).request["PATH_INFO"]
    client.post(form, {"password1": "thimble-raven-opal", "password2": "thimble-raven-opal"})
    assert sign_in(client, place.worker.email, "thimble-raven-opal")["Location"] == "/account/2fa/authenticate/"
    assert client.get("/switch/").status_code == 302


@pytest.mark.fault("F22")
def test_a_changed_password_ends_every_other_session(place: Place, client_for: ClientFor) -> None:
    elsewhere = client_for(place.worker)
    assert elsewhere.get("/switch/").status_code == 200
    with_password(place.worker)
    assert elsewhere.get("/switch/")["Location"].startswith("/account/login/")


@pytest.mark.fault("F22")
def test_a_session_opened_by_password_alone_gains_nothing_when_another_sets_up_the_step(place: Place) -> None:
    """Somebody with a stolen password is signed in first; the owner then sets up the app elsewhere."""
    user = with_password(place.worker)
    thief = Client()
    sign_in(thief, place.worker.email)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    answer = thief.get("/switch/")
    assert answer["Location"].startswith("/account/2fa/reauthenticate/")
    thief.post("/account/2fa/reauthenticate/", {"code": code_now("JBSWY3DPEHPK3PXP")})
    assert thief.get("/switch/").status_code == 200


def test_the_only_second_step_cannot_be_taken_away(place: Place) -> None:
    user = with_password(place.worker)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client = Client()
    sign_in(client, place.worker.email)
    client.post("/account/2fa/authenticate/", {"code": code_now("JBSWY3DPEHPK3PXP")})
    assert "Set up another second step" in client.get("/account/2fa/totp/deactivate/").content.decode()
    client.post("/account/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_codes_of_the_second_step_cannot_be_guessed_for_long(place: Place) -> None:
    user = with_password(place.worker)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client = Client()
    sign_in(client, place.worker.email)
    for guess in range(6):
        client.post("/account/2fa/authenticate/", {"code": f"{guess:06}"})
    right = client.post("/account/2fa/authenticate/", {"code": code_now("JBSWY3DPEHPK3PXP")})
    assert "too many tries" in right.content.decode()


def test_a_form_of_another_site_changes_nothing(place: Place) -> None:
    with_password(place.worker)
    client = Client(enforce_csrf_checks=True)
    assert client.post("/account/login/", {"login": place.worker.email, "password": PASSWORD}).status_code == 403


@pytest.mark.fault("F22")
def test_nothing_is_kept_for_the_back_button(place: Place, client_for: ClientFor) -> None:
    assert client_for(place.worker).get("/switch/")["Cache-Control"] == "no-store"


@pytest.mark.fault("F39")
def test_an_unknown_address_takes_as_long_as_a_wrong_password(place: Place, settings: Settings) -> None:
    """The work is the same by count elsewhere; here the clock agrees, within the noise of a busy machine."""
    settings.ACCOUNT_RATE_LIMITS = False
    with_password(place.worker)
    took: dict[str, list[float]] = {place.worker.email: [], "nobody@example.org": []}
    client = Client()
    for _ in range(12):
        for email, times in took.items():
            start = time.perf_counter()
            sign_in(client, email, "not the password")
            times.append(time.perf_counter() - start)
    known, unknown = (statistics.median(times) for times in took.values())
    assert 0.5 < known / unknown < 2


@pytest.mark.fault("F39")
@pytest.mark.parametrize("email", ["", "not an address", "a@b", "x" * 400 + "@example.org", "\0@example.org"])
def test_odd_addresses_get_a_page_and_not_a_fault(db: None, email: str) -> None:
    for path, field in (("/account/login/", "login"), ("/account/password/reset/", "email")):
        assert Client().post(path, {field: email, "password": "x"}).status_code == 200


def test_a_broken_mail_server_breaks_no_page(place: Place, settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert Client().post("/account/password/reset/", {"email": place.worker.email}).status_code == 302
    assert User.objects.filter(pk=place.worker.user_id).exists()


@pytest.mark.fault("F22")
def test_a_forgotten_screen_signs_itself_out_and_a_used_one_does_not(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.worker)
    start = clock.now()
    with time_machine.travel(start + timedelta(minutes=15)):
        assert client.get("/switch/").status_code == 200
    with time_machine.travel(start + timedelta(minutes=30)):
        assert client.get("/switch/").status_code == 200
    with time_machine.travel(start + timedelta(minutes=51)):
        assert client.get("/switch/")["Location"].startswith("/account/login/")


@pytest.mark.fault("F22")
def test_scripts_and_other_sites_cannot_reach_the_session(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.worker)
    client.get("/switch/")
    cookie = client.cookies["linkwell"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.fault("F22")
def test_a_session_planted_before_signing_in_is_worth_nothing_after(place: Place) -> None:
    user = with_password(place.worker)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client = Client()
    client.get("/account/login/")
    sign_in(client, place.worker.email)
    planted = client.session.session_key
    client.post("/account/2fa/authenticate/", {"code": code_now("JBSWY3DPEHPK3PXP")})
    attacker = Client()
    attacker.cookies["linkwell"] = planted or ""
    assert attacker.get("/switch/")["Location"].startswith("/account/login/")
