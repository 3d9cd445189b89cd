"""If these fail, somebody is offered what they asked not to be, or a page is acted on that is out of date."""

import datetime as dt

import pytest

from linkwell.core.database import scoped
from linkwell.hospital.models import Feed, HomeThing, Inbound, Objection, Patient
from linkwell.hospital.tests.stays import Hospital, a_hospital, winter
from linkwell.kernel import clock
from tests.place import sign_in

pytestmark = pytest.mark.django_db
ASKED_NOT = "asked us not to offer support"


@pytest.fixture
def trust() -> Hospital:
    return a_hospital()


def test_who_asked_us_not_to_offer_is_named_so_before_anybody_offers(trust: Hospital) -> None:
    patient_id, client = trust.patient(), sign_in(trust.coordinator)
    stay_id, other = trust.stay(patient_id), trust.stay(trust.patient("Ada"))
    with scoped(trust.system):
        # Said under an older record of theirs.
        cluster = Patient.objects.get(pk=patient_id).cluster
        older = trust.patient(cluster=cluster, merged_into_id=patient_id)
        Objection.objects.create(
            organisation_id=trust.organisation_id,
            patient_id=older,
            said_at=clock.now(),
            recorded_by_id=trust.coordinator.user_id,
        )
    for page in ("", "refer/", "community/"):
        answer = client.get(f"/hospital/stays/{stay_id}/{page}")
        assert (answer.status_code, ASKED_NOT in answer.content.decode()) == (200, True)
        assert ASKED_NOT not in client.get(f"/hospital/stays/{other}/{page}").content.decode()


def test_a_feed_whose_messages_lie_unread_is_not_called_fresh(trust: Hospital) -> None:
    client, now = sign_in(trust.coordinator), clock.now()
    mine = {"organisation_id": trust.organisation_id}
    with scoped(trust.system):
        feed = Feed.objects.create(**mine, kind="adt", name="Line", last_heard_at=now)
        more = {"control_id": "1", "content_hash": b"1", "raw": b"", "received_at": now}
        waits = Inbound.objects.create(**mine, feed=feed, **more)
    assert 'role="alert"' not in client.get("/hospital/going-home/").content.decode()
    with scoped(trust.system):
        Inbound.objects.filter(pk=waits.pk).update(received_at=now - dt.timedelta(minutes=11))
    page = client.get("/hospital/going-home/").content.decode()
    assert "Line: 1 message received but not yet read" in page


def _pages(trust: Hospital) -> list[str]:
    of_one = (f"stays/{trust.stay()}/", f"programmes/{winter(trust)}/")
    return ["going-home/", "going-home/wall/", "follow-ups/", "programmes/", *of_one]


def _heard_long_ago(trust: Hospital, kind: str) -> None:
    with scoped(trust.system):
        old = clock.now() - dt.timedelta(days=90)
        Feed.objects.create(organisation_id=trust.organisation_id, kind=kind, name="Ours", last_heard_at=old)


@pytest.mark.parametrize("kind", ["adt", "ward_list", "ready_list"])
def test_every_page_about_going_home_says_that_its_news_is_old(trust: Hospital, kind: str) -> None:
    """Without this, whoever died or came back since is rung by somebody who opened their page and saw no warning."""
    client = sign_in(trust.coordinator)
    _heard_long_ago(trust, kind)
    for page in _pages(trust):
        shown = client.get(f"/hospital/{page}").content.decode()
        assert ("This page is out of date" in shown, "Ours: last heard" in shown) == (True, True), page


def test_a_late_activity_file_raises_no_alarm_where_it_changes_nothing(trust: Hospital) -> None:
    """Without this, wards learn to look past the red box, and past it on the day when it is about them."""
    client = sign_in(trust.clinician)
    _heard_long_ago(trust, "activity")
    for page in _pages(trust):
        shown = client.get(f"/hospital/{page}").content.decode()
        assert ("out of date" in shown, "Ours" in shown) == (False, False), page
    for page in ("people/", "numbers/"):
        assert "This page is out of date" in client.get(f"/hospital/{page}").content.decode(), page


def test_who_does_a_thing_is_not_thrown_away_because_no_answer_was_chosen(trust: Hospital) -> None:
    stay_id, client = trust.stay(), sign_in(trust.clinician)
    given = {"version": 0, "support": "unknown", "owner": str(trust.clinician.user_id)}
    given |= {f"{thing}_answer": "unknown" for thing in HomeThing.values}
    answer = client.post(f"/hospital/stays/{stay_id}/list/", given | {"food_who": "Typed by hand"})
    page = answer.content.decode()
    assert (answer.status_code, "Choose an answer" in page, "Typed by hand" in page) == (422, True, True)
    assert client.post(f"/hospital/stays/{stay_id}/list/", given).status_code == 302
