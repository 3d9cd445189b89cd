"""If these fail, the public directory shows what is not public, keeps what somebody typed, or hides urgent help."""

from __future__ import annotations

import pytest
from django.test import Client

from linkwell.core.database import scoped
from linkwell.directory import actions, public_views
from linkwell.directory.models import CommunityOrganisation, Service, ServiceGap, ServiceStatus
from linkwell.directory.tests.samples import a_service, load
from tests.place import Place

FIND = "/services/in/wex01/"


@pytest.fixture
def given(place: Place) -> Place:
    choir = a_service(
        1, name="Sing Low", contacts=[{"name": "Ada Byron"}], description="Ring Ada Byron on 07700 900123"
    )
    load(place, [choir, a_service(2, name="Chess by the river")])
    actions.publish(scope=place.administrator.scope, published=True)
    return place


def test_anybody_finds_a_group_and_reads_of_it_what_is_public(given: Place) -> None:
    client = Client()
    page = client.get(FIND, {"words": "sing"})
    assert page["Cache-Control"] == "private, max-age=300"
    assert "Sing Low" in page.content.decode()
    assert client.get(FIND)["Cache-Control"] == "public, max-age=300"
    with scoped(given.worker.scope):
        row = Service.objects.get(name="Sing Low")
    actions.say_room(scope=given.worker.scope, service_id=row.pk, room="full", weeks=None, said_by="Jean Abbott")
    one = client.get(f"{FIND}{row.pk}/").content.decode()
    assert "Full now" in one
    assert not [each for each in ("Ada Byron", "07700", "Jean Abbott") if each in one + page.content.decode()]
    assert not client.cookies


def test_urgent_help_stands_first_and_a_search_for_nothing_is_counted_without_its_words(given: Place) -> None:
    page = Client().get(FIND, {"words": "I want to kill myself"}).content.decode()
    assert page.index("Help that cannot wait") < page.index("results-title")
    Client().get(FIND, {"words": "debt zzyzx", "place": "ZW1 1AA"})
    with scoped(given.administrator.scope):
        (gap,) = ServiceGap.objects.filter(need="money")
    assert (gap.source, gap.district, gap.words) == ("public", "ZW1", "")


def test_a_directory_that_is_not_given_away_and_a_group_that_is_gone_are_not_there(given: Place) -> None:
    with scoped(given.worker.scope):
        row = Service.objects.get(name="Sing Low")
    actions.publish(scope=given.administrator.scope, published=False)
    assert [Client().get(each).status_code for each in (FIND, f"{FIND}{row.pk}/", "/services/in/nobody/")] == [404] * 3
    actions.publish(scope=given.administrator.scope, published=True)
    with scoped(given.worker.scope):
        Service.objects.filter(pk=row.pk).update(status=ServiceStatus.WITHDRAWN)
    assert Client().get(f"{FIND}{row.pk}/").status_code == 404
    with scoped(given.stranger.scope):
        group = CommunityOrganisation.objects.create(organisation_id=given.stranger.scope.organisation_id, name="X")
        other = Service.objects.create(organisation_id=group.organisation_id, community_organisation=group, name="X")
    assert Client().get(f"{FIND}{other.pk}/").status_code == 404


def test_nobody_takes_the_directory_by_looking_without_end(given: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_views, "MOST_A_MINUTE", 0)
    assert Client().get(FIND).status_code == 429
