"""If these fail, a wrong list clears a ward, a right one is refused, or nobody sees that one waits."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linkwell.accounts.models import Organisation
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope, system_scope
from linkwell.hospital import actions, queries
from linkwell.hospital.actions.feeds import set_stale_after
from linkwell.hospital.actions.held_lists import load_all_the_same, throw_away
from linkwell.hospital.actions.lists import EMPTY, HALVED, OLDER
from linkwell.hospital.actions.looking_after import TOO_LONG, raise_alarm
from linkwell.hospital.cli.lists import _is_whole
from linkwell.hospital.cli.lists import hospital as hospital_commands
from linkwell.hospital.models import ListRun
from linkwell.hospital.queries.attention import attention_count
from linkwell.hospital.queries.list_runs import held_lists, latest_runs
from linkwell.hospital.waits import wall_words
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotFound
from tests.place import Place, make_member, sign_in

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def hospital(place: Place) -> Scope:
    trust = Organisation.objects.create(code="RWX01", name="Wexcombe General", kind="trust")
    return system_scope(trust.pk, "test")


def load(scope: Scope, *numbers: str, ago: float = 0, sure: bool = False) -> actions.ListResult:
    """A ward list with these patients, or whole rows, as at so many hours ago."""
    rows = "".join(f"{each}\n" if "," in each else f"{each},W1\n" for each in numbers)
    result = actions.load_list(
        scope=scope,
        file=io.BytesIO(f"MRN,Ward\n{rows}".encode()),
        file_name="ward.csv",
        as_at=clock.now() - ago * HOUR,
        accept_smaller=sure,
    )
    actions.process_all(scope)
    return result


def inside(scope: Scope) -> set[str]:
    return {row.patient.hospital_number for row in queries.stays_now(scope)}


def test_somebody_who_left_is_gone_though_another_row_was_rejected(hospital: Scope) -> None:
    load(hospital, "H1", "H2", "H3", ago=2)
    assert load(hospital, "H1", f"H2,{'W' * 101}", ",W1", ago=1).events == {"gone": 1}
    assert inside(hospital) == {"H1", "H2"}
    # Whoever could not be read is compared with the list before that one.
    assert load(hospital, "H1", ago=0).events == {"gone": 1}


@pytest.mark.fault("F24")
def test_a_list_with_nobody_on_it_clears_no_small_site_before_somebody_has_confirmed(hospital: Scope) -> None:
    assert load(hospital, ago=5).held == ""
    load(hospital, "H1", "H2", ago=4)
    assert (load(hospital, ago=3).held, load(hospital, f"H1,{'W' * 101}", ago=2).held) == (EMPTY, "")
    assert inside(hospital) == {"H1"}
    assert load(hospital, ago=1, sure=True).events == {"gone": 1}
    assert inside(hospital) == set()


def test_a_list_from_the_future_is_refused_and_the_next_true_one_is_taken(hospital: Scope) -> None:
    with pytest.raises(Invalid, match="later than now"):
        load(hospital, "H1", ago=-1)
    assert load(hospital, "H1", ago=-0.05).loaded == 1
    with scoped(hospital):
        assert ListRun.objects.count() == 1


@pytest.mark.fault("F24")
def test_a_quotation_mark_that_does_not_close_clears_no_bed(hospital: Scope) -> None:
    load(hospital, "H1", "H2", "H3", ago=1)
    with pytest.raises(Invalid) as refused:
        load(hospital, 'H1,"W1', "H2", "H3,W1")
    assert "Line 2 opens a quotation mark" in refused.value.findings[0].message
    assert inside(hospital) == {"H1", "H2", "H3"}
    with scoped(hospital):
        assert ListRun.objects.count() == 1


def held(scope: Scope) -> ListRun:
    with scoped(scope):
        return ListRun.objects.exclude(held_reason="").order_by("-id")[0]


def test_a_held_list_is_loaded_as_it_was_read_or_thrown_away(hospital: Scope) -> None:
    full = [f"H{number}" for number in range(20)]
    load(hospital, *full, ago=5)
    assert load(hospital, "H1", "H2", ago=4).held == HALVED
    first = held(hospital)
    throw_away(scope=hospital, run_id=first.pk)
    assert inside(hospital) == {*full}
    assert load(hospital, "H1", "H3", ago=3).held == HALVED
    second = held(hospital)
    assert load_all_the_same(scope=hospital, run_id=second.pk) == {"gone": 18}
    actions.process_all(hospital)
    assert inside(hospital) == {"H1", "H3"}
    for run in (first, second):
        with pytest.raises(InvalidMove):
            load_all_the_same(scope=hospital, run_id=run.pk)
        with pytest.raises(InvalidMove):
            throw_away(scope=hospital, run_id=run.pk)
    assert load(hospital, *full, ago=4).held == OLDER
    with scoped(hospital):
        runs = ListRun.objects.order_by("id").values_list("decision", "held", "changes")
        assert list(runs) == [("", None, 20), ("thrown_away", None, 0), ("loaded", None, 18), ("overtaken", None, 0)]


def test_a_newer_list_overtakes_one_that_waits(hospital: Scope) -> None:
    load(hospital, "H1", ago=5)
    load(hospital, ago=4)
    waits = held(hospital)
    assert load(hospital, "H1", ago=3).held == ""
    with pytest.raises(InvalidMove):
        load_all_the_same(scope=hospital, run_id=waits.pk)
    assert inside(hospital) == {"H1"}


@pytest.mark.fault("F14")
def test_another_organisation_decides_about_no_list(place: Place, hospital: Scope) -> None:
    load(hospital, "H1", ago=5)
    load(hospital, ago=4)
    elsewhere = system_scope(place.practice_id, "test")
    for decide in (load_all_the_same, throw_away):
        with pytest.raises(NotFound):
            decide(scope=elsewhere, run_id=held(hospital).pk)


def test_a_list_is_as_fresh_as_the_hospital_wrote_it_and_a_held_one_not_at_all(hospital: Scope) -> None:
    load(hospital, "H1", ago=72)
    (feed,) = queries.freshness(hospital)
    assert (feed.stale, feed.last_heard_at and clock.now() - feed.last_heard_at > 71 * HOUR) == (True, True)
    load(hospital)
    assert queries.freshness(hospital)[0].stale
    load(hospital, "H1")
    assert not queries.freshness(hospital)[0].stale


@pytest.fixture
def browser(hospital: Scope) -> Client:
    return sign_in(make_member("Ivy Feed", Role.ADMINISTRATOR, hospital.organisation_id))


@pytest.mark.fault("F37")
def test_a_list_from_the_folder_that_was_held_is_seen_and_decided_on_its_page(hospital: Scope, browser: Client) -> None:
    load(hospital, "H1", "H2", f"H3,{'W' * 101}", ago=5)
    load(hospital, ago=4)
    page = browser.get("/hospital/feeds/").content.decode()
    assert "3 rows = 2 loaded + 1 not loaded" in page
    assert "Held: you decide" in page
    (waits,) = held_lists(hospital)
    with scoped(hospital):
        assert attention_count(hospital) == 1
        assert attention_count(hospital, before=clock.now() - HOUR) == 0
    assert not raise_alarm(scope=hospital)
    address = f"/hospital/feeds/lists/{waits.id}/"
    shown = browser.get(address).content.decode()
    assert EMPTY in shown
    assert "load it" in shown
    assert browser.post(f"{address}load/").status_code == 302
    actions.process_all(hospital)
    assert inside(hospital) == set()
    for how in ("load", "throw-away"):
        assert "needs nothing more" in browser.post(f"{address}{how}/", follow=True).content.decode()
    assert "Held, then loaded" in browser.get(address).content.decode()
    first = latest_runs(hospital)[-1]
    assert "longer than 100" in browser.get(f"/hospital/feeds/lists/{first.id}/").content.decode()


@pytest.mark.fault("F37")
def test_a_held_list_that_waits_too_long_raises_the_alarm(hospital: Scope) -> None:
    load(hospital, "H1", ago=5)
    load(hospital, ago=4)
    with scoped(hospital):
        ListRun.objects.update(created_at=clock.now() - TOO_LONG - HOUR)
    assert raise_alarm(scope=hospital)
    throw_away(scope=hospital, run_id=held(hospital).pk)
    assert not raise_alarm(scope=hospital)


def test_an_administrator_says_how_old_is_too_old(hospital: Scope, browser: Client) -> None:
    load(hospital, "H1", ago=7)
    (feed,) = queries.freshness(hospital)
    address = f"/hospital/feeds/of/{feed.id}/"
    assert feed.stale
    assert browser.get(address).status_code == 200
    for wrong in ("", "0", "2401", "six"):
        assert browser.post(address, {"hours": wrong}).status_code == 422
    assert browser.post(address, {"hours": "8"}).status_code == 302
    assert [(each.stale, each.stale_after) for each in queries.freshness(hospital)] == [(False, 8 * HOUR)]
    load(hospital, "H1", ago=6)
    assert queries.freshness(hospital)[0].stale_after == 8 * HOUR
    for wrong_time in (dt.timedelta(0), dt.timedelta(days=101)):
        with pytest.raises(Invalid):
            set_stale_after(scope=hospital, feed_id=feed.id, after=wrong_time)


@pytest.mark.fault("F14")
def test_the_pages_of_lists_are_not_there_for_anybody_else(place: Place, hospital: Scope) -> None:
    load(hospital, "H1", ago=5)
    load(hospital, ago=4)
    (feed,) = queries.freshness(hospital)
    elsewhere = Organisation.objects.create(code="RWX02", name="Another General", kind="trust")
    strangers = [
        sign_in(make_member(name, Role.ADMINISTRATOR, organisation))
        for name, organisation in (("Una Far", elsewhere.pk), ("Ben Near", place.practice_id))
    ]
    address = f"/hospital/feeds/lists/{held(hospital).pk}/"
    for stranger in strangers:
        assert stranger.get(address).status_code == stranger.get(f"/hospital/feeds/of/{feed.id}/").status_code == 404
        assert stranger.post(f"/hospital/feeds/of/{feed.id}/", {"hours": "8"}).status_code == 404
        assert stranger.post(f"{address}load/").status_code == stranger.post(f"{address}throw-away/").status_code == 404
    assert held(hospital).held is not None


def test_twenty_lists_cost_as_many_questions_as_one(hospital: Scope, browser: Client) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert browser.get(address).status_code == 200
        return len(found)

    load(hospital, "H1", ago=60)
    load(hospital, ago=59)
    (feed,) = queries.freshness(hospital)
    pages = ("/hospital/feeds/", f"/hospital/feeds/of/{feed.id}/")
    # The first page after signing in asks more.
    few = [asked(each) for each in (*pages, *pages)][2:]
    for ago in range(58, 38, -1):
        load(hospital, ago=ago)
    assert len(held_lists(hospital)) == 20
    assert len(latest_runs(hospital)) == 3
    assert [asked(each) for each in pages] == few


def watched(folder: Path, **texts: str) -> str:
    for name, text in texts.items():
        (folder / name.replace("_", ".")).write_text(text)
    done = CliRunner().invoke(
        hospital_commands, ["watch", str(folder), "--organisation", "RWX01", "--once"], catch_exceptions=False
    )
    assert done.exit_code == 0
    return done.output


def moved(folder: Path) -> dict[str, list[str]]:
    """What lies where, without the time that begins each name."""
    return {
        place: sorted(each.name.split("-", 2)[2] for each in (folder / place).iterdir())
        for place in ("loaded", "not-loaded")
    }


@pytest.mark.fault("F37")
def test_every_file_in_the_watched_folder_is_loaded_or_moved_with_the_reason_beside_it(
    hospital: Scope, tmp_path: Path
) -> None:
    (tmp_path / ".hidden").write_text("of a program")
    said = watched(tmp_path, A_CSV="MRN,Ward\nH1,W1\n", b_txt="MRN,Ward\nH2,W1\n", c_csv="Name,Age\nA,3\n", d="x")
    assert moved(tmp_path) == {
        "loaded": ["A.CSV"],
        "not-loaded": ["b.txt", "b.txt.txt", "c.csv", "c.csv.txt", "d", "d.txt"],
    }
    assert {each.name for each in tmp_path.iterdir() if each.is_file()} == {".hidden"}
    assert "b.txt: Its name does not end in .csv" in said
    (reason,) = (tmp_path / "not-loaded").glob("*c.csv.txt")
    assert "hospital number" in reason.read_text()
    assert inside(hospital) == {"H1"}


def test_a_file_from_days_to_come_lies_nowhere_for_ever(hospital: Scope, tmp_path: Path) -> None:
    file = tmp_path / "ward.csv"
    file.write_text("MRN,Ward\nH1,W1\n")
    assert not _is_whole(file, 30)
    ahead = (clock.now() + 24 * HOUR).timestamp()
    os.utime(file, (ahead, ahead))
    assert _is_whole(file, 30)
    assert "later than now" in watched(tmp_path)
    assert moved(tmp_path)["not-loaded"] == ["ward.csv", "ward.csv.txt"]


def test_the_command_says_what_became_of_every_row(hospital: Scope, tmp_path: Path) -> None:
    file = tmp_path / "ready.csv"
    file.write_text(
        "MRN,DOB,Ward,Ready date,Reason\nH1,Unknown,W1,2026-11-03T10:30:00Z,Transport\n"
        "H1,,W1,03-Nov-2026,Equipment\n,,W1,,\n"
    )

    def said(*more: str) -> tuple[int, str]:
        done = CliRunner().invoke(hospital_commands, ["list", str(file), "--organisation", "RWX01", *more])
        return done.exit_code, done.output

    code, text = said()
    assert (code, "3 rows = 2 loaded + 1 not loaded. 1 of them told more" in text) == (0, True)
    assert "Changes: 1 ready." in text
    assert "row 2: “Unknown” is not a date, so the date of birth was left unknown." in text
    report = json.loads(said("--json")[1])
    assert (report["read"], report["loaded"], report["merged"], report["events"]) == (3, 2, 1, {})
    code, text = said("--as-at", f"{clock.london(clock.now() + HOUR):%Y-%m-%d %H:%M}")
    assert (code != 0, "later than now" in text) == (True, True)
    file.write_text("MRN,Ward,Ready date\n")
    os.utime(file)
    assert said()[0] == 1
    assert said("--accept-smaller")[0] == 0


def test_a_ready_list_in_published_words_says_why_on_the_wall(hospital: Scope) -> None:
    rows = (
        "H1,W1,03/11/2026,Awaiting transport\nH1,W1,03/11/2026,transport\n"
        "H2,W1,03/11/2026,Homeless/no right of recourse to public funds/no place to discharge to\n"
        "H3,W1,03/11/2026,Her sister has the key\n"
    )
    load(hospital, "H1", "H2", "H3", ago=2)
    result = actions.load_list(
        scope=hospital,
        file=io.BytesIO(f"MRN,Ward,Ready date,Reason\n{rows}".encode()),
        file_name="ready.csv",
        as_at=dt.datetime(2026, 11, 4, tzinfo=dt.UTC),
    )
    actions.process_all(hospital)
    found = {row.patient.hospital_number: row.ready[-1].reasons for row in queries.stays_now(hospital) if row.ready}
    assert found == {"H1": ("transport",), "H2": ("homeless",), "H3": ("Her sister has the key",)}
    assert [wall_words(found[each]) for each in ("H1", "H2", "H3")] == [
        ("waiting for transport",),
        ("other",),
        ("other",),
    ]
    (noted,) = result.findings
    assert noted.message.startswith("33.3% of the reasons are none we know")
