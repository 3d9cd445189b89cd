"""If this fails, groups that never answered are hidden behind the first few."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from linkwell.onward import actions
from linkwell.onward.details import OnwardDetails
from linkwell.onward.queries import team
from linkwell.onward.tests.conftest import Asked
from tests.place import Member

pytestmark = pytest.mark.django_db


@pytest.mark.fault("F37")
def test_groups_that_have_not_answered_are_paged_to_the_last(
    asked: Asked,
    new_service: Callable[..., UUID],
    client_for: Callable[[Member], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(2):
        actions.refer_onward(
            scope=asked.worker, case_id=asked.case_id, service_id=new_service(f"Group {number}"),
            submission_key=new_id(), details=OnwardDetails("company"),
        )  # fmt: skip
    monkeypatch.setattr(team, "PAGE_SIZE", 2)
    with time_machine.travel(clock.now() + dt.timedelta(days=40)):
        client = client_for(asked.place.worker)
        first = client.get("/onward/overdue/").content.decode()
        second = client.get("/onward/overdue/", {"page": 2}).content.decode()
    assert "page=2" in first
    assert [page.count("for Beryl") for page in (first, second)] == [2, 1]
