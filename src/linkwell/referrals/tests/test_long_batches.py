"""If these fail, a long file of referrals stands still unseen, holds a page for minutes, or loses somebody."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linkwell.accounts.models import Membership
from linkwell.core import worker
from linkwell.core.database import scoped
from linkwell.core.scope import system_scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.referrals import actions, queries
from linkwell.referrals.actions import batches
from linkwell.referrals.handlers import send_on_a_long_file
from linkwell.referrals.models import ReferralBatch
from linkwell.referrals.tests.helpers import ClientFor, text_of
from linkwell.referrals.tests.test_batches import look
from tests.place import Place

pytestmark = pytest.mark.django_db
# Five rows: the third cannot be used, and the fourth is the first again.
ROWS = (
    "Ada,Moss,1/2/1950,,01632 960991,Lonely,,yes,",
    "Bill,Moss,1/2/1951,,01632 960992,Lonely,,yes,",
    ",Moss,1/2/1952,,01632 960993,Lonely,,yes,",
    "Ada,Moss,1/2/1950,,01632 960991,Lonely,,yes,",
    "Cara,Moss,1/2/1953,,01632 960994,Lonely,,yes,",
)


@pytest.fixture(autouse=True)
def more_than_two_rows_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MOST_ROWS_AT_ONCE", "LOOKED_AT_A_TIME", "SENT_AT_A_TIME"):
        monkeypatch.setattr(batches, name, 2)


def test_a_long_file_is_looked_at_and_sent_in_parts_with_its_progress_on_the_page(
    place: Place, client_for: ClientFor
) -> None:
    client = client_for(place.referrer)
    header = "First name,Last name,Date of birth,NHS number,Phone,Needs,Why,Knows and agrees,Safe to use"
    file = SimpleUploadedFile("people.csv", "\n".join([header, *ROWS]).encode(), content_type="text/csv")
    page = client.post("/referrals/batches/", {"team": str(place.team_id), "file": file}, follow=True)
    assert "0 of 5 rows looked at" in text_of(page)
    assert "See how far it is now" in text_of(page)
    [row] = queries.batches(place.referrer.scope).rows
    url = f"/referrals/batches/{row.id}/"
    worker.work_off(1)
    assert "2 of 5 rows looked at" in text_of(client.get(url))
    assert client.post(url, follow=True).status_code == 200, "too early, and nothing is sent"
    assert queries.by_state(place.lead.scope) == {}
    while worker.work_off():
        pass
    ready = text_of(client.get(url))
    assert "5 rows in the file = 3 ready + 2 not ready." in ready
    assert "The same person as in row 2." in ready

    assert "0 of 5 rows sent" in text_of(client.post(url, follow=True))
    assert "Being sent" in text_of(client.get("/referrals/batches/"))
    while worker.work_off():
        pass
    assert "5 rows in the file = 3 sent + 2 not sent." in text_of(client.get(url))
    assert queries.by_state(place.lead.scope) == {"received": 3}
    done = queries.batch(place.referrer.scope, row.id)
    assert [bool(line.reference) for line in done.lines] == [True, True, False, False, True]
    assert not done.still_here, "the file itself is gone"


def test_stopped_in_the_middle_of_a_part_nobody_is_sent_twice_or_left_out(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = look(place, *ROWS)
    while worker.work_off():
        pass
    actions.send_batch(place.referrer.scope, found.id)
    with monkeypatch.context() as stopped:
        stopped.setattr(batches, "_note_sent", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send_on_a_long_file(system_scope(place.practice_id, "test"), found.id)
    assert queries.by_state(place.lead.scope) == {"received": 2}, "sent, and not yet noted"
    actions.send_batch(place.referrer.scope, found.id)
    while worker.work_off():
        pass
    done = queries.batch(place.referrer.scope, found.id)
    assert (done.loaded, done.rejected, queries.by_state(place.lead.scope)) == (3, 2, {"received": 3})


def test_nothing_more_goes_for_somebody_who_may_not_refer_any_more(place: Place) -> None:
    found = look(place, *ROWS)
    while worker.work_off():
        pass
    actions.send_batch(place.referrer.scope, found.id)
    Membership.objects.filter(pk=place.referrer.membership_id).update(ended_at=clock.now())
    while worker.work_off():
        pass
    assert queries.by_state(place.lead.scope) == {}


def test_a_file_that_is_being_sent_is_not_forgotten_before_it_went_but_not_kept_for_ever(place: Place) -> None:
    found = look(place, *ROWS)
    while worker.work_off():
        pass
    actions.send_batch(place.referrer.scope, found.id)
    scope = place.referrer.scope
    assert actions.forget_files(scope=scope, before=clock.now()) == 0
    with scoped(scope):
        ReferralBatch.objects.filter(pk=found.id).update(created_at=clock.now() - dt.timedelta(days=8))
    assert actions.forget_files(scope=scope, before=clock.now() - dt.timedelta(days=1)) == 1


def test_a_file_with_more_rows_than_we_take_says_how_many_we_take(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "MOST_ROWS", 4)
    with pytest.raises(Invalid, match="Send up to 4 rows at a time"):
        look(place, *ROWS)


def test_another_persons_file_is_not_there(place: Place) -> None:
    found = look(place, *ROWS)
    with pytest.raises(NotFound):
        actions.send_batch(place.lead.scope, found.id)
