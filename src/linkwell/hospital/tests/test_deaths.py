"""If these fail, somebody who died is offered support, rung or written to, or their family is."""

from uuid import uuid4

import pytest

from linkwell.accounts.queries import team_by_slug
from linkwell.hospital.actions.follow_ups import finish_follow_up, reopen_follow_up
from linkwell.hospital.actions.going_home import (
    record_asked_alone,
    record_home_event,
    tick_community_help,
    untick_community_help,
)
from linkwell.hospital.actions.stay_referrals import refer_from_stay
from linkwell.hospital.discharge_details import ItemDetails
from linkwell.hospital.queries.going_home import follow_ups_due, going_home
from linkwell.hospital.tests.stays import ALONE, DETAILS, Hospital, a_hospital, begin, goes_home
from linkwell.kernel import clock
from linkwell.kernel.errors import InvalidMove
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Hospital:
    return a_hospital()


def test_nothing_is_planned_for_somebody_who_died_and_their_page_still_opens_and_says_so(
    trust: Hospital, place: Place
) -> None:
    patient_id = trust.patient()
    stay_id, scope = trust.stay(patient_id), trust.coordinator.scope
    record_asked_alone(scope=scope, stay_id=stay_id, expected_version=0, said=ALONE)
    tick_community_help(scope=scope, stay_id=stay_id, what="A warm meal")
    trust.change(stay_id, discharged_at=clock.now(), discharge_method="4")
    trust.died(patient_id)
    sent = {"team": team_by_slug("wexcombe"), "submission_key": uuid4(), "details": DETAILS}
    with pytest.raises(InvalidMove, match="died"):
        refer_from_stay(scope=scope, stay_id=stay_id, **sent)  # type: ignore[arg-type]
    with pytest.raises(InvalidMove, match="died"):
        tick_community_help(scope=scope, stay_id=stay_id, what="A warm meal")
    with pytest.raises(InvalidMove, match="died"):
        record_home_event(scope=scope, stay_id=stay_id, kind="visit", happened_at=clock.now(), who="Sam")
    with pytest.raises(InvalidMove, match="died"):
        begin(trust, stay_id, ItemDetails("food", "needed"), version=2)
    with pytest.raises(InvalidMove, match="died"):
        record_asked_alone(scope=scope, stay_id=stay_id, expected_version=2, said=ALONE)
    client = sign_in(trust.coordinator)
    page = client.get(f"/hospital/stays/{stay_id}/").content.decode()
    assert "They have died. Nothing more is planned" in page
    assert "A warm meal" in page
    for path in ("refer/", "list/", "met/", "community/", "programme/"):
        assert f'/hospital/stays/{stay_id}/{path}"' not in page
    for path in ("refer/", "list/"):
        assert client.get(f"/hospital/stays/{stay_id}/{path}").headers["Location"] == f"/hospital/stays/{stay_id}/"
    said = f"/hospital/stays/{stay_id}/asked-alone/"
    assert "canary: not my son" in client.get(said).content.decode()
    assert client.post(said, {"version": 2, "involve": "Changed"}).status_code == 409
    untick_community_help(scope=scope, stay_id=stay_id)


def test_a_follow_up_that_was_done_is_not_to_do_again_after_a_death(trust: Hospital) -> None:
    patient_id, stay_id = goes_home(trust)
    first = follow_ups_due(trust.coordinator.scope).rows[0]
    done = {"scope": trust.coordinator.scope, "follow_up_id": first.id}
    finish_follow_up(**done, expected_version=first.version)  # type: ignore[arg-type]
    trust.died(patient_id)
    with pytest.raises(InvalidMove, match="died"):
        reopen_follow_up(**done, expected_version=first.version + 1)  # type: ignore[arg-type]
    now = going_home(trust.coordinator.scope, stay_id).follow_ups[0]
    assert (now.days_after, now.state) == (2, "done")
    trust.died(patient_id, died=False)
    reopen_follow_up(**done, expected_version=first.version + 1)  # type: ignore[arg-type]
