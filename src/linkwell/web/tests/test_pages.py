"""If these fail, somebody without an account finds no help, or an error says too much or nothing."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from linkwell.web import build_assets
from linkwell.web.tests import gallery
from tests import browser
from tests.place import Member, Place

pytestmark = pytest.mark.django_db
FOR_ALL = ["/help/", "/accessibility/", "/privacy/", "/account/login/"]


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    build_assets.build()


@pytest.mark.parametrize("address", FOR_ALL)
def test_anyone_may_read_it(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert BeautifulSoup(response.content, "html.parser").h1 is not None


@pytest.mark.browser
@pytest.mark.parametrize("address", FOR_ALL)
def test_it_passes_axe_and_fits_a_narrow_phone(client: Client, page: Page, address: str) -> None:
    html = client.get(address).content.decode()

    with browser.no_outside_requests(page):
        gallery.show(page, html)

    browser.check_page(page)


def test_a_page_that_is_not_there_says_so_plainly(client: Client) -> None:
    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert "We cannot find that page" in response.content.decode()
    assert "/no/such/page/" not in response.content.decode()


def test_a_page_that_only_a_button_leads_to_says_so_plainly(client: Client) -> None:
    response = client.get("/answer/nothing/full/")

    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert "This page cannot be opened on its own" in response.content.decode()


def test_staying_signed_in_needs_somebody_signed_in(client: Client) -> None:
    response = client.post("/stay/")

    assert response.status_code == 302
    assert "/account/login/" in response.headers["Location"]


def test_a_title_says_when_something_needs_putting_right() -> None:
    wrong = BeautifulSoup(gallery.render("every", gallery.EveryField({})), "html.parser").title
    fine = BeautifulSoup(gallery.render("every"), "html.parser").title

    assert wrong is not None
    assert fine is not None
    assert wrong.string == "Error: Components – Linkwell"
    assert fine.string == "Components – Linkwell"


@pytest.mark.fault("F26")
@pytest.mark.parametrize("address", ["/account/oidc/%00/login/", "/ask/a%00b/", "/%00"])
def test_an_address_no_database_could_hold_is_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_only_the_nearest_item_of_the_menu_says_where_somebody_is(
    place: Place, client_for: Callable[[Member], Client]
) -> None:
    page = client_for(place.administrator).get(reverse("directory:sources")).content.decode()
    assert page.count('aria-current="page"') == 1
