"""Signing in through the pages: password, second step, recovery, and where one lands."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory

from linkwell.accounts.middleware import SessionThatMayHaveEnded
from linkwell.accounts.models import User
from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent
from tests.place import Member, Place

ClientFor = Callable[[Member], Client]
PASSWORD = "lantern-otter-quilt"


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


def with_password(member: Member) -> User:
    user = User.objects.get(pk=member.user_id)
    user.set_password(PASSWORD)
    user.save()
    return user


def code_now(secret: str) -> str:
    # The codes just before and after are taken as well; the one between them is good for longest.
    counters = list(yield_hotp_counters_from_time())
    code: str = format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))
    return code


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/account/login/", {"login": email, "password": password, **more})


def test_the_sign_in_page_opens(db: None) -> None:
    page = Client().get("/account/login/").content.decode()
    assert "E-mail address" in page
    assert "I have forgotten my password" in page


def test_a_password_alone_opens_nothing_but_setting_up_the_second_step(place: Place) -> None:
    with_password(place.worker)
    client = Client()
    assert sign_in(client, place.worker.email).status_code == 302
    answer = client.get("/switch/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/second-step/")
    assert "Set up a second step" in client.get("/second-step/").content.decode()


def test_setting_up_an_app_lets_one_in_without_asking_again(place: Place) -> None:
    user = with_password(place.worker)
    client = Client()
    sign_in(client, place.worker.email)
    got = client.get("/account/2fa/totp/activate/")
    assert got.status_code == 200, got.headers
    page = got.content.decode()
    secret = re.search(r"<code[^>]*>([A-Z2-7]+)</code>", page)
    assert secret, page[-3500:]
    answer = client.post("/account/2fa/totp/activate/", {"code": code_now(secret[1])})
    assert answer["Location"] == "/account/2fa/recovery-codes/"
    assert "Each works once" in client.get("/account/2fa/recovery-codes/").content.decode()
    assert client.get("/switch/").status_code == 200
    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert secret[1] not in stored, "the app's key can be read in the database"


def test_signing_in_asks_for_the_code_and_then_opens_the_page_asked_for(place: Place) -> None:
    user = with_password(place.worker)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client = Client()
    assert sign_in(client, place.worker.email, next="/switch/")["Location"] == "/account/2fa/authenticate/"
    assert client.get("/switch/").status_code == 302
    assert "Your second step" in client.get("/account/2fa/authenticate/").content.decode()
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert "That code is not right" in wrong
    right = client.post("/account/2fa/authenticate/", {"code": code_now("JBSWY3DPEHPK3PXP")})
    assert right["Location"] == "/switch/"
    assert client.get("/switch/").status_code == 200


def test_a_recovery_code_lets_one_in_once(place: Place) -> None:
    user = with_password(place.worker)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        sign_in(client, place.worker.email)
        assert client.post("/account/2fa/authenticate/", {"code": code}).status_code == expected


@pytest.mark.fault("F21")
@pytest.mark.parametrize("bad", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(place: Place, bad: str) -> None:
    user = with_password(place.worker)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client = Client()
    sign_in(client, place.worker.email, next=bad)
    answer = client.post("/account/2fa/authenticate/", {"code": code_now("JBSWY3DPEHPK3PXP")})
    assert answer["Location"] == "/"


@pytest.mark.fault("F22")
def test_the_session_key_changes_at_sign_in(place: Place) -> None:
    user = with_password(place.worker)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client = Client()
    sign_in(client, place.worker.email)
    before = client.session.session_key
    client.post("/account/2fa/authenticate/", {"code": code_now("JBSWY3DPEHPK3PXP")})
    assert client.session.session_key != before


@pytest.mark.fault("F39")
def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(place: Place) -> None:
    with_password(place.worker)
    known = sign_in(Client(), place.worker.email, "not the password").content.decode()
    unknown = sign_in(Client(), "nobody@example.org", "not the password").content.decode()
    blank = re.compile(r'value="[^"]*"')
    assert blank.sub("", known) == blank.sub("", unknown)
    reset = [
        Client().post("/account/password/reset/", {"email": each}, follow=True).content.decode()
        for each in (place.worker.email, "nobody@example.org")
    ]
    assert blank.sub("", reset[0]) == blank.sub("", reset[1])


@pytest.mark.fault("F39")
def test_an_unknown_address_costs_as_many_password_hashes_and_questions(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth import hashers
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with_password(place.worker)
    hashes: list[str] = []
    hasher = type(hashers.get_hasher())
    plain = hasher.encode

    def counted(*args: Any, **kwargs: Any) -> Any:
        hashes.append("one")
        return plain(*args, **kwargs)

    monkeypatch.setattr(hasher, "encode", counted)
    cost = []
    for email in (place.worker.email, "nobody@example.org"):
        hashes.clear()
        with CaptureQueriesContext(connection) as asked:
            sign_in(Client(), email, "not the password")
        writes = [query["sql"] for query in asked if "linkwell_audit(" in query["sql"]]
        cost.append((len(hashes), len(writes)))
    assert cost[0] == cost[1] == (1, 1)


def test_a_failed_sign_in_is_in_the_audit(place: Place) -> None:
    with_password(place.worker)
    sign_in(Client(), place.worker.email, "not the password")
    with scoped(place.system):
        assert AuditEvent.objects.filter(verb="sign_in_failed", object_id=place.worker.user_id).count() == 1


def test_guessing_is_slowed_for_an_account(place: Place) -> None:
    with_password(place.worker)
    for _ in range(5):
        sign_in(Client(), place.worker.email, "not the password")
    page = sign_in(Client(), place.worker.email).content.decode()
    assert "There were too many tries" in page


@pytest.mark.parametrize("path", ["signup/", "email/", "3rdparty/", "password/set/", "login/code/confirm/"])
def test_nobody_signs_up_or_changes_their_address_alone(place: Place, client_for: ClientFor, path: str) -> None:
    assert client_for(place.worker).get(f"/account/{path}").status_code == 404


def test_signing_out_needs_a_press_of_a_button(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.worker)
    assert client.get("/account/logout/").status_code == 200
    assert client.get("/switch/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/switch/")["Location"].startswith("/account/login/")


SETTINGS_PAGES = [
    "2fa/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/recovery-codes/download/",
    "2fa/totp/deactivate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "2fa/reauthenticate/",
    "reauthenticate/",
    "password/change/",
    "logout/",
]


@pytest.mark.parametrize("path", SETTINGS_PAGES)
def test_every_page_of_ones_own_sign_in_opens(place: Place, client_for: ClientFor, path: str) -> None:
    user = with_password(place.worker)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)
    assert client_for(place.worker).get(f"/account/{path}").status_code == 200


@pytest.mark.parametrize("path", ["2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/"])
def test_the_same_pages_open_before_anything_is_set_up(place: Place, client_for: ClientFor, path: str) -> None:
    with_password(place.worker)
    assert client_for(place.worker).get(f"/account/{path}").status_code == 200


OPEN_PAGES = [
    "login/",
    "inactive/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "password/reset/key/abc-def/",
    "3rdparty/login/cancelled/",
]


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_every_page_before_signing_in_opens(db: None, path: str) -> None:
    assert Client().get(f"/account/{path}").status_code == 200


def test_a_password_is_changed_and_the_other_sessions_end(place: Place, client_for: ClientFor) -> None:
    with_password(place.worker)
    client, elsewhere = client_for(place.worker), client_for(place.worker)
    given = {"oldpassword": PASSWORD, "password1": "thimble-raven-opal", "password2": "thimble-raven-opal"}
    assert client.post("/account/password/change/", given).status_code == 302
    assert elsewhere.get("/switch/")["Location"].startswith("/account/login/")
    wrong = client_for(place.worker).post("/account/password/change/", given | {"oldpassword": "no"})
    assert "Enter the password you use now" in wrong.content.decode()


def test_a_passkey_is_renamed_and_removed(place: Place, client_for: ClientFor) -> None:
    user = with_password(place.worker)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "Old name", "credential": {}})
    client = client_for(place.worker)
    path = f"/account/2fa/webauthn/keys/{key.pk}/"
    assert "Old name" in client.get(f"{path}edit/").content.decode()
    assert client.post(f"{path}edit/", {"name": "New name"}).status_code == 302
    assert "New name" in client.get(f"{path}remove/").content.decode()
    assert client.post(f"{path}remove/").status_code == 302
    assert not Authenticator.objects.filter(pk=key.pk).exists()
    assert client_for(place.colleague).get(f"{path}edit/").status_code == 404


@pytest.mark.parametrize("path", ["2fa/webauthn/login/", "2fa/webauthn/add/", "2fa/authenticate/", "login/"])
@pytest.mark.parametrize("credential", ["", "{", "[]", "7", "null", '{"id": 1}', '{"rawId": "AA", "response": {}}'])
def test_a_mangled_passkey_gets_a_page_and_not_a_fault(
    place: Place, client_for: ClientFor, path: str, credential: str
) -> None:
    with_password(place.worker)
    client = client_for(place.worker) if "add" in path else Client()
    client.get("/account/2fa/webauthn/add/")
    assert client.post(f"/account/{path}", {"credential": credential, "name": "x"}).status_code < 500


def test_a_page_that_is_ready_after_signing_out_leads_to_the_sign_in_page(
    place: Place, client_for: ClientFor, rf: RequestFactory
) -> None:
    request = rf.get("/support/caseload/")
    request.session = client_for(place.worker).session
    request.session["touched"] = True
    Session.objects.all().delete()
    response = SessionThatMayHaveEnded(lambda _: HttpResponse()).process_response(request, HttpResponse())
    assert response.status_code == 302
    assert response["Location"] == "/account/login/"


def test_whoever_wants_no_keys_of_the_pages_has_none(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.worker)
    assert 'data-keys="on"' in client.get("/support/caseload/").content.decode()
    User.objects.filter(pk=place.worker.user_id).update(shortcut_keys=False)
    assert 'data-keys="off"' in client.get("/support/caseload/").content.decode()
