"""If these fail, a number of the report cannot be believed, opened, or held to."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from linkwell.accounts.models import Membership
from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.tests.helpers import accepted, refer, supported, talk
from linkwell.documents.tests.reading import structure, text_of
from linkwell.impact import actions, queries
from linkwell.impact.months import Month
from linkwell.impact.numbers import BLOCKS, NUMBERS, Number, PerSize, Share
from linkwell.impact.queries import SIDES
from linkwell.impact.rows import Report, Wanted
from linkwell.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from linkwell.people import actions as people
from linkwell.referrals import actions as referrals
from tests.place import Place, sign_in
from tests.restricting import Restrict, both_ways

pytestmark = pytest.mark.django_db
MAY = Month(dt.date(2026, 5, 1))
ALL = Wanted()


def on(day: int, hour: int = 10, month: int = 5) -> time_machine.travel:
    return time_machine.travel(dt.datetime(2026, month, day, hour, tzinfo=dt.UTC), tick=True)


@pytest.fixture
def may(place: Place) -> Iterator[Place]:
    """In May: three referrals accepted, one waiting for a link worker, one declined, one unread; then it is June."""
    Membership.objects.filter(organisation_id=place.organisation_id).update(
        started_at=dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
    )
    with on(5):
        refer(place, given_name="Unread", gp_practice_name="Mill  Lane surgery")
        declined = refer(place, given_name="Declined", gp_practice_name="Mill Lane Surgery")
        supported(place, given_name="Talked", gp_practice_name="Mill Lane Surgery", language="Polish")
        accepted(place, place.worker.user_id, given_name="Untried", gp_practice_name="Hill Street Practice")
        accepted(place, given_name="Waiting", gp_practice_name="Hill Street Practice")
    with on(6):
        referrals.decline(
            scope=place.lead.scope, referral_id=declined, expected_version=1, reason="out_of_area", advice="Try there"
        )
    with on(9, month=6):
        yield place


def report(place: Place, month: Month = MAY, wanted: Wanted = ALL) -> Report:
    return queries.report(place.lead.scope, month, wanted)


def test_each_number_says_how_it_was_counted_and_each_share_is_of_numbers_that_open() -> None:
    for block in BLOCKS:
        for line in block.lines:
            assert line.counted.endswith("."), line
            if isinstance(line, Share):
                assert {line.part, line.of} <= set(NUMBERS)
                assert not line.later or line.later in NUMBERS
            if isinstance(line, PerSize):
                assert line.part in NUMBERS
    numbers = [line for block in BLOCKS for line in block.lines if isinstance(line, Number)]
    assert len(numbers) == len(NUMBERS)


def test_a_month_counts_what_happened_in_it(may: Place) -> None:
    found = report(may)
    assert found.figure("received").count == 5
    assert found.figure("accepted").count == 3
    assert (found.keys("declined"), found.figure("declined").count) == (("out_of_area",), 1)
    assert {key: found.figure("waiting", key).count for key in found.keys("waiting")} == {"decision": 1, "worker": 1}
    assert found.figure("longest_wait").most == 26
    assert found.figure("open").count == 3
    assert found.figure("full_time").total == Decimal("2.00")
    assert found.figure("talked", "phone").count == 1
    assert found.figure("people_accepted").count == 3
    assert (found.figure("no_language").count, found.figure("no_ethnicity").count) == (2, 3)


def test_time_to_reach_people_tells_inside_past_and_not_yet_due_apart(may: Place) -> None:
    found = report(may)
    # Five working days after 5 May is 12 May: two were never tried, and the unread one neither.
    assert [found.figure(f"first_try_{how}").count for how in ("inside", "due", "later")] == [1, 4, 0]
    with on(8):
        found = report(may)
        assert [found.figure(f"first_try_{how}").count for how in ("inside", "due", "later")] == [1, 1, 3]


def test_what_happens_later_never_moves_the_end_of_a_month(may: Place) -> None:
    before = report(may)
    waiting = next(row for row in queries.rows_behind(may.lead.scope, MAY, NUMBERS["waiting"], "worker", ALL, "now", 1))
    assert waiting.case_id
    casework.allocate(scope=may.lead.scope, case_id=waiting.case_id, expected_version=1, worker_id=may.worker.user_id)
    after = report(may)
    for code in ("waiting", "longest_wait", "open", "received", "accepted"):
        assert after.figure(code) == before.figure(code)
    assert queries.report(may.lead.scope, MAY.after, ALL).figure("waiting").count == 1


def test_the_list_behind_each_number_is_as_long_as_the_number(may: Place) -> None:
    found = report(may)
    for code, number in NUMBERS.items():
        for key in ("", *found.keys(code)):
            page = queries.rows_behind(may.lead.scope, MAY, number, key, ALL, "now", 1)
            assert page.total == found.figure(code, key).count == len(page), code
        if number.amount == "most":
            assert page.rows[0].amount == found.figure(code).most


def test_a_report_can_be_of_one_team_practice_or_referrer(may: Place) -> None:
    for wanted, received in (
        (Wanted(team_id=may.team_id), 5),
        (Wanted(team_id=may.stranger_team_id), 0),
        (Wanted(practice="mill lane surgery"), 3),
        (Wanted(referrer="Mill Lane Surgery"), 5),
        (Wanted(referrer="Nobody'; DROP TABLE people_person --"), 0),
    ):
        found = report(may, wanted=wanted)
        assert found.figure("received").count == received
        for code in NUMBERS:
            page = queries.rows_behind(may.lead.scope, MAY, NUMBERS[code], "", wanted, "now", 1)
            assert page.total == found.figure(code).count
    rows = queries.compared(may.lead.scope, MAY, "practice", 1)
    assert {row.words: row.figure("received").count for row in rows} == {
        "Mill Lane Surgery": 3,
        "Hill Street Practice": 2,
    }


def test_a_signed_month_stays_and_corrections_stand_beside_it_with_their_rows(may: Place) -> None:
    scope = may.lead.scope
    actions.sign_off(scope=scope, month=MAY, note="All in")
    before = report(may)
    assert before.signed
    assert before.signed.by == "Lena Hart"
    assert not any(figure.changed for figure in before.figures.values())
    case_id = next(iter(queries.rows_behind(scope, MAY, NUMBERS["open"], "allocated", ALL, "now", 1))).case_id
    assert case_id
    talk(may.worker.scope, case_id, happened_at=dt.datetime(2026, 5, 20, 9, tzinfo=dt.UTC))
    after = report(may)
    talked = after.figure("talked", "phone")
    assert (talked.count, talked.now.count if talked.now else 0, talked.changed) == (1, 2, 1)
    assert [queries.rows_behind(scope, MAY, NUMBERS["talked"], "", ALL, side, 1).total for side in SIDES] == [
        *(2, 1, 0, 1)
    ]
    new = queries.rows_behind(scope, MAY, NUMBERS["talked"], "", ALL, "new", 1)
    assert [row.name for row in new] == ["Untried Pickering"]


def test_every_number_of_a_signed_month_keeps_its_list_whatever_happens_since(may: Place) -> None:
    scope = may.lead.scope
    actions.sign_off(scope=scope, month=MAY)
    for row in queries.rows_behind(scope, MAY, NUMBERS["open"], "allocated", ALL, "now", 1):
        assert row.case_id
        talk(may.worker.scope, row.case_id, happened_at=dt.datetime(2026, 5, 30, 9, tzinfo=dt.UTC))
    unread = next(iter(queries.rows_behind(scope, MAY, NUMBERS["waiting"], "decision", ALL, "now", 1)))
    accepted_late = referrals_version(may, unread.id)
    casework.accept_referral(scope=scope, referral_id=unread.id, expected_version=accepted_late, worker_id=None)
    found = report(may)
    for code in NUMBERS:
        for key in ("", *found.keys(code)):
            figure = found.figure(code, key)
            totals = [queries.rows_behind(scope, MAY, NUMBERS[code], key, ALL, side, 1).total for side in SIDES]
            assert figure.now
            assert totals[:2] == [figure.now.count, figure.count]
            assert (totals[2] or 0) + (totals[3] or 0) == figure.changed


def referrals_version(place: Place, referral_id: UUID) -> int:
    from linkwell.referrals.queries import referral

    return referral(place.lead.scope, referral_id).version


def test_a_month_is_signed_once_when_it_has_ended_and_by_a_lead(may: Place) -> None:
    with pytest.raises(Invalid):
        actions.sign_off(scope=may.lead.scope, month=MAY.after)
    with pytest.raises(NotAllowed):
        actions.sign_off(scope=may.administrator.scope, month=MAY)
    actions.sign_off(scope=may.lead.scope, month=MAY)
    with pytest.raises(Conflict):
        actions.sign_off(scope=may.lead.scope, month=MAY)


def test_there_is_no_rate_without_the_size_of_the_list_and_the_newest_before_the_end_counts(may: Place) -> None:
    scope, mill = may.administrator.scope, Wanted(practice="mill lane surgery")
    assert report(may, wanted=mill).list_size is None
    for people_on_list, day in ((3000, dt.date(2026, 4, 1)), (6000, dt.date(2026, 5, 31)), (9000, dt.date(2026, 6, 1))):
        actions.say_list_size(scope=scope, practice=" Mill lane  SURGERY", people=people_on_list, counted_on=day)
    assert report(may, wanted=mill).list_size == 6000
    page = page_of(may, f"/report/2026-05/?practice={'mill+lane+surgery'}")
    assert "0.5" in page.get_text(" ")
    with pytest.raises(Invalid):
        actions.say_list_size(scope=scope, practice="Mill Lane", people=10, counted_on=dt.date(2027, 1, 1))
    actions.remove_list_size(scope=scope, size_id=queries.sizes(scope).rows[0].id)
    assert report(may, MAY.after, mill).list_size == 6000


def test_two_records_of_one_person_are_counted_as_one_accepted(may: Place) -> None:
    rows = list(queries.rows_behind(may.lead.scope, MAY, NUMBERS["people_accepted"], "", ALL, "now", 1))
    ids = [row.id for row in rows]
    for one, other in ((0, 1), (2, 1)):
        people.link_identity(scope=may.lead.scope, record_id=ids[one], same_as_id=ids[other], reason="The same")
    found = report(may)
    assert found.figure("people_accepted").count == 1
    # One of the three records says a language, so the person's language is known.
    assert found.figure("no_language").count == 0


@pytest.mark.fault("F14")
def test_another_organisation_sees_none_of_it(may: Place) -> None:
    scope = may.stranger_lead.scope
    found = queries.report(scope, MAY, ALL)
    assert not any(figure.count for figure in found.figures.values())
    for code in NUMBERS:
        assert not queries.rows_behind(scope, MAY, NUMBERS[code], "", ALL, "now", 1).rows
    actions.sign_off(scope=may.lead.scope, month=MAY)
    with pytest.raises(NotFound):
        queries.rows_behind(scope, MAY, NUMBERS["received"], "", ALL, "signed", 1)
    for who in (may.worker, may.referrer):
        assert sign_in(who).get("/report/2026-05/").status_code == 404


def test_an_administrator_sees_numbers_and_lists_but_nobody_s_name(may: Place) -> None:
    client = sign_in(may.administrator)
    assert client.get("/report/2026-05/").status_code == 200
    for code in NUMBERS:
        for end in ("", "list.csv"):
            text = client.get(f"/report/2026-05/{code}/{end}").content.decode()
            assert not [name for name in ("Talked", "Untried", "Pickering") if name in text], code


@both_ways
def test_somebody_restricted_has_no_name_on_a_list(may: Place, restrict: Restrict) -> None:
    row = queries.rows_behind(may.lead.scope, MAY, NUMBERS["people_accepted"], "", ALL, "now", 1).rows[0]
    restrict(may, row.id)
    again = queries.rows_behind(may.lead.scope, MAY, NUMBERS["people_accepted"], "", ALL, "now", 1).rows[0]
    assert again.name == "A restricted record"


@both_ways
def test_no_list_or_file_says_at_which_practice_or_group_somebody_restricted_is(may: Place, restrict: Restrict) -> None:
    scope = may.lead.scope
    row = next(
        each
        for each in queries.rows_behind(scope, MAY, NUMBERS["received"], "", ALL, "now", 1).rows
        if each.name.startswith("Untried")
    )
    assert row.case_id is not None
    person_id = cases.case(scope, row.case_id).person_id
    restrict(may, person_id)
    for found in (
        queries.rows_behind(scope, MAY, NUMBERS["received"], "", ALL, "now", 1).rows,
        queries.every_row_behind(scope, MAY, NUMBERS["received"], "", ALL, "now"),
    ):
        (kept,) = (each for each in found if each.name == "A restricted record")
        assert (kept.words, kept.referrer, kept.practice) == ("", "", "")


def page_of(place: Place, url: str) -> BeautifulSoup:
    answer = sign_in(place.lead).get(url)
    assert answer.status_code == 200, url
    return BeautifulSoup(answer.content, "html.parser")


def test_every_number_on_the_page_opens_a_list_of_that_length(may: Place) -> None:
    client = sign_in(may.lead)
    actions.sign_off(scope=may.lead.scope, month=MAY)
    for month in ("2026-05", "2026-06"):
        links = BeautifulSoup(client.get(f"/report/{month}/").content, "html.parser").select("table a")
        assert len(links) > len(NUMBERS)
        for link in links:
            _opens(client, str(link["href"]), link.find(string=True, recursive=False))


def _opens(client: Client, url: str, words: str | None) -> None:
    listed = BeautifulSoup(client.get(url).content, "html.parser")
    rows = len(listed.select("tbody tr"))
    said = str(words or "").strip()
    if said.isdigit() and "walk_ins" not in url:
        assert rows == int(said), url


def test_the_page_can_be_narrowed_and_signed_off_by_clicking(may: Place) -> None:
    client = sign_in(may.lead)
    page = page_of(may, "/report/2026-05/")
    assert page.select_one('a[href="/report/2026-05/sign-off/"]')
    assert client.post("/report/2026-05/sign-off/", {"note": "Fine"}).status_code == 302
    assert "Signed off" in page_of(may, "/report/2026-05/").get_text()
    assert "Signed off" in page_of(may, "/report/months/").get_text()
    narrowed = page_of(may, f"/report/2026-05/?team={may.team_id}&practice=mill+lane+surgery")
    assert "Only: Wexcombe link workers, Mill Lane Surgery" in narrowed.get_text(" ")
    for by in ("team", "practice", "referrer"):
        assert page_of(may, f"/report/2026-05/by/{by}/").select("tbody tr")


NO_SENSE = (
    "2026-13/",
    "1999-12/",
    "2031-01/",
    "26-05/",
    "2026-5/",
    "2026-05/nothing/",
    "2026-05/by/postcode/",
    "2026-05/received/?side=x",
    "2026-05/received/?side=signed",
    "2026-05/?team=x",
    "2026-05/?practice=%00",
    "2026-05/received/?key=%00",
    "2026-06/sign-off/",
)


def test_an_address_that_makes_no_sense_is_not_there(place: Place) -> None:
    with on(9, month=6):
        client = sign_in(place.lead)
        assert {url: client.get(f"/report/{url}").status_code for url in NO_SENSE} == dict.fromkeys(NO_SENSE, 404)


def test_the_report_is_a_table_for_a_spreadsheet(may: Place) -> None:
    text = sign_in(may.lead).get("/report/2026-05/report.csv").content.decode("utf-8-sig")
    rows = {row["line"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["Referrals received"]["number"] == "5"
    assert rows["First try inside the target"]["number"] == "1 of 4 (25%) not yet due 0"
    listed = sign_in(may.lead).get("/report/2026-05/received/list.csv").content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(listed)))) == 5


def test_the_report_is_an_accessible_document(may: Place) -> None:
    actions.sign_off(scope=may.lead.scope, month=MAY)
    pdf = sign_in(may.lead).get("/report/2026-05/report.pdf").content
    assert {"H1", "H2", "Table", "TH", "TD"} <= set(structure(pdf))
    text = text_of(pdf)
    for words in ("Monthly report: May 2026", "Signed off by Lena Hart", "Referrals received", "A try is not a missed"):
        assert words in text


def test_an_empty_month_says_where_its_numbers_come_from(place: Place) -> None:
    page = page_of(place, f"/report/{Month.last_whole()}/").get_text(" ")
    for block in BLOCKS:
        assert block.empty in page


def test_taking_a_list_away_as_a_file_leaves_a_trail(may: Place) -> None:
    from linkwell.core.database import scoped
    from linkwell.core.models import AuditEvent

    sign_in(may.lead).get("/report/2026-05/received/list.csv")
    with scoped(may.lead.scope):
        assert AuditEvent.objects.filter(verb="took a list", actor_id=may.lead.user_id).count() == 1


def test_a_name_that_grows_when_it_is_compared_is_answered_in_words(place: Place) -> None:
    with pytest.raises(Invalid, match="name of the practice"):
        actions.say_list_size(
            scope=place.lead.scope, practice="\u0130" * 150, people=10, counted_on=dt.date(2026, 1, 1)
        )


def test_a_size_can_be_said_and_taken_away_on_its_page(place: Place) -> None:
    client = sign_in(place.administrator)
    given = {"practice": "Mill Lane Surgery", "people": "9000"}
    day = {"counted_on_day": "1", "counted_on_month": "4", "counted_on_year": "2026"}
    assert client.post("/report/list-sizes/", {**given, **day}).status_code == 302
    size_id: UUID = queries.sizes(place.lead.scope).rows[0].id
    assert client.post("/report/list-sizes/", {"practice": "", "people": "-1"}).status_code == 422
    assert client.post(f"/report/list-sizes/{size_id}/remove/").status_code == 302
    assert client.post(f"/report/list-sizes/{size_id}/remove/").status_code == 404
