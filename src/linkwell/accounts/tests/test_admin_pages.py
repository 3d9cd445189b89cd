"""The admin pages: each opens for those who run the place, and for nobody else."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linkwell.accounts.models import Network, NetworkMembership, Organisation, Team
from tests.place import Member, Place

ClientFor = Callable[[Member], Client]

RUN = [
    "/admin/",
    "/admin/organisation/",
    "/admin/teams/",
    "/admin/teams/add/",
    "/admin/networks/",
    "/admin/networks/add/",
    "/people-who-work-here/",
    "/people-who-work-here/invite/",
]


@pytest.mark.parametrize("path", RUN)
def test_an_administrator_opens_the_page(place: Place, client_for: ClientFor, path: str) -> None:
    assert client_for(place.administrator).get(path).status_code == 200


@pytest.mark.parametrize("path", RUN)
def test_a_worker_and_a_referrer_cannot_tell_it_is_there(place: Place, client_for: ClientFor, path: str) -> None:
    for member in (place.worker, place.referrer):
        assert client_for(member).get(path).status_code == 404


@pytest.mark.parametrize("path", RUN)
def test_nobody_opens_it_without_signing_in(db: None, path: str) -> None:
    assert Client().get(path)["Location"].startswith("/account/login/?next=")


def test_a_stranger_finds_nothing_of_ours(
    place: Place, client_for: ClientFor, new_member: Callable[..., Member]
) -> None:
    stranger = client_for(new_member("Ann Elsewhere", "administrator", place.stranger_organisation_id))
    one = f"/people-who-work-here/{place.worker.membership_id}/"
    for path in (one, f"{one}end/", f"{one}leaver/", f"/admin/teams/{place.team_id}/"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"{one}invite-again/").status_code == 404
    assert "Sam Okafor" not in stranger.get("/people-who-work-here/").content.decode()


def test_details_of_the_organisation_change(place: Place, client_for: ClientFor) -> None:
    given = {
        "name": "Wexcombe Links",
        "kind": "voluntary",
        "nation": "WLS",
        "email": "",
        "phone": "",
        "legal_basis": "",
    }
    assert client_for(place.administrator).post("/admin/organisation/", given).status_code == 302
    row = Organisation.objects.get(pk=place.organisation_id)
    assert (row.name, row.nation, row.code) == ("Wexcombe Links", "WLS", "WEX01")


def team_given(place: Place, **more: str) -> dict[str, str]:
    return {
        "name": "Second team",
        "opens_at": "08:30",
        "closes_at": "16:00",
        "triage_working_days": "2",
        "answer_working_days": "5",
        "danger_working_hours": "2",
        "full_caseload": "50",
        "duty_user_id": str(place.lead.user_id),
        "second_duty_user_id": str(place.worker.user_id),
        **more,
    }


def test_a_team_is_added_with_people_on_duty(place: Place, client_for: ClientFor) -> None:
    assert client_for(place.administrator).post("/admin/teams/add/", team_given(place)).status_code == 302
    team = Team.objects.get(name="Second team")
    assert (team.slug, team.duty_user_id) == ("second-team", place.lead.user_id)


def test_a_stranger_cannot_be_put_on_duty(place: Place, client_for: ClientFor) -> None:
    given = team_given(place, duty_user_id=str(place.stranger.user_id))
    assert client_for(place.administrator).post("/admin/teams/add/", given).status_code == 422


@pytest.mark.parametrize(
    ("field", "value"), [("opens_at", "25:99"), ("closes_at", "07:00"), ("full_caseload", "nine"), ("name", "\0")]
)
def test_a_slip_in_a_team_is_told_at_its_box(place: Place, client_for: ClientFor, field: str, value: str) -> None:
    answer = client_for(place.administrator).post("/admin/teams/add/", team_given(place, **{field: value}))
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


def test_a_network_is_started_grown_and_left(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.administrator)
    given = {"name": "Wexcombe together", "agreement": "Agreement 7"}
    given |= {"agreed_on_day": "1", "agreed_on_month": "3", "agreed_on_year": "2026"}
    given |= {"review_on_day": "1", "review_on_month": "3", "review_on_year": "2027"}
    assert client.post("/admin/networks/add/", given).status_code == 302
    network = Network.objects.get()
    assert client.post(f"/admin/networks/{network.pk}/add/", {"code": "p90001"}).status_code == 302
    assert "Mill Lane Surgery" in client.get("/admin/networks/").content.decode()
    assert client.post(f"/admin/networks/{network.pk}/add/", {"code": "NOPE"}).status_code == 422
    assert client.post(f"/admin/networks/{network.pk}/leave/").status_code == 302
    assert "Wexcombe together" not in client.get("/admin/networks/").content.decode()
    assert NetworkMembership.objects.filter(left_on=None).count() == 1


def test_a_network_of_others_is_not_to_be_found(place: Place, client_for: ClientFor) -> None:
    theirs = Network.objects.create(name="Theirs", agreement="x", agreed_on="2026-01-01", review_on="2027-01-01")
    client = client_for(place.administrator)
    assert client.get(f"/admin/networks/{theirs.pk}/add/").status_code == 404
    assert client.post(f"/admin/networks/{theirs.pk}/add/", {"code": "P90001"}).status_code == 404
    assert client.post(f"/admin/networks/{theirs.pk}/leave/").status_code == 404


def test_a_role_is_changed_with_what_a_lead_weighs(place: Place, client_for: ClientFor) -> None:
    path = f"/people-who-work-here/{place.worker.membership_id}/"
    given = {
        "role": "link_worker",
        "team": str(place.team_id),
        "languages": "Urdu, Polish",
        "working_days": ["0", "2"],
        "home_postcode": "bs1 4dj",
    }
    client = client_for(place.administrator)
    assert client.post(path, given).status_code == 302
    page = client.get(path).content.decode()
    assert "Urdu, Polish" in page
    assert "BS1 4DJ" in page
    assert client.post(path, given | {"home_postcode": "nowhere"}).status_code == 422


def test_a_leaver_is_closed_from_their_page(place: Place, client_for: ClientFor) -> None:
    client = client_for(place.administrator)
    path = f"/people-who-work-here/{place.colleague.membership_id}/leaver/"
    assert "Nothing waits for Priya Nair" in client.get(path).content.decode()
    assert client.post(path).status_code == 302
    assert "Priya Nair" not in client.get("/people-who-work-here/").content.decode().split("<table")[1]


def test_the_list_of_staff_costs_the_same_for_one_and_for_twenty(
    place: Place, client_for: ClientFor, new_member: Callable[..., Member]
) -> None:
    client = client_for(place.administrator)
    client.get("/people-who-work-here/")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/people-who-work-here/")
        return len(asked)

    before = cost()
    for number in range(20):
        new_member(f"Worker Number{number}", "link_worker", place.organisation_id, place.team_id)
    assert cost() == before
