"""If these fail, somebody who asked not to be rung is rung, or somebody who should be is not."""

import datetime as dt
from uuid import UUID

import pytest

from linkwell.core.database import scoped
from linkwell.hospital.actions.follow_ups import (
    finish_follow_up,
    keep_follow_ups,
    reopen_follow_up,
    withdraw_follow_up,
)
from linkwell.hospital.following_up import CANCELLED_DISCHARGE, DAYS_AFTER
from linkwell.hospital.models import FollowUp, Patient
from linkwell.hospital.queries.going_home import FollowUpRow, follow_ups_due, going_home
from linkwell.hospital.tests.stays import DAY, Hospital, a_hospital, goes_home
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotFound
from tests.place import sign_in

pytestmark = pytest.mark.django_db
HOUR = DAY / 24


@pytest.fixture
def trust() -> Hospital:
    return a_hospital()


def _withdraw(trust: Hospital, row: FollowUpRow, reason: str = "asked_not", other: str = "") -> None:
    withdraw_follow_up(
        scope=trust.coordinator.scope,
        follow_up_id=row.id,
        expected_version=row.version,
        reason=reason,
        other=other,
    )


def _due(trust: Hospital) -> tuple[FollowUpRow, ...]:
    return follow_ups_due(trust.coordinator.scope).rows


def _days_due(trust: Hospital) -> list[int]:
    return [each.days_after for each in _due(trust)]


def _message(trust: Hospital, patient_id: UUID) -> None:
    """What every message of the stay brings about, twice."""
    for _ in range(2):
        keep_follow_ups(scope=trust.system, patient_id=patient_id)


def test_a_follow_up_is_withdrawn_with_its_reason_and_that_is_undone_by_clicking(trust: Hospital) -> None:
    _, stay_id = goes_home(trust)
    client, first = sign_in(trust.clinician), _due(trust)[0]
    page, stay = f"/hospital/follow-ups/{first.id}/not-needed/", f"/hospital/stays/{stay_id}/"
    for place in ("/hospital/follow-ups/", stay):
        assert page in client.get(place).content.decode()
    assert "2 days after going home" in client.get(page).content.decode()
    sent = client.post(page, {"version": first.version, "reason": "other", "other": "A nurse visits each day"})
    assert (sent.status_code, sent.headers["Location"]) == (302, stay)
    assert _days_due(trust) == [7, 30]
    shown = client.get(stay).content.decode()
    assert "A nurse visits each day" in shown
    assert "To do after all" in shown
    assert client.get(page).headers["Location"] == stay
    undone = client.post(f"/hospital/follow-ups/{first.id}/again/", {"version": first.version + 1})
    assert undone.headers["Location"] == stay
    assert _days_due(trust) == [2, 7, 30]
    assert "A nurse visits each day" not in client.get(stay).content.decode()


@pytest.mark.parametrize(
    "given", [{}, {"reason": "other"}, {"reason": "other", "other": "  "}, {"reason": "other", "other": "x" * 201}]
)
def test_nobody_is_dropped_from_the_list_without_a_reason(trust: Hospital, given: dict[str, str]) -> None:
    goes_home(trust)
    first = _due(trust)[0]
    page = f"/hospital/follow-ups/{first.id}/not-needed/"
    assert sign_in(trust.coordinator).post(page, {"version": first.version, **given}).status_code == 422
    with pytest.raises(Invalid):
        _withdraw(trust, first, **{"reason": "", **given})
    assert _days_due(trust) == list(DAYS_AFTER)


def test_what_changed_meanwhile_is_not_withdrawn(trust: Hospital) -> None:
    goes_home(trust)
    first = _due(trust)[0]
    finish_follow_up(scope=trust.clinician.scope, follow_up_id=first.id, expected_version=first.version)
    with pytest.raises(Conflict):
        _withdraw(trust, first)
    done = first.version + 1
    with pytest.raises(InvalidMove):
        withdraw_follow_up(
            scope=trust.coordinator.scope, follow_up_id=first.id, expected_version=done, reason="another"
        )


def test_what_somebody_withdrew_is_not_planned_anew_by_the_next_message(trust: Hospital) -> None:
    """Without this, whoever asked not to be rung is rung, since the hospital corrected their bed."""
    patient_id, stay_id = goes_home(trust)
    _withdraw(trust, _due(trust)[0])
    _message(trust, patient_id)
    assert _days_due(trust) == [7, 30]
    # A day that is put right is the same going home, and moves the others.
    trust.change(stay_id, discharged_at=clock.now() + 2 * DAY)
    _message(trust, patient_id)
    assert _days_due(trust) == [7, 30]
    assert _due(trust)[0].due_on >= clock.today() + 9 * DAY


