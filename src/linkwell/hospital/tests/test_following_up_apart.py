"""If these fail, somebody whose record became restricted is followed up by nobody, or is named on a shared list."""

from uuid import UUID

import pytest

from linkwell.core.database import scoped
from linkwell.hospital.actions.follow_ups import finish_follow_up, give_to_clinician, keep_follow_ups
from linkwell.hospital.models import FollowUp, Patient
from linkwell.hospital.queries.going_home import follow_ups_due
from linkwell.hospital.queries.kept_apart import kept_apart_elsewhere, own_kept_apart
from linkwell.hospital.tests.stays import DAY, Hospital, a_hospital, goes_home
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Hospital:
    return a_hospital()


@pytest.fixture
def apart(trust: Hospital) -> UUID:
    """Went home with the co-ordinator to follow up, and became restricted since; one follow-up is late."""
    patient_id, _ = goes_home(trust)
    with scoped(trust.system):
        Patient.objects.filter(pk=patient_id).update(restricted=True)
        FollowUp.objects.filter(days_after=2).update(due_on=clock.today() - DAY)
    keep_follow_ups(scope=trust.system, patient_id=patient_id)
    return patient_id


@pytest.mark.fault("F37")
def test_whoever_becomes_restricted_is_still_followed_up_and_named_to_one_colleague_alone(
    trust: Hospital, apart: UUID
) -> None:
    assert follow_ups_due(trust.coordinator.scope).rows == ()
    assert [each.name for each in own_kept_apart(trust.coordinator.scope)] == ["Maureen Pickering"] * 3
    assert own_kept_apart(trust.clinician.scope) == ()
    (told,) = kept_apart_elsewhere(trust.clinician.scope)
    assert (told.owner_name, told.due) == ("Dev Coady", 3)
    page = sign_in(trust.clinician).get("/hospital/follow-ups/").content.decode()
    assert "Dev Coady has 3" in page
    assert "Pickering" not in page
    mine = sign_in(trust.coordinator).get("/hospital/follow-ups/").content.decode()
    assert "Maureen Pickering" in mine
    assert "Give to a clinician" in mine
    assert "/hospital/stays/" not in mine


@pytest.mark.fault("F37")
def test_a_named_clinician_takes_them_over_and_finishes_them(trust: Hospital, apart: UUID) -> None:
    first = own_kept_apart(trust.coordinator.scope)[0]
    one = {"follow_up_id": first.id, "expected_version": first.version}
    with pytest.raises(NotFound):
        finish_follow_up(scope=trust.coordinator.scope, **one)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="clinician"):
        give_to_clinician(scope=trust.coordinator.scope, to_user_id=trust.coordinator.user_id, **one)  # type: ignore[arg-type]
    page = f"/hospital/follow-ups/{first.id}/give/"
    client = sign_in(trust.coordinator)
    assert client.post(page, {"version": first.version}).status_code == 422
    sent = client.post(page, {"version": first.version, "clinician": str(trust.clinician.user_id)})
    assert sent.headers["Location"] == "/hospital/follow-ups/"
    assert client.get(page).status_code == 404
    assert own_kept_apart(trust.coordinator.scope) == ()
    theirs = own_kept_apart(trust.clinician.scope)
    assert len(theirs) == 3
    done = sign_in(trust.clinician).post(f"/hospital/follow-ups/{theirs[0].id}/done/", {"version": theirs[0].version})
    assert done.headers["Location"] == "/hospital/follow-ups/"
    assert len(own_kept_apart(trust.clinician.scope)) == 2
    with scoped(trust.system):
        Patient.objects.filter(pk=apart).update(restricted=False)
    assert len(follow_ups_due(trust.coordinator.scope).rows) == 2


def test_nobody_else_reaches_such_a_follow_up_even_with_its_address(trust: Hospital, place: Place, apart: UUID) -> None:
    first = own_kept_apart(trust.coordinator.scope)[0]
    one = {"follow_up_id": first.id, "expected_version": first.version}
    with pytest.raises(NotFound):
        finish_follow_up(scope=trust.clinician.scope, **one)  # type: ignore[arg-type]
    for member in (trust.clinician, place.worker):
        client = sign_in(member)
        assert client.get(f"/hospital/follow-ups/{first.id}/give/").status_code == 404
        assert client.post(f"/hospital/follow-ups/{first.id}/done/", {"version": 1}).status_code == 404
