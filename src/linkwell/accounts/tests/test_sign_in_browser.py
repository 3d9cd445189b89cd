"""Signing in as a person does it, in a browser: with and without JavaScript, narrow and wide, by app and by passkey."""

import os
import re
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Page

from linkwell.accounts.actions import add_network, invite
from linkwell.accounts.details import NetworkDetails, RoleDetails
from linkwell.accounts.models import BrowsingFlag
from linkwell.accounts.tests.test_sign_in_pages import code_now
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.kernel import clock
from tests.browser import carry_sign_in, check_page, chromium, page, plain_page, screenshots
from tests.databases import close_connections
from tests.place import Place, make_place, sign_in

__all__ = ["chromium", "page", "plain_page"]

pytestmark = pytest.mark.browser

PASSWORD = "lantern-otter-quilt"
PICTURES = os.environ.get("LINKWELL_PICTURES", "")


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """A test says itself what went wrong."""


@pytest.fixture
def address(own_database: str) -> Iterator[str]:
    """A running Linkwell with a committed place; its address."""
    cache.clear()
    server = make_server("localhost", 0, get_wsgi_application(), handler_class=Quiet)

    def serve() -> None:
        server.serve_forever(0.05)
        close_connections()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


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


def look(page: Page, name: str) -> None:
    assert page.query_selector("h1:has-text('Something went wrong')") is None, page.url
    check_page(page)
    if PICTURES:
        screenshots(page, Path(PICTURES), name)


def set_up_password(page: Page, address: str, token: str) -> None:
    page.goto(f"{address}/invitation/{token}/")
    page.fill("input[name=password]", PASSWORD)
    page.click("button:has-text('Continue')")


def test_from_an_invitation_to_the_first_page_with_an_app(address: str, invited: tuple[Place, str], page: Page) -> None:
    _, token = invited
    page.goto(f"{address}/invitation/{token}/")
    look(page, "invitation")
    set_up_password(page, address, token)
    look(page, "second-step")
    page.click("text=Use an app on my phone")
    look(page, "app")
    secret = page.inner_text("code").strip()
    page.fill("input[name=code]", code_now(secret))
    page.click("button:has-text('Use this app')")
    assert "Your recovery codes" in page.content()
    look(page, "recovery-codes")
    page.goto(f"{address}/account/2fa/")
    look(page, "your-sign-in")
    page.goto(f"{address}/switch/")
    look(page, "switch")


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
    look(page, "sign-in")
    page.fill("input[name=login]", "noor@example.org")
    page.fill("input[name=password]", "not the password")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=There is a problem")
    look(page, "sign-in-wrong")


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
    look(page, "passkey")
    page.fill("input[name=name]", "My laptop")
    page.click("button:has-text('Add this passkey')")
    page.wait_for_selector("text=Your recovery codes")
    page.goto(f"{address}/account/2fa/webauthn/")
    assert "My laptop" in page.content()
    look(page, "passkeys")
    page.goto(f"{address}/account/logout/")
    with page.expect_navigation():
        page.click("main button:has-text('Sign out')")
    page.goto(f"{address}/account/login/")
    page.click("button:has-text('Sign in with a passkey')")
    page.wait_for_url(lambda url: "/account/login" not in url)
    page.goto(f"{address}/switch/")
    assert "Noor Aziz" in page.content()


ADMIN = {
    "admin": "/admin/",
    "organisation": "/admin/organisation/",
    "teams": "/admin/teams/",
    "team-add": "/admin/teams/add/",
    "networks": "/admin/networks/",
    "network-add": "/admin/networks/add/",
    "staff": "/people-who-work-here/",
    "staff-invite": "/people-who-work-here/invite/",
}


def test_every_admin_page_reads_well_wide_and_narrow(address: str, invited: tuple[Place, str], page: Page) -> None:
    place, _ = invited
    add_network(
        scope=place.administrator.scope,
        details=NetworkDetails("Wexcombe together", "Agreement 7", date(2026, 3, 1), date(2027, 3, 1)),
    )
    carry_sign_in(page.context, sign_in(place.administrator), address)
    for name, path in ADMIN.items():
        page.goto(address + path)
        look(page, f"admin-{name}")
    one = f"{address}/people-who-work-here/{place.lead.membership_id}/"
    for name, path in {"role": one, "leaver": f"{one}leaver/", "end": f"{one}end/", "reset": f"{one}reset/"}.items():
        page.goto(path)
        look(page, f"admin-{name}")


def test_the_flags_of_a_lead_read_well(address: str, invited: tuple[Place, str], page: Page) -> None:
    place, _ = invited
    with scoped(place.system):
        flag = BrowsingFlag.objects.create(
            organisation_id=place.organisation_id,
            user_id=place.worker.user_id,
            reason="many",
            day=clock.today(),
            opened=52,
        )
    carry_sign_in(page.context, sign_in(place.lead), address)
    for name, path in {"opened": "/admin/unusual-opening/", "opened-one": f"/admin/unusual-opening/{flag.pk}/"}.items():
        page.goto(address + path)
        look(page, f"admin-{name}")
