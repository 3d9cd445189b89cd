"""If these fail, a list that is sent no more alarms everybody for ever, or its end takes somebody off a ward."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.test import Client

from linkwell.accounts.models import Organisation
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope, system_scope
from linkwell.hospital import actions, queries
from linkwell.hospital.actions.ending_feeds import HELD, UNREAD, end_feed, get_feed_again
from linkwell.hospital.models import Feed
from linkwell.hospital.queries.freshness import ended_feeds
from linkwell.hospital.tests.sending import message
from linkwell.kernel import clock
from linkwell.kernel.errors import InvalidMove, NotFound
from tests.place import Place, make_member, sign_in

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def hospital(place: Place) -> Scope:
    trust = Organisation.objects.create(code="RWX01", name="Wexcombe General", kind="trust")
    return system_scope(trust.pk, "test")


@pytest.fixture
def browser(hospital: Scope) -> Client:
    return sign_in(make_member("Ivy Feed", Role.ADMINISTRATOR, hospital.organisation_id))


def load(scope: Scope, *numbers: str, ago: float = 0) -> actions.ListResult:
    rows = "".join(f"{each},W1\n" for each in numbers)
    as_at = clock.now() - ago * HOUR
    file = io.BytesIO(f"MRN,Ward\n{rows}".encode())
    result = actions.load_list(scope=scope, file=file, file_name="ward.csv", as_at=as_at)
    actions.process_all(scope)
    return result


def feed(scope: Scope) -> Feed:
    with scoped(scope):
        return Feed.objects.get()


def inside(scope: Scope) -> set[str]:
    return {row.patient.hospital_number for row in queries.stays_now(scope)}


def test_a_list_that_is_sent_no_more_alarms_nobody_and_leaves_everybody_where_it_had_them(
    hospital: Scope, browser: Client
) -> None:
    load(hospital, "H1", "H2", ago=50)
    address = f"/hospital/feeds/of/{feed(hospital).pk}/"
    clerk = sign_in(make_member("Owen Price", Role.REFERRER, hospital.organisation_id))
    assert "This page is out of date" in clerk.get("/hospital/people/").content.decode()
    asked = browser.get(f"{address}end/").content.decode()
    assert "names 2 people. They stay as it had them" in asked
    assert queries.freshness(hospital)[0].stale
    assert browser.post(f"{address}end/").status_code == 302
    assert (queries.freshness(hospital), [each.stale for each in ended_feeds(hospital)]) == ((), [False])
    for page in ("/hospital/people/", "/hospital/going-home/", "/hospital/going-home/wall/"):
        assert "out of date" not in clerk.get(page).content.decode()
    assert "Ended" in browser.get("/hospital/feeds/").content.decode()
    assert "We get it again" in browser.get(address).content.decode()
    assert inside(hospital) == {"H1", "H2"}
    assert "has ended already" in browser.post(f"{address}end/", follow=True).content.decode()
    assert browser.post(f"{address}again/").status_code == 302
    assert queries.freshness(hospital)[0].stale
    assert "had not ended" in browser.post(f"{address}again/", follow=True).content.decode()


def test_a_list_that_comes_again_opens_its_feed_and_is_compared_with_the_last(hospital: Scope) -> None:
    load(hospital, "H1", "H2", ago=50)
    end_feed(scope=hospital, feed_id=feed(hospital).pk)
    assert load(hospital, "H2", ago=1).events == {"gone": 1}
    assert (feed(hospital).ended_at, inside(hospital)) == (None, {"H2"})
    end_feed(scope=hospital, feed_id=feed(hospital).pk)
    # Held, so somebody has to decide about it: that is heard too.
    assert load(hospital).held
    assert feed(hospital).ended_at is None


def test_a_message_that_comes_again_opens_its_feed(hospital: Scope) -> None:
    feed_id = actions.open_feed(scope=hospital, kind="adt")
    for number in ("M1", "M2"):
        sent = message("A01", control_id=number, patient=number, visit=number)
        actions.receive(scope=hospital, feed_id=feed_id, messages=[sent])
        assert feed(hospital).ended_at is None
        with pytest.raises(InvalidMove, match=UNREAD):
            end_feed(scope=hospital, feed_id=feed_id)
        actions.process_all(hospital)
        end_feed(scope=hospital, feed_id=feed_id)
        assert feed(hospital).ended_at is not None


def test_a_feed_with_a_held_list_is_not_ended(hospital: Scope, browser: Client) -> None:
    load(hospital, "H1", ago=5)
    load(hospital, ago=4)
    refused = browser.post(f"/hospital/feeds/of/{feed(hospital).pk}/end/", follow=True)
    assert HELD in refused.content.decode()
    assert feed(hospital).ended_at is None


@pytest.mark.fault("F14")
def test_another_organisation_ends_no_feed(place: Place, hospital: Scope) -> None:
    load(hospital, "H1")
    feed_id = feed(hospital).pk
    elsewhere = Organisation.objects.create(code="RWX02", name="Another General", kind="trust")
    for act in (end_feed, get_feed_again):
        with pytest.raises(NotFound):
            act(scope=system_scope(elsewhere.pk, "test"), feed_id=feed_id)
    stranger = sign_in(make_member("Una Far", Role.ADMINISTRATOR, elsewhere.pk))
    address = f"/hospital/feeds/of/{feed_id}/"
    assert stranger.get(f"{address}end/").status_code == stranger.post(f"{address}end/").status_code == 404
    assert stranger.post(f"{address}again/").status_code == 404
    assert feed(hospital).ended_at is None
