"""If these fail, what changed in somebody's life is lost, made up, or counted when it was not so."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from linkwell.casework import queries as casework
from linkwell.casework.tests.helpers import supported
from linkwell.core.database import scoped
from linkwell.directory.models import CommunityOrganisation, Service
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, NotFound
from linkwell.onward import actions as onward
from linkwell.onward.details import OnwardDetails
from linkwell.onward.models import Attendance
from linkwell.outcomes import actions, queries
from linkwell.outcomes.details import MilestoneDetails, MilestoneRow
from linkwell.outcomes.models import Milestone
from linkwell.outcomes.periodic import coming_to_groups
from linkwell.outcomes.presenters.milestones import what
from tests.place import Place, sign_in


def noted(place: Place, case_id: UUID, kind: str, **given: Any) -> UUID:
    words: dict[str, Any] = {"on": clock.today(), "said_by": "person"} | given
    return actions.record_milestone(
        scope=place.worker.scope, case_id=case_id, submission_key=uuid4(), given=MilestoneDetails(kind, **words)
    )


def changed(place: Place, case_id: UUID) -> tuple[MilestoneRow, ...]:
    person_id = casework.case_row(place.worker.scope, case_id).person_id
    return queries.milestones_of(place.worker.scope, [person_id])


def test_what_changed_is_kept_with_its_date_and_who_said_so(place: Place) -> None:
    case_id = supported(place)
    noted(place, case_id, "paid_work", hours=Decimal("16.5"), said_by="paper")
    noted(place, case_id, "money", amount=Decimal(1200), each="year")
    assert {what(row) for row in changed(place, case_id)} == {
        "Began paid work, 16.5 hours a week",
        "Has more money, £1,200 a year",
    }
    assert {row.said_by for row in changed(place, case_id)} == {"They said so", "A letter or other paper shows it"}


IMPOSSIBLE: list[tuple[str, dict[str, Any]]] = [
    ("flying", {}),
    ("paid_work", {"said_by": "rumour"}),
    ("paid_work", {"on": dt.date(2999, 1, 1)}),
    ("paid_work", {"hours": Decimal(200)}),
    ("housing", {"hours": Decimal(3)}),
    ("housing", {"amount": Decimal(3), "each": "once"}),
    ("money", {"amount": Decimal(3)}),
    ("money", {"amount": Decimal(-3), "each": "once"}),
]


@pytest.mark.parametrize(("kind", "given"), IMPOSSIBLE, ids=str)
def test_what_cannot_be_is_refused(place: Place, kind: str, given: dict[str, Any]) -> None:
    case_id = supported(place)
    with pytest.raises(Invalid):
        noted(place, case_id, kind, **given)
    assert changed(place, case_id) == ()


def test_work_is_not_called_sustained_before_its_weeks_are_over(place: Place) -> None:
    case_id, today = supported(place), clock.today()
    noted(place, case_id, "paid_work", on=today - dt.timedelta(weeks=14))
    noted(place, case_id, "paid_work_13")
    with pytest.raises(Invalid, match="26 weeks"):
        noted(place, case_id, "paid_work_26")


def test_what_was_not_so_stays_with_the_reason_and_counts_no_more(place: Place) -> None:
    case_id = supported(place)
    made = noted(place, case_id, "housing")
    client = sign_in(place.worker)
    where = reverse("outcomes:take_back", args=[made])
    assert client.post(where, {"reason": ""}).status_code == 422
    assert client.post(where, {"reason": "The flat fell through"}).status_code == 302
    (row,) = changed(place, case_id)
    assert row.taken_back_why == "The flat fell through"
    assert client.get(where).status_code == 404
    with pytest.raises(Conflict):
        actions.take_back_milestone(scope=place.worker.scope, milestone_id=made, reason="Again")
    person = client.get(reverse("journey:person", args=[row.person_id])).content.decode()
    assert "Housing is settled" not in person.split('id="timeline"')[0]


def test_the_page_takes_what_changed(place: Place) -> None:
    case_id = supported(place)
    client, where = sign_in(place.worker), reverse("outcomes:changed", args=[case_id])
    today = clock.today()
    sent = {"submission_key": str(uuid4()), "kind": "volunteering", "said_by": "seen", "hours": "3"}
    assert client.post(where, sent).status_code == 422
    sent |= {"on_day": str(today.day), "on_month": str(today.month), "on_year": str(today.year)}
    assert client.post(where, sent).status_code == 302
    assert client.post(where, sent).status_code == 302
    assert [what(row) for row in changed(place, case_id)] == ["Began to volunteer, 3 hours a week"]
    assert "Began to volunteer, 3 hours a week" in client.get(where).content.decode()


def referred_onward(place: Place, case_id: UUID) -> UUID:
    with scoped(place.worker.scope):
        group = CommunityOrganisation.objects.create(organisation_id=place.organisation_id, name="Friends")
        service = Service.objects.create(
            organisation_id=place.organisation_id,
            community_organisation=group,
            name="Table",
            referral_email="table@group.example.org",
        )
    return onward.refer_onward(
        scope=place.worker.scope,
        case_id=case_id,
        service_id=service.pk,
        submission_key=uuid4(),
        details=OnwardDetails("would like company at lunch", "", may_share_phone=False),
    )


def came(place: Place, onward_id: UUID, on: dt.date, *, by_group: bool = True, they_came: bool = True) -> None:
    with scoped(place.worker.scope):
        Attendance.objects.create(
            organisation_id=place.organisation_id,
            onward_referral_id=onward_id,
            on=on,
            came=they_came,
            told_by_kind="link" if by_group else "user",
        )


def test_coming_and_still_coming_are_noted_by_themselves_once(place: Place) -> None:
    case_id, today = supported(place), clock.today()
    onward_id = referred_onward(place, case_id)
    came(place, onward_id, today - dt.timedelta(days=100), they_came=False)
    coming_to_groups(place.system)
    assert changed(place, case_id) == ()
    came(place, onward_id, today - dt.timedelta(days=90))
    coming_to_groups(place.system)
    (first,) = changed(place, case_id)
    assert (first.kind, first.on, first.by) == (
        "attended",
        today - dt.timedelta(days=90),
        "Linkwell, from attendance",
    )
    came(place, onward_id, today - dt.timedelta(days=7), by_group=False)
    coming_to_groups(place.system)
    assert {row.kind for row in changed(place, case_id)} == {"attended"}
    came(place, onward_id, today - dt.timedelta(days=6))
    coming_to_groups(place.system)
    coming_to_groups(place.system)
    assert sorted(row.kind for row in changed(place, case_id)) == ["attended", "still_going"]


def test_a_stranger_notes_and_sees_nothing(place: Place) -> None:
    case_id = supported(place)
    made = noted(place, case_id, "housing")
    with pytest.raises(NotFound):
        actions.take_back_milestone(scope=place.stranger.scope, milestone_id=made, reason="Mine")
    client = sign_in(place.stranger)
    assert client.get(reverse("outcomes:changed", args=[case_id])).status_code == 404
    assert client.get(reverse("outcomes:take_back", args=[made])).status_code == 404
    with scoped(place.worker.scope):
        assert Milestone.objects.get().taken_back_at is None
