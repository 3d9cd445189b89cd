"""If these fail, a concern on somebody's other record is passed over, a race is an error page, or a list ends early."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from linkwell.casework import actions, periodic, queries
from linkwell.casework.actions import closing
from linkwell.casework.details import ClosingDetails
from linkwell.casework.models import Case
from linkwell.casework.tests.helpers import accepted, supported, version
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import InvalidMove
from linkwell.people import actions as people
from linkwell.people.details import ConcernDetails, PersonDetails
from linkwell.tasks.models import Task
from tests.place import Member, Place

pytestmark = pytest.mark.django_db


@pytest.mark.fault("F37")
def test_a_concern_on_their_other_record_is_seen_before_support_ends(place: Place) -> None:
    scope, case_id = place.worker.scope, supported(place)
    other = people.add_person(scope=scope, details=PersonDetails("Joan", "Pickering"))
    people.raise_concern(scope=scope, person_id=other, concern=ConcernDetails(about="Joan", what_happened="Bruises"))
    assert queries.still_open(scope, case_id) == ()
    person_id = queries.case(scope, case_id).person_id
    people.link_identity(scope=scope, record_id=person_id, same_as_id=other, reason="I asked her")
    assert [each.kind for each in queries.still_open(scope, case_id)] == ["concern"]


@pytest.mark.fault("F1")
def test_opening_support_again_as_a_referral_of_theirs_is_accepted_says_so(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope, case_id = place.worker.scope, supported(place)
    actions.close(
        scope=scope,
        case_id=case_id,
        expected_version=version(scope, case_id),
        closing=ClosingDetails(reason="goals_met"),
    )
    newer, person_id = accepted(place), queries.case(scope, case_id).person_id
    with scoped(scope):
        Case.objects.filter(pk=newer).update(person_id=person_id)
    # The other one commits between the look and the change.
    monkeypatch.setattr(closing, "supported_by", lambda *given: False)
    with pytest.raises(InvalidMove, match="already supported"):
        actions.reopen(scope=scope, case_id=case_id, expected_version=version(scope, case_id), reason="They rang")


@pytest.mark.fault("F37")
def test_everyone_whose_date_has_passed_becomes_a_task_however_many_there_are(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [supported(place) for _ in range(5)]
    with scoped(place.system):
        Case.objects.filter(pk__in=cases).update(next_date=clock.today().replace(year=2020))
    monkeypatch.setattr(periodic, "BATCH", 2)
    periodic.cases_past_their_date(place.system)
    with scoped(place.system):
        assert Task.objects.filter(about_id__in=cases, title__startswith="Somebody's next date").count() == 5


def test_the_note_is_not_called_optional_for_somebody_who_talked(
    place: Place, client_for: Callable[[Member], Client]
) -> None:
    page = client_for(place.worker).get(reverse("casework:write_up", args=[supported(place)]))
    label: Any = BeautifulSoup(page.content, "html.parser").find("label", {"for": "id_note"})
    assert "optional" not in label.get_text()
