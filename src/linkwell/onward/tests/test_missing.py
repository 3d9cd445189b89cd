"""A commissioner would pay for the wrong thing without seeing what is missing where."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from linkwell.directory import actions
from tests.place import Member, Place

SignedIn = Callable[[Member], Client]


def test_what_is_missing_is_said_by_need_and_district_with_small_numbers_kept_back(
    place: Place, client_for: SignedIn
) -> None:
    for number in range(6):
        actions.report_gap(
            scope=place.worker.scope, submission_key=uuid4(), words=f"A group {number}", place="BS5", need="lonely"
        )
    actions.report_gap(scope=place.worker.scope, submission_key=uuid4(), words="Debt", place="BS1 4DJ", need="money")
    client = client_for(place.lead)
    soup = BeautifulSoup(client.get(reverse("onward:missing")).content, "html.parser")
    table = soup.find("table")
    assert table is not None
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")][1:]
    assert rows[0][1:4] == ["BS5", "3", "5"]
    assert rows[1][1] == "BS1"
    assert rows[1][3] == "fewer than 5"
    assert soup.find("svg", class_="lw-map__drawing") is not None
    file = client.get(reverse("onward:missing"), {"as": "csv", "weeks": "12"})
    assert file["Content-Type"].startswith("text/csv")
    assert "fewer than 5" in file.content.decode()
    assert "A group" not in file.content.decode()


def test_only_a_lead_of_the_same_organisation_sees_it(place: Place, client_for: SignedIn) -> None:
    actions.report_gap(scope=place.worker.scope, submission_key=uuid4(), words="Debt", place="BS1 4DJ", need="money")
    assert client_for(place.worker).get(reverse("onward:missing")).status_code == 404
    assert "BS1" not in client_for(place.stranger_lead).get(reverse("onward:missing"), {"weeks": "x"}).content.decode()
