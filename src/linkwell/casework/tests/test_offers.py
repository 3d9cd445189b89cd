"""Everybody can see how much of the support is used, and longer is asked for with a reason and decided by a lead."""

import datetime as dt
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linkwell.casework import actions, queries
from linkwell.casework.details import ExtensionDetails, PauseDetails
from linkwell.casework.offers import Offer, week_of
from linkwell.casework.tests.helpers import accepted, supported, talk, version
from linkwell.casework.tests.pages import parsed, post
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotAllowed, NotFound
from linkwell.tasks import queries as tasks
from tests.place import Place, sign_in

FIRST = dt.date(2026, 3, 2)


def offer_of(place: Place, case_id: UUID) -> Offer:
    return queries.offers_of(place.worker.scope, [case_id])[case_id]


@pytest.mark.parametrize(("days", "week"), [(-1, 0), (0, 1), (6, 1), (7, 2), (90, 13), (91, 14)])
def test_weeks_count_from_the_first_conversation(days: int, week: int) -> None:
    assert week_of(FIRST, FIRST + dt.timedelta(days=days), ()) == week


def test_days_of_a_pause_do_not_count_and_two_that_overlap_count_once() -> None:
    one, two, three, four = (FIRST + dt.timedelta(weeks=number) for number in range(1, 5))
    assert week_of(FIRST, four, [(one, three), (two, three)]) == 3


@given(
    st.integers(0, 200),
    st.lists(st.tuples(st.integers(-30, 200), st.integers(0, 60)), max_size=4),
)
def test_a_pause_never_makes_the_offer_shorter(days: int, pauses: list[tuple[int, int]]) -> None:
    on = FIRST + dt.timedelta(days=days)
    spans = [(FIRST + dt.timedelta(days=start), FIRST + dt.timedelta(days=start + long)) for start, long in pauses]
    assert 1 <= week_of(FIRST, on, spans) <= week_of(FIRST, on, ())


@pytest.mark.django_db
def test_the_case_and_the_caseload_show_how_much_is_used(place: Place) -> None:
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), tick=False) as time:
        case_id = supported(place)
        time.shift(dt.timedelta(days=30))
        talk(place.worker.scope, case_id)
        client = sign_in(place.worker)
        for url in (reverse("casework:case", args=[case_id]), reverse("casework:caseload")):
            assert "Week 5 of 13, 2 of 12 conversations" in parsed(client.get(url)).text


@pytest.mark.django_db
def test_a_pause_stands_still(place: Place) -> None:
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), tick=False) as time:
        case_id = supported(place)
        actions.pause(
            scope=place.worker.scope,
            case_id=case_id,
            expected_version=version(place.worker.scope, case_id),
            details=PauseDetails("ill", clock.today() + dt.timedelta(days=60)),
        )
        time.shift(dt.timedelta(days=40))
        assert offer_of(place, case_id).week == 1


@pytest.mark.django_db
@pytest.mark.fault("F33")
def test_longer_is_asked_by_the_worker_agreed_by_the_lead_and_kept(place: Place) -> None:
    case_id = supported(place)
    scope = place.worker.scope
    more = ExtensionDetails(4, 2, "The move is in May")
    extension_id = actions.ask_for_longer(scope=scope, case_id=case_id, details=more)
    assert offer_of(place, case_id).weeks == 13
    with pytest.raises(InvalidMove, match="asked already"):
        actions.ask_for_longer(scope=scope, case_id=case_id, details=more)
    with pytest.raises(NotAllowed):
        actions.decide_longer(scope=place.worker.scope, extension_id=extension_id, agreed=True)
    with pytest.raises(NotFound):
        actions.decide_longer(scope=place.stranger_lead.scope, extension_id=extension_id, agreed=True)
    actions.decide_longer(scope=place.lead.scope, extension_id=extension_id, agreed=True)
    with pytest.raises(Conflict):
        actions.decide_longer(scope=place.lead.scope, extension_id=extension_id, agreed=False, note="No")
    offer = offer_of(place, case_id)
    assert (offer.weeks, offer.most_talks, offer.extended) == (17, 14, True)
    assert queries.extensions_of(place.worker.scope, case_id)[0].why == "The move is in May"
    assert any("may last longer" in row.title for row in tasks.my_tasks(place.worker.scope))


@pytest.mark.django_db
def test_no_says_why_and_changes_nothing(place: Place) -> None:
    case_id = supported(place)
    extension_id = actions.ask_for_longer(
        scope=place.worker.scope, case_id=case_id, details=ExtensionDetails(4, 0, "More time")
    )
    with pytest.raises(Invalid):
        actions.decide_longer(scope=place.lead.scope, extension_id=extension_id, agreed=False)
    actions.decide_longer(scope=place.lead.scope, extension_id=extension_id, agreed=False, note="Plan the end")
    assert offer_of(place, case_id).weeks == 13


@pytest.mark.django_db
@pytest.mark.parametrize("details", [(0, 0, "Why"), (99, 0, "Why"), (0, 99, "Why"), (2, 0, " ")])
def test_longer_needs_a_number_and_a_reason(place: Place, details: tuple[int, int, str]) -> None:
    with pytest.raises(Invalid):
        actions.ask_for_longer(scope=place.worker.scope, case_id=supported(place), details=ExtensionDetails(*details))


@pytest.mark.django_db
def test_longer_is_asked_and_decided_in_pages(place: Place) -> None:
    case_id, worker, lead = accepted(place, place.worker.user_id), sign_in(place.worker), sign_in(place.lead)
    post(worker, "casework:longer", {"case_id": case_id}, weeks="4", why="The move is in May")
    extension_id = queries.extensions_of(place.lead.scope, case_id)[0].id
    case_page = parsed(lead.get(reverse("casework:case", args=[case_id])))
    url = reverse("casework:decide_longer", args=[extension_id])
    assert case_page.select(f'a[href="{url}"]')
    assert "The move is in May" in parsed(lead.get(url)).text
    post(lead, "casework:decide_longer", {"extension_id": extension_id}, agreed="yes")
    page = parsed(worker.get(reverse("casework:longer", args=[case_id])))
    assert "17 weeks" in page.text
