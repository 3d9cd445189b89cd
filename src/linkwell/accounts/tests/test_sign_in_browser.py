"""Signing in as a person does it, in a browser: with and without JavaScript, narrow and wide, by app and by passkey."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import Page

from linkwell.accounts.actions import invite
from linkwell.accounts.details import RoleDetails
from linkwell.accounts.tests.test_sign_in_pages import code_now
from linkwell.core.permissions import Role
from tests.browser import check_page, chromium, page, plain_page
from tests.place import Place, make_place
from tests.served import address

__all__ = ["address", "chromium", "page", "plain_page"]

pytestmark = pytest.mark.browser

PASSWORD = "lantern-otter-quilt"


@pytest.fixture
def invited(own_database: str) -> tuple[Place, str]:
    place = make_place()
    made = invite(
        scope=place.administrator.scope,
        email="noor@example.org",
        name="Noor Aziz",
        details=RoleDetails(Role.LINK_WORKER, place.team_id),
    )
    return place, made.token


def set_up_password(page: Page, address: str, token: str) -> None:
    page.goto(f"{address}/invitation/{token}/")
    page.fill("input[name=password]", PASSWORD)
    page.click("button:has-text('Continue')")


def test_from_an_invitation_to_the_first_page_with_an_app(address: str, invited: tuple[Place, str], page: Page) -> None:
    _, token = invited
    page.goto(f"{address}/invitation/{token}/")
    check_page(page)
    set_up_password(page, address, token)
    check_page(page)
    page.click("text=Use an app on my phone")
    check_page(page)
    secret = page.inner_text("code").strip()
    page.fill("input[name=code]", code_now(secret))
    page.click("button:has-text('Use this app')")
    assert "Your recovery codes" in page.content()
    check_page(page)
    page.goto(f"{address}/account/2fa/")
    check_page(page)
    page.goto(f"{address}/switch/")
    check_page(page)


def test_signing_in_without_javascript(address: str, invited: tuple[Place, str], plain_page: Page) -> None:
    _, token = invited
    set_up_password(plain_page, address, token)
    plain_page.goto(f"{address}/account/2fa/totp/activate/")
    secret = re.sub(r"\s", "", plain_page.inner_text("code"))
    plain_page.fill("input[name=code]", code_now(secret))
    plain_page.click("button:has-text('Use this app')")
    plain_page.goto(f"{address}/account/logout/")
    plain_page.click("main button:has-text('Sign out')")
    Authenticator.objects.update(last_used_at=None)
    cache.clear()
    plain_page.goto(f"{address}/switch/")
    assert not plain_page.is_visible("text=Sign in with a passkey")
    plain_page.fill("input[name=login]", "noor@example.org")
    plain_page.fill("input[name=password]", PASSWORD)
    plain_page.click("button:has-text('Sign in')")
    plain_page.fill("input[name=code]", code_now(secret))
    plain_page.click("button:has-text('Sign in')")
    assert plain_page.url == f"{address}/switch/"


def test_a_wrong_password_is_told_at_the_top_and_read_out(address: str, invited: tuple[Place, str], page: Page) -> None:
    page.goto(f"{address}/account/login/")
    check_page(page)
    page.fill("input[name=login]", "noor@example.org")
    page.fill("input[name=password]", "not the password")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=There is a problem")
    check_page(page)


def test_a_passkey_is_set_up_and_signs_in_by_itself(address: str, invited: tuple[Place, str], page: Page) -> None:
    _, token = invited
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    set_up_password(page, address, token)
    page.click("text=Use a passkey")
    check_page(page)
    page.fill("input[name=name]", "My laptop")
    page.click("button:has-text('Add this passkey')")
    page.wait_for_selector("text=Your recovery codes")
    page.goto(f"{address}/account/2fa/webauthn/")
    assert "My laptop" in page.content()
    check_page(page)
    page.goto(f"{address}/account/logout/")
    with page.expect_navigation():
        page.click("main button:has-text('Sign out')")
    page.goto(f"{address}/account/login/")
    page.click("button:has-text('Sign in with a passkey')")
    page.wait_for_url(lambda url: "/account/login" not in url)
    page.goto(f"{address}/switch/")
    assert "Noor Aziz" in page.content()