def test_what_was_done_before_counts_still_after_another_was_withdrawn(trust: Hospital) -> None:
    """Without this, a withdrawal by hand reads as a discharge taken back, and what was done is to do again."""
    patient_id, stay_id = goes_home(trust)
    first, second, _ = _due(trust)
    finish_follow_up(scope=trust.coordinator.scope, follow_up_id=first.id, expected_version=first.version)
    _withdraw(trust, second)
    trust.change(stay_id, discharged_at=clock.now() + HOUR)
    _message(trust, patient_id)
    assert _days_due(trust) == [30]


@pytest.mark.parametrize("withdrawn", [1, 3])
@pytest.mark.parametrize("later", [HOUR, DAY, 40 * DAY])
def test_whoever_goes_home_again_after_a_cancelled_discharge_is_followed_up_though_it_was_withdrawn_before(
    trust: Hospital, withdrawn: int, later: dt.timedelta
) -> None:
    patient_id, stay_id = goes_home(trust)
    for row in _due(trust)[:withdrawn]:
        _withdraw(trust, row)
    for left_at in (None, clock.now() + later):
        trust.change(stay_id, discharged_at=left_at)
        _message(trust, patient_id)
    assert sorted(_days_due(trust)) == list(DAYS_AFTER)
    with pytest.raises(InvalidMove, match="home again"):
        _undo_first_withdrawn(trust, stay_id)


def test_a_discharge_that_was_cancelled_by_mistake_brings_back_nothing_that_was_withdrawn_after_it(
    trust: Hospital,
) -> None:
    patient_id, stay_id = goes_home(trust)
    left_at = clock.now() - HOUR
    for row in _due(trust):
        _withdraw(trust, row)
    for again in (None, left_at):
        trust.change(stay_id, discharged_at=again)
        _message(trust, patient_id)
    assert _days_due(trust) == []


def test_what_was_withdrawn_by_hand_stays_so_when_somebody_is_not_back_after_all(trust: Hospital) -> None:
    patient_id, _ = goes_home(trust)
    _withdraw(trust, _due(trust)[0])
    back = trust.stay(patient_id, ready=None, visit="again", admitted_at=clock.now() + DAY)
    _message(trust, patient_id)
    assert _days_due(trust) == []
    trust.change(back, no_stay="cancelled")
    _message(trust, patient_id)
    assert _days_due(trust) == [7, 30]


def _undo_first_withdrawn(trust: Hospital, stay_id: UUID) -> None:
    rows = going_home(trust.coordinator.scope, stay_id).follow_ups
    row = next(each for each in rows if each.by_hand)
    reopen_follow_up(scope=trust.coordinator.scope, follow_up_id=row.id, expected_version=row.version)


@pytest.mark.parametrize("why", ["still in hospital", "died"])
def test_a_withdrawal_is_not_undone_where_nobody_is_to_follow_up(trust: Hospital, why: str) -> None:
    patient_id, stay_id = goes_home(trust)
    _withdraw(trust, _due(trust)[0])
    if why == "died":
        trust.died(patient_id)
    else:
        trust.change(stay_id, discharged_at=None)
    with pytest.raises(InvalidMove, match="nobody is to follow up"):
        _undo_first_withdrawn(trust, stay_id)


def test_what_was_withdrawn_by_itself_is_not_undone_by_hand(trust: Hospital) -> None:
    patient_id, stay_id = goes_home(trust)
    trust.change(stay_id, discharged_at=None)
    _message(trust, patient_id)
    row = going_home(trust.coordinator.scope, stay_id).follow_ups[0]
    assert (row.why, row.by_hand) == (CANCELLED_DISCHARGE, False)
    trust.change(stay_id, discharged_at=clock.now())
    with pytest.raises(InvalidMove, match="by hand"):
        reopen_follow_up(scope=trust.coordinator.scope, follow_up_id=row.id, expected_version=row.version)


def test_of_somebody_restricted_only_the_clinician_who_follows_them_up_withdraws(trust: Hospital) -> None:
    patient_id, _ = goes_home(trust)
    first = _due(trust)[0]
    with scoped(trust.system):
        Patient.objects.filter(pk=patient_id).update(restricted=True)
    page = f"/hospital/follow-ups/{first.id}/not-needed/"
    sent = {"version": first.version, "reason": "moved"}
    for member in (trust.coordinator, trust.clinician):
        client = sign_in(member)
        assert (client.get(page).status_code, client.post(page, sent).status_code) == (404, 404)
    with pytest.raises(NotFound):
        _withdraw(trust, first)
    with scoped(trust.system):
        FollowUp.objects.filter(pk=first.id).update(owner_id=trust.clinician.user_id)
    client = sign_in(trust.clinician)
    assert page in client.get("/hospital/follow-ups/").content.decode()
    assert client.post(page, sent).headers["Location"] == "/hospital/follow-ups/"
    assert page not in client.get("/hospital/follow-ups/").content.decode()
