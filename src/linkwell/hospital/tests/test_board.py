"""If these fail, somebody waits in a hospital unseen, or a board says what nobody should read there."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from linkwell.core.scope import Scope
from linkwell.hospital.actions.going_home import tick_community_help, untick_community_help
from linkwell.hospital.home_words import wall as wall_words_of
from linkwell.hospital.queries.board import PAGE_SIZE, Shown, board, wall
from linkwell.hospital.tests.stays import Hospital, a_hospital
from linkwell.hospital.waits import BANDS, band_of, days_since
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Hospital:
    return a_hospital()


@given(st.integers(0, 4000))
def test_every_wait_is_in_one_band_and_longer_waits_are_in_later_ones(days: int) -> None:
    found = band_of(days)
    assert [each for each in BANDS if each.low <= days and (each.high is None or days <= each.high)] == [found]


def test_days_are_nights_by_the_uk_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 6, 2, 22, 59, tzinfo=dt.UTC))
    assert days_since(dt.datetime(2026, 6, 1, 22, 59, tzinfo=dt.UTC)) == 1
    assert days_since(dt.datetime(2026, 6, 1, 23, 1, tzinfo=dt.UTC)) == 0


def _names(trust: Hospital, chosen: Shown = Shown()) -> list[str]:  # noqa: B008
    return [row.family_name for row in board(trust.coordinator.scope, chosen).page]


def test_the_board_holds_those_who_are_ready_and_still_in_and_nobody_else(trust: Hospital) -> None:
    trust.stay(trust.patient(family="Waits"), ready=3)
    trust.stay(trust.patient(family="NotYet"), ready=None)
    again = trust.stay(trust.patient(family="NeedsItAgain"), ready=None)
    trust.ready(again, 5, until=2)
    trust.stay(trust.patient(family="Home"), discharged_at=clock.now())
    trust.stay(trust.patient(family="Cancelled"), no_stay="cancelled")
    trust.stay(trust.patient(family="Died", died=True))
    trust.stay(trust.patient(family="Test", test=True))
    trust.stay(trust.patient(family="Apart", restricted=True))
    trust.stay(trust.patient(family="Visit"), stay_class="emergency")
    assert _names(trust) == ["Waits"]


def test_a_wait_is_that_of_the_period_that_goes_on_now(trust: Hospital) -> None:
    stay_id = trust.stay(ready=None)
    trust.ready(stay_id, 20, until=10)
    trust.ready(stay_id, 2, reasons=("transport",))
    found = board(trust.coordinator.scope, Shown())
    assert (found.bands, found.reasons) == ({"2-3": 1}, {"transport": 1})


def test_the_board_is_narrowed_by_ward_band_and_reason(trust: Hospital) -> None:
    trust.stay(trust.patient(family="Elm"), ready=1)
    oak = trust.stay(trust.patient(family="Oak"), ready=None, ward="Oak")
    trust.ready(oak, 30, reasons=("pet", "transport"))
    assert _names(trust) == ["Elm", "Oak"]
    assert _names(trust, Shown(ward="Oak")) == _names(trust, Shown(band="21+")) == ["Oak"]
    assert _names(trust, Shown(reason="transport")) == ["Oak"]
    assert _names(trust, Shown(ward="Elm", band="21+")) == []


@pytest.mark.parametrize("ward", ["Elm  Ward", " Oak", "A&E", "x" * 100])
def test_every_ward_of_the_filter_is_shown_when_it_is_chosen(trust: Hospital, ward: str) -> None:
    trust.stay(trust.patient(family="Chosen"), ward=ward)
    trust.stay(trust.patient(family="Elsewhere"), ward="Rowan")
    client = sign_in(trust.coordinator)
    shown = BeautifulSoup(client.get("/hospital/going-home/").content, "html.parser")
    assert ward in [each["value"] for each in shown.select("#ward option")]
    page = client.get("/hospital/going-home/", {"ward": ward}).content.decode()
    assert ("Chosen" in page, "Elsewhere" in page) == (True, False)


def test_a_page_after_the_last_shows_the_last_and_not_that_nobody_waits(trust: Hospital) -> None:
    """Without this, whoever was on the last page when people went home reads that nobody waits."""
    for number in range(PAGE_SIZE + 1):
        trust.stay(trust.patient(family=f"Waits{number:02}"), ready=100 - number, visit=f"V{number}")
    page = sign_in(trust.coordinator).get("/hospital/going-home/?page=99")
    shown = page.content.decode()
    assert (page.status_code, "Waits25" in shown, "Waits24" in shown) == (200, True, False)
    assert "Showing 26 to 26 of 26 people" in shown
    assert [row.family_name for row in board(trust.coordinator.scope, Shown(band="0"), 99).page] == []


def test_the_tick_is_a_persons_and_never_comes_from_a_reason(trust: Hospital) -> None:
    stay_id = trust.stay(ready=None)
    trust.ready(stay_id, 4, reasons=("transport", "homeless", "no_plan"))
    scope = trust.coordinator.scope
    before = board(scope, Shown())
    assert (before.ticked, before.others, before.page.rows[0].help) == (0, 1, None)
    with pytest.raises(Invalid):
        tick_community_help(scope=scope, stay_id=stay_id, what="  ")
    tick_community_help(scope=scope, stay_id=stay_id, what="Drive her home and shop", who="Good Neighbours")
    after = board(scope, Shown())
    helped = after.page.rows[0].help
    assert helped is not None
    assert (after.ticked, after.others) == (1, 0)
    assert (helped.action, helped.ticked_by) == ("Drive her home and shop", "Dev Coady")
    untick_community_help(scope=trust.clinician.scope, stay_id=stay_id)
    assert board(scope, Shown()).ticked == 0


SENSITIVE = ("safeguarding", "homeless", "housing_offer", "court_of_protection", "no_recourse")


def test_a_wall_names_nobody_and_says_nothing_sensitive(trust: Hospital) -> None:
    for reason in SENSITIVE:
        stay_id = trust.stay(trust.patient("Zebedee", "Quillfeather"), ready=None)
        trust.ready(stay_id, 4, reasons=(reason,))
    page = sign_in(trust.coordinator).get("/hospital/going-home/wall/").content.decode()
    assert "ZQ" in page
    assert page.count("Other</span>") == len(SENSITIVE)
    for never in ("Zebedee", "Quillfeather", "/stays/", *SENSITIVE, "afeguarding", "nowhere to go"):
        assert never not in page
    assert {line["reasons"] for ward in wall_words_of(wall(trust.coordinator.scope)) for line in ward["lines"]} == {
        "Other"
    }


def test_a_stale_feed_is_said_loudly_and_an_empty_board_teaches(trust: Hospital, place: Place) -> None:
    from linkwell.core.database import scoped
    from linkwell.hospital.models import Feed

    client = sign_in(trust.coordinator)
    assert "comes onto this board when" in client.get("/hospital/going-home/").content.decode()
    with scoped(trust.system):
        Feed.objects.create(
            organisation_id=trust.organisation_id,
            kind="ready_list",
            name="Ready list",
            last_heard_at=clock.now() - dt.timedelta(hours=9),
        )
    for page in ("", "wall/"):
        assert 'role="alert"' in client.get(f"/hospital/going-home/{page}").content.decode()


@pytest.mark.fault("F14")
def test_the_pages_are_a_hospitals_alone(trust: Hospital, place: Place) -> None:
    stay_id = trust.stay()
    other = sign_in(place.referrer)
    for page in ("going-home/", "going-home/wall/", "follow-ups/", "programmes/", f"stays/{stay_id}/"):
        assert other.get(f"/hospital/{page}").status_code == 404
    assert "/hospital/" not in other.get("/").content.decode()
    stranger: Scope = place.referrer.scope
    with pytest.raises(NotFound):
        tick_community_help(scope=stranger, stay_id=stay_id, what="Help")
    assert board(stranger, Shown()).page.rows == ()
