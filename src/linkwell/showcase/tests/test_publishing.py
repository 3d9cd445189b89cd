"""If these fail, the public reads a number that points to somebody, or one that nobody looked at twice."""

import datetime as dt
import io

import numpy as np
import pikepdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from linkwell.casework.models import Case
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.documents.report import render_report
from linkwell.evaluation.disclosure.cells import Percentage, as_kept, mean_as_kept
from linkwell.evaluation.paired.change import mean_change
from linkwell.kernel.errors import Conflict, Invalid, NotAllowed
from linkwell.kernel.ids import new_id
from linkwell.outcomes import actions as stories
from linkwell.outcomes import queries as outcomes
from linkwell.outcomes.details import StoryWords
from linkwell.people.actions import link_identity
from linkwell.people.models import Person
from linkwell.showcase import actions, presenters, printed, queries
from linkwell.showcase.figures import Moved
from linkwell.showcase.models import PublishedRelease, Release
from linkwell.showcase.periods import Period, that_are_over
from linkwell.showcase.preparing import change_of
from linkwell.showcase.tests.helpers import QUARTER, YEAR, another_area, people, publish
from tests.place import Place, make_member, sign_in

MAY = dt.date(2025, 5, 5)
PAGE = "/what-changed/wex01/"


def shown(period: str = "2025-q1") -> dict[str, int | None]:
    found = queries.published("wex01", period)
    return {name: cell.shown for name, cell in found.cells.counts.items()}


def test_two_people_look_before_anybody_else_reads_it(place: Place, client: Client) -> None:
    people(place, 23)
    made = actions.prepare_release(scope=place.lead.scope, period=QUARTER)
    assert client.get(PAGE).status_code == 404
    with pytest.raises(NotAllowed):
        actions.sign_off_release(scope=place.lead.scope, release_id=made, expected_version=1)
    actions.sign_off_release(scope=place.safeguarding_lead.scope, release_id=made, expected_version=1)
    page = client.get(PAGE).content.decode()
    assert "About 25 people began to see a link worker." in page
    assert "Better, higher is better" in page
    assert "does not show that the support was the reason" in page
    assert "23 people" not in page
    assert ">23<" not in page


@pytest.mark.fault("F28")
def test_a_few_are_kept_back_and_whoever_prepares_sees_why(place: Place, client: Client) -> None:
    people(place, 20)
    people(place, 3, need="money")
    made = publish(place)
    assert shown()["began"] == 25
    assert shown()["need/money"] is None
    row = queries.release(place.lead.scope, made)
    assert row.why["need/money"] == "it is a number from 1 to 7"
    assert "Too few people for a number: " in client.get(PAGE).content.decode()


@pytest.mark.fault("F29")
def test_a_year_cannot_be_subtracted_from_its_quarters(place: Place) -> None:
    people(place, 40)
    publish(place)
    people(place, 3, day=MAY)
    publish(place, YEAR)
    year = queries.published("wex01", "2025")
    assert year.cells.counts["began"].shown in (None, 45)
    assert queries.published("wex01", "2025-q1").cells.means["ons4.satisfied"].value is not None
    # The mean of the year beside that of the quarter would be the mean of three people.
    assert year.cells.means["ons4.satisfied"].value is None


def test_only_what_is_over_and_once(place: Place) -> None:
    people(place, 12)
    newest = that_are_over()[0]
    assert newest.is_over
    with pytest.raises(Invalid):
        actions.prepare_release(scope=place.lead.scope, period=Period(newest.year + 2))
    actions.prepare_release(scope=place.lead.scope, period=QUARTER)
    with pytest.raises(Conflict):
        actions.prepare_release(scope=place.lead.scope, period=YEAR)


def test_what_was_published_is_never_changed_and_says_when_it_was_withdrawn(place: Place, client: Client) -> None:
    people(place, 12)
    made = publish(place)
    with pytest.raises(Conflict):
        actions.prepare_release(scope=place.lead.scope, period=QUARTER)
    people(place, 30)
    assert shown()["began"] == 10, "frozen"
    actions.withdraw_release(scope=place.lead.scope, release_id=made, expected_version=2, reason="Counted twice")
    old = client.get(PAGE + "2025-q1/").content.decode()
    assert "Counted twice" in old
    assert "About 10" not in old
    assert len(client.get(PAGE + "2025-q1/figures.csv").content.decode().splitlines()) == 1
    assert client.get(PAGE).status_code == 404
    publish(place)
    assert shown("2025-q1.2")["began"] == 40
    assert shown("2025-q1")["began"] == 10, "the first one stays at its address"


