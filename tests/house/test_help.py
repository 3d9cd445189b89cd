"""If these fail, somebody stands before a page and finds nobody to ask."""

import re
from collections.abc import Callable

from bs4 import BeautifulSoup
from django.test import Client

from linkwell.core import navigation
from linkwell.core.helping import guides_named, help_of
from linkwell.web import guides
from tests.place import Member, Place


def test_every_page_of_the_menu_has_help() -> None:
    items = navigation._items
    assert items
    assert [item.route for item in items if help_of(item.route) is None] == []


def test_every_guide_that_a_page_leads_to_is_there_and_leads_on_inside() -> None:
    assert guides_named() <= set(guides.guides())
    for name in guides.guides():
        for target in re.findall(r'href="(/[^"#]*)"', guides.as_page(name)):
            assert target == "/help/" or target.removeprefix("/help/").strip("/") in guides.guides()


def test_somebody_finds_a_guide_from_the_page_they_are_on(place: Place, client_for: Callable[[Member], Client]) -> None:
    client = client_for(place.lead)
    page = BeautifulSoup(client.get("/referrals/triage/").content, "html.parser")
    link = page.select_one(".lw-help a")
    assert link is not None
    guide = client.get(str(link["href"]))
    assert "Triage" in guide.content.decode()
    listed = client.get("/help/?q=bank+holidays+zzz").content.decode()
    assert "No guide holds all of these words" in listed
    assert "Take referrals" in client.get("/help/?q=referrals").content.decode()
    assert client.get("/help/not-a-guide/").status_code == 404


def test_a_stranger_sees_help_for_people_and_no_guides(client: Client, db: None) -> None:
    said = client.get("/help/").content.decode()
    assert "Find a guide" not in said
    assert client.get("/help/first-day/").status_code == 302


def test_a_guide_cannot_bring_anything_that_runs() -> None:
    assert "<script" not in "".join(guides.as_page(name) for name in guides.guides())
