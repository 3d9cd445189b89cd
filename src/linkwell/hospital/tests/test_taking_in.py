"""If these fail, what a sender says after its counter began again is lost, counted twice, or kept apart for ever."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from django.test import Client

from linkwell.accounts.models import Organisation
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope, system_scope
from linkwell.hospital import actions, queries
from linkwell.hospital.actions.looking_after import set_done, take_all_in, take_in, try_again
from linkwell.hospital.models import Event, Feed, Inbound
from linkwell.hospital.queries.attention import conservation, needs_attention, number_kept_apart
from linkwell.hospital.tests.sending import message
from linkwell.kernel.errors import InvalidMove, NotFound
from tests.place import Place, make_member, sign_in

ADMITTED, MOVED, LEFT = "20261102091000", "20261103100000", "20261105150000"


@pytest.fixture
def hospital(place: Place) -> Scope:
    trust = Organisation.objects.create(code="RWX01", name="Wexcombe General", kind="trust")
    return system_scope(trust.pk, "test")


@pytest.fixture
def browser(hospital: Scope) -> Client:
    return sign_in(make_member("Ivy Feed", Role.ADMINISTRATOR, hospital.organisation_id))


def sent(scope: Scope, *messages: bytes) -> list[str]:
    """As the line keeps them, all in one commit: the answer to each. Then they are worked out."""
    feed_id = actions.open_feed(scope=scope, kind="adt")
    found = [each.code.value for each in actions.receive(scope=scope, feed_id=feed_id, messages=messages)]
    actions.process_all(scope)
    return found


def feed(scope: Scope) -> UUID:
    with scoped(scope):
        return Feed.objects.get().pk


def events(scope: Scope) -> int:
    with scoped(scope):
        return Event.objects.count()


@pytest.mark.fault("F4")
def test_another_message_under_a_used_number_is_taken_in_once_and_sent_again_is_a_repeat(
    hospital: Scope, browser: Client
) -> None:
    assert sent(hospital, message("A01", ADMITTED, control_id="1")) == ["AA"]
    left = message("A03", LEFT, control_id="1")
    assert sent(hospital, left) == sent(hospital, left) == ["AE"]
    (row,) = needs_attention(hospital)
    address = f"/hospital/feeds/{row.id}/"
    assert "It is another message: take it in" in browser.get(address).content.decode()
    with pytest.raises(InvalidMove):
        try_again(scope=hospital, inbound_id=row.id)
    assert queries.all_stays(hospital)[0].discharged_at is None
    assert browser.post(f"{address}other/").status_code == 302
    actions.process_all(hospital)
    assert queries.all_stays(hospital)[0].discharged_at == dt.datetime(2026, 11, 5, 15, tzinfo=dt.UTC)
    assert not needs_attention(hospital)
    count = events(hospital)
    assert sent(hospital, left, message("A01", ADMITTED, control_id="1"), left) == ["AA", "AA", "AA"]
    assert (events(hospital), conservation(hospital).done) == (count, 2)
    # A third thing under the same number is kept apart, as the second was.
    assert sent(hospital, message("A02", MOVED, location="W3", control_id="1")) == ["AE"]
    with pytest.raises(NotFound):
        take_in(scope=hospital, inbound_id=row.id)


@pytest.mark.fault("F4")
@pytest.mark.fault("F5")
def test_all_that_a_counter_that_began_again_sent_is_taken_in_at_once_in_the_right_order(
    hospital: Scope, browser: Client
) -> None:
    numbers = [str(number) for number in range(12)]
    old = [message("A01", ADMITTED, control_id=each, patient=f"OLD{each}", visit=each, nhs="") for each in numbers]
    assert sent(hospital, *old) == ["AA"] * 12
    # Each of four new patients left, moved and came: in the wrong order.
    kinds = [("A03", LEFT, "W3"), ("A02", MOVED, "W3"), ("A01", ADMITTED, "W1")]
    new = [
        message(
            kind, at, control_id=numbers[3 * who + place], patient=f"N{who}", visit=f"N{who}", nhs="", location=ward
        )
        for who in range(4)
        for place, (kind, at, ward) in enumerate(kinds)
    ]
    assert sent(hospital, *new) == ["AE"] * 12
    address = f"/hospital/feeds/of/{feed(hospital)}/"
    assert "12 messages kept apart" in browser.get(address).content.decode()
    left_out, *_ = needs_attention(hospital)
    set_done(scope=hospital, inbound_id=left_out.id, reason="Sent by mistake")
    done = browser.post(f"{address}take-in/", follow=True).content.decode()
    assert "11 messages taken in" in done
    assert "kept apart</h2>" not in done
    actions.process_all(hospital)
    found = {row.patient.hospital_number: row for row in queries.all_stays(hospital)}
    assert [found[f"N{who}"].discharged_at is None for who in range(4)] == [True, False, False, False]
    assert {tuple(place for place, *_ in found[f"N{who}"].moves) for who in range(4)} == {("W1", "W3")}
    assert (number_kept_apart(hospital, feed(hospital)), take_all_in(scope=hospital, feed_id=feed(hospital))) == (0, 0)
    assert sent(hospital, *new) == ["AE"] + ["AA"] * 11
    now = conservation(hospital)
    assert (now.received, now.done, now.attention) == (24, 24, 0)


def test_one_taken_in_that_cannot_be_worked_out_is_tried_again_as_any_other(hospital: Scope, browser: Client) -> None:
    assert sent(hospital, message("A01", ADMITTED, control_id="1")) == ["AA"]
    unread = message("A03", "soon", sent=LEFT, control_id="1")
    assert sent(hospital, unread) == ["AE"]
    take_all_in(scope=hospital, feed_id=feed(hospital))
    actions.process_all(hospital)
    (row,) = needs_attention(hospital)
    assert (row.field, row.clash) == ("EVN-2", False)
    assert "Try it again" in browser.get(f"/hospital/feeds/{row.id}/").content.decode()
    try_again(scope=hospital, inbound_id=row.id)
    assert sent(hospital, unread) == ["AA"]


@pytest.mark.fault("F14")
def test_another_organisation_takes_nothing_in(place: Place, hospital: Scope) -> None:
    sent(hospital, message("A01", ADMITTED, control_id="1"))
    sent(hospital, message("A03", LEFT, control_id="1"))
    (row,) = needs_attention(hospital)
    elsewhere = Organisation.objects.create(code="RWX02", name="Another General", kind="trust")
    with pytest.raises(NotFound):
        take_in(scope=system_scope(elsewhere.pk, "test"), inbound_id=row.id)
    with pytest.raises(NotFound):
        take_all_in(scope=system_scope(elsewhere.pk, "test"), feed_id=feed(hospital))
    stranger = sign_in(make_member("Una Far", Role.ADMINISTRATOR, elsewhere.pk))
    assert stranger.post(f"/hospital/feeds/{row.id}/other/").status_code == 404
    assert stranger.post(f"/hospital/feeds/of/{feed(hospital)}/take-in/").status_code == 404
    with scoped(hospital):
        assert Inbound.objects.filter(taken=True).count() == 0