def test_numbers_that_were_tampered_with_are_not_shown(place: Place, client: Client) -> None:
    people(place, 12)
    publish(place)
    row = PublishedRelease.objects.get()
    PublishedRelease.objects.update(cells=row.cells.replace("10", "90"))
    assert client.get(PAGE).status_code >= 400


def test_the_database_refuses_one_person_alone(place: Place) -> None:
    people(place, 12)
    actions.prepare_release(scope=place.lead.scope, period=QUARTER)
    with scoped(place.lead.scope), pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.update(state="published", signed_by=place.lead.user_id, signed_at="2026-01-01T00:00Z")


@pytest.mark.fault("F28")
@pytest.mark.parametrize("address", ["", "2025-q1/", "2025-q1/figures.csv", "2025-q1/briefing.pdf", "?embed"])
def test_nothing_public_reads_live_rows(place: Place, client: Client, address: str) -> None:
    people(place, 12)
    publish(place)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(PAGE + address)
    assert answer.status_code == 200
    statements = " ".join(each["sql"] for each in asked)
    read = {table for table in connection.introspection.table_names() if f'"{table}"' in statements}
    # Stories are asked for each time, so that one taken back is gone at once; nothing else is.
    stories = {"outcomes_story", "accounts_user", "people_person"} if address in ("", "2025-q1/") else set()
    assert read <= {"showcase_publishedrelease"} | stories


def test_a_story_is_there_while_they_agree_and_gone_at_once(place: Place, client: Client) -> None:
    people(place, 12)
    publish(place)
    scope, words = place.worker.scope, StoryWords("Out of the house", "Rose", "I go dancing now.", ())
    with scoped(scope):
        case_id = Case.objects.values_list("pk", flat=True)[0]
    story = stories.write_story(scope=scope, case_id=case_id, submission_key=new_id(), story=words)
    stories.record_story_consent(scope=scope, story_id=story, answers={"public": True}, how="spoken")
    stories.ask_for_check(scope=scope, story_id=story, expected_version=1)
    assert "I go dancing now." not in client.get(PAGE).content.decode(), "nobody else has read it"
    stories.check_story(scope=place.colleague.scope, story_id=story, expected_version=2)
    assert "I go dancing now." in client.get(PAGE).content.decode()
    stories.withdraw_story(scope=scope, story_id=story, expected_version=3, reason="They asked")
    assert "I go dancing now." not in client.get(PAGE).content.decode()


def test_only_the_embedded_page_may_stand_in_a_frame_and_it_sets_no_cookie(place: Place, client: Client) -> None:
    people(place, 12)
    publish(place)
    page, embedded = client.get(PAGE), client.get(PAGE + "?embed")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors *" in embedded["Content-Security-Policy"]
    assert "X-Frame-Options" not in embedded
    assert not embedded.cookies
    assert "<script" not in embedded.content.decode()


def test_the_file_holds_cells_and_says_what_they_mean(place: Place, client: Client) -> None:
    people(place, 12)
    publish(place)
    rows = client.get(PAGE + "2025-q1/figures.csv").content.decode("utf-8-sig").splitlines()
    assert '"people","Began to see a link worker","people","10"' in rows[1]
    assert "CC BY 4.0" in rows[1]
    columns = client.get(PAGE + "2025-q1/columns.csv").content.decode()
    assert all(f'"{name}"' in columns for name in ("place", "value", "licence"))
    assert client.get(PAGE + "2025-q1/briefing.pdf").content.startswith(b"%PDF")


def test_everybody_is_counted_once_however_many_records_they_have(place: Place) -> None:
    people(place, 12)
    people(place, 1, day=MAY)
    with scoped(place.lead.scope):
        first, *_, again = Person.objects.order_by("created_at", "pk").values_list("pk", flat=True)
    link_identity(scope=place.lead.scope, record_id=again, same_as_id=first, reason="Same person")
    publish(place, YEAR)
    with scoped(place.lead.scope):
        assert Release.objects.get().counts["began"] == 12


def test_whoever_recorded_the_scores_hears_that_they_were_used(place: Place) -> None:
    people(place, 12)
    publish(place)
    assert [use.use.to_whom for use in outcomes.uses_of_mine(place.worker.scope)] == ["everybody, on our public page"]


