"""If these fail, a group cannot say when, where and for whom it meets, or its feed takes its words back."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from linkwell.core.database import scoped
from linkwell.directory import queries
from linkwell.directory.models import ListingChange, Service
from linkwell.directory.queries.meeting import meeting_of
from linkwell.directory.tests.samples import a_service, load
from linkwell.onward.tests.test_listing import own_page
from tests.place import Member, Place

TIME = {"weekday": "2", "rhythm": "fortnightly", "starts_at": "14:00", "term_time": "on", "note": "Bring a cup"}
BEGINS = {"begins_on_day": "25", "begins_on_month": "11", "begins_on_year": "2026"}
PLACE = {"name": "Mill Hall", "address": "3 Mill Lane", "postcode": "zw11aa", "step_free": "yes"}
RULE = {"kind": "gender", "values": "women", "must": "yes"}


@pytest.fixture
def service_id(place: Place) -> UUID:
    load(place, [a_service(1)])
    with scoped(place.worker.scope):
        Service.objects.update(referral_email="table@group.example.org")
        return Service.objects.get().pk


def test_a_group_says_when_where_and_for_whom_and_its_feed_leaves_it_so(place: Place, service_id: UUID) -> None:
    client, keep = own_page(place, service_id)
    page = f"{keep}meeting/"
    wrong = client.post(f"{page}?what=time", TIME)
    assert (wrong.status_code, "One day on which you meet" in wrong.content.decode()) == (422, True)
    review = client.post(f"{page}?what=time", TIME | BEGINS).content.decode()
    assert "Every second Wednesday" in review
    assert 'name="begins_on_day" value="25"' in review
    scope = place.lead.scope
    assert len(meeting_of(scope, service_id).times) == 1
    for what, said in (("time", TIME | BEGINS), ("place", PLACE), ("rule", RULE)):
        assert client.post(f"{page}?what={what}", said | {"save": "1"}).status_code == 302
    now = meeting_of(scope, service_id)
    assert [each.said and each.said.rhythm for each in now.times] == ["weekly", "fortnightly"]
    assert [each.words for each in now.rules] == ["Only for women"]
    gone = next(each.id for each in now.places if each.said.address != PLACE["address"])
    client.post(f"{page}?what=place&which={gone}", {"away": "1"})
    load(place, [a_service(1, description="<p>New words of the feed.</p>", schedules=[])])
    row = queries.service(place.worker.scope, service_id)
    assert (row.description, len(row.sessions), len(row.venues)) == ("New words of the feed.", 2, 1)
    with scoped(scope):
        kept = ListingChange.objects.filter(service_id=service_id).values_list("changes__0__field", flat=True)
        assert sorted(kept) == ["place", "place", "rule", "time"]


def test_a_keeper_does_it_for_a_group_and_says_when_school_is_out(
    place: Place, service_id: UUID, client_for: Callable[[Member], Client]
) -> None:
    lead = client_for(place.lead)
    page = reverse("onward:desk_parts", args=[service_id])
    [time] = meeting_of(place.lead.scope, service_id).times
    assert "Mondays, 10am to 12 noon" in lead.get(page).content.decode()
    changed = {"weekday": "3", "rhythm": "-1", "starts_at": "18:00"}
    lead.post(f"{page}?what=time&which={time.id}", changed | {"save": "1"})
    assert "Last Thursday of the month, from 6pm" in lead.get(page).content.decode()
    assert client_for(place.stranger_lead).get(page).status_code == 404
    assert lead.get(f"{page}?what=time&which={service_id}").status_code == 404

    holidays = reverse("onward:school_breaks")
    days = {f"{end}_{part}": value for end in ("first_day", "last_day") for part, value in
            (("day", "21"), ("month", "12"), ("year", "2026"))}  # fmt: skip
    assert lead.post(holidays, {"name": "Christmas"} | days).status_code == 302
    assert "Christmas: " in lead.get(holidays).content.decode()