def test_areas_are_added_up_from_what_they_gave_and_never_from_rounded_numbers(
    place: Place, client: Client, settings: Settings
) -> None:
    settings.COUNTRY_PAGE = "ELS01"
    country = place.stranger_lead.scope
    people(place, 12)
    publish(place, to="els01")
    with pytest.raises(Invalid, match="two areas"):
        actions.prepare_release(scope=country, period=QUARTER, of_all_areas=True)
    with pytest.raises(NotAllowed):
        actions.prepare_release(scope=place.lead.scope, period=YEAR, of_all_areas=True)
    other = another_area(place)
    made = actions.prepare_release(scope=country, period=QUARTER, of_all_areas=True)
    second = make_member("Second Lead", Role.TEAM_LEAD, place.stranger_organisation_id, place.stranger_team_id)
    actions.sign_off_release(scope=second.scope, release_id=made, expected_version=1)
    whole = queries.newest_of_all_areas("ELS01")
    assert whole is not None
    assert whole.cells.counts["began"].shown == 25, "12 and 12 are 24; two tens would be 20"
    page = client.get("/what-changed/").content.decode()
    assert "all areas together" in page
    assert other in page


def test_a_stranger_sees_no_release_that_waits(place: Place) -> None:
    people(place, 12)
    made = actions.prepare_release(scope=place.lead.scope, period=QUARTER)
    client = sign_in(place.stranger_lead)
    assert client.get(reverse("showcase:release", kwargs={"release_id": made})).status_code == 404
    with scoped(place.stranger.scope):
        assert not Release.objects.exists()


def test_the_pages_of_preparing_and_signing(place: Place) -> None:
    people(place, 12)
    lead, other = sign_in(place.lead), sign_in(place.safeguarding_lead)
    assert lead.post("/releases/prepare/", {"period": "2031"}).status_code == 422
    sent = lead.post("/releases/prepare/", {"period": "2025-q1"})
    where = sent["Location"]
    assert "Somebody else has to sign it off" in lead.get(where).content.decode()
    assert "Sign off and publish" in other.get(where).content.decode()
    assert other.post(where + "sign-off/", {"version": "x"}).status_code == 302
    other.post(where + "sign-off/", {"version": "1"})
    assert "Withdraw this release" in lead.get(where).content.decode()
    assert lead.post(where + "withdraw/", {"reason": ""}).status_code == 422
    lead.post(where + "withdraw/", {"reason": "Made up"})
    assert "Withdrawn" in lead.get("/releases/").content.decode().replace("withdrawn", "Withdrawn")


def test_the_change_is_the_one_of_the_paired_design() -> None:
    changes = [1.0, 2.0, 0.0, 3.0, 2.0, 1.0, -1.0, 2.0, 2.0, 4.0, 1.0]
    ours, theirs = change_of(Moved.of(changes)), mean_change(np.array(changes))
    assert ours is not None
    assert (ours.value, ours.low, ours.high) == pytest.approx((theirs.value, theirs.low, theirs.high))
    assert change_of(Moved.of(changes[:9])) is None
    assert change_of(Moved.of([1.0] * 12)) is None


def test_periods_end_where_the_next_begins() -> None:
    assert [(each.first, each.last) for each in (Period(2024, 1), Period(2024, 4), Period(2024))] == [
        (dt.date(2024, 1, 1), dt.date(2024, 3, 31)),
        (dt.date(2024, 10, 1), dt.date(2024, 12, 31)),
        (dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
    ]
    assert all(Period.read(str(each)) == each == Period.of(each.first, each.last) for each in that_are_over())


def test_the_public_page_speaks_welsh_and_its_files_stay_english(place: Place, client: Client) -> None:
    people(place, 20)
    people(place, 3, need="money")
    publish(place)
    page = client.get(PAGE + "?lang=cy").content.decode()
    assert 'lang="cy"' in page
    assert "Dechreuodd tua 25 o bobl weld gweithiwr cyswllt." in page
    assert "Ionawr i Fawrth 2025" in page
    assert [each for each in ("Too few people", "Better", "Support ended", "Satisfied") if each in page] == []
    assert "Began to see a link worker" in client.get(PAGE + "2025-q1/figures.csv?lang=cy").content.decode()


def test_the_page_for_leaders_is_one_page_however_much_there_is() -> None:
    ten, many, mean = as_kept(10), as_kept(95), mean_as_kept(0.8, 0.3, 1.3)
    share = Percentage(ten, many)
    needs = tuple(presenters.Line(f"Something that is long to say, {n}", ten, share) for n in range(9))
    changes = tuple(
        presenters.Change("How you feel about your life", f"Question {n}", ten, share, mean, False, "Better")
        for n in range(9)
    )
    place = "An organisation whose name goes on for longer than a line of it, by the sea"
    page = presenters.Showcase(
        f"What changed for people supported by {place}, July to September 2026", place, "x", "2026-q3",
        "July to September 2026", "About 95 people began. Some of what they answered got better, not all of it.",
        "Monday 23 November 2026", "", many, ten, needs, changes,
    )  # fmt: skip
    with pikepdf.open(io.BytesIO(render_report(printed.briefing(page)).pdf)) as made:
        assert len(made.pages) == 1
